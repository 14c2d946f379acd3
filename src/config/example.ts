/** Identity providers that `phigate config init` knows. */
export type IssuerName = 'keycloak' | 'entra' | 'okta' | 'kubernetes'

export interface IssuerExample {
  readonly title: string
  /** Comment lines on what has to be set up there. */
  readonly notes: readonly string[]
  /** The lines of `issuers:`. */
  readonly yaml: readonly string[]
}

/** How each provider writes an issuer, an audience and the claims that phigate reads. */
export const ISSUER_EXAMPLES: Readonly<Record<IssuerName, IssuerExample>> = {
  keycloak: {
    title: 'Keycloak',
    notes: [
      'The issuer is https://HOST/realms/REALM. Scopes are in the claim `scope`: make a client scope claude:invoke.',
      'The audience needs a mapper of type Audience in that scope; groups one of type Group Membership, without full path.',
    ],
    yaml: [
      'issuers:',
      '  - url: https://login.example.org/realms/hospital',
      '    audience: phigate',
      '    claims: { groups: groups }',
    ],
  },
  entra: {
    title: 'Microsoft Entra ID',
    notes: [
      'The issuer is https://login.microsoftonline.com/TENANT-ID/v2.0; the app registration must issue version 2 tokens.',
      'The audience of these is its client ID. People have scopes in `scp` (exposed by the API as claude:invoke),',
      'applications that call for themselves app roles in `roles` (name one claude:invoke): both are read.',
    ],
    yaml: [
      'issuers:',
      '  - url: https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0',
      '    audience: 11111111-1111-1111-1111-111111111111',
      '    algorithms: [RS256]',
      '    claims: { scopes: [scp, roles], groups: roles }',
      '    requiredClaims: { tid: 00000000-0000-0000-0000-000000000000 }',
    ],
  },
  okta: {
    title: 'Okta',
    notes: [
      'The issuer is that of a custom authorization server: https://ORG.okta.com/oauth2/SERVER, with the audience set there.',
      'Scopes are in `scp`: add claude:invoke to the server. Groups need a claim `groups` on the access token.',
    ],
    yaml: [
      'issuers:',
      '  - url: https://example.okta.com/oauth2/default',
      '    audience: api://phigate',
      '    algorithms: [RS256]',
      '    claims: { scopes: scp, groups: groups }',
    ],
  },
  kubernetes: {
    title: 'Kubernetes service-account tokens',
    notes: [
      "The issuer is the cluster's --service-account-issuer; its discovery must be readable (system:service-account-issuer-discovery).",
      'Give pods a projected token with the audience below. The subject is system:serviceaccount:NAMESPACE:NAME.',
      'These tokens have neither scopes nor groups: grantScopes gives every token that fits requiredClaims the base scope.',
    ],
    yaml: [
      'issuers:',
      '  - url: https://kubernetes.default.svc.cluster.local',
      '    audience: phigate',
      '    algorithms: [RS256]',
      '    grantScopes: [claude:invoke]',
      '    requiredClaims: { kubernetes.io.namespace: wards }',
    ],
  },
}

const ISSUER_NAMES = Object.keys(ISSUER_EXAMPLES) as readonly IssuerName[]

const commented = (lines: readonly string[]): string[] => lines.map((line) => `# ${line}`)

/** A phigate.yaml to begin with: one issuer is in force, the others stand beside it as comments. */
export function exampleConfig(schema: string, issuer: IssuerName = 'keycloak'): string {
  const issuers = ISSUER_NAMES.flatMap((name) => {
    const { title, notes, yaml } = ISSUER_EXAMPLES[name]
    const lines = name === issuer ? yaml : commented(yaml)
    return ['', `# --- ${title}`, ...commented(notes), ...lines]
  })
  return [
    `# yaml-language-server: $schema=${schema}`,
    ...HEAD.split('\n'),
    ...issuers,
    ...REST.split('\n'),
  ].join('\n')
}

const HEAD = `
# phigate config check --config FILE   says what is wrong in this file
# kill -HUP PID                        takes over connections, defaultConnection, limits, approvals and the policy; the rest needs a restart
# Paths are relative to this file. A secret is a file's or an environment variable's, never a line in here.

# Who calls: tokens of this issuer, for this audience, with this scope.`

const REST = `
# --- Ways to Claude. Each name must be listed in policies/gateway_config/data.json.
connections:
  - name: claude
    upstream: https://api.anthropic.com
    keys: # the first is sent
      - { id: claude-1, file: secrets/claude-key }
      # - { id: claude-2, env: CLAUDE_KEY_2 }
    labels: { baa: true } # a business associate agreement covers this way to Claude
    # operations: [messages.create, messages.count_tokens, models.list, models.get] # the default: all four
    # models: [claude-haiku-5-5, claude-sonnet-*] # by name or beginning; the default: all
    # timeoutMs: 600000 # to the first byte of an answer, and between two
    # headers: { drop: [user-agent, x-app] } # of clients, not forwarded
# defaultConnection: claude # serves /v1/...; every connection serves /c/NAME/v1/...

# --- Made by "phigate keys init --config" with this file. Placeholders depend on it: back it up.
keyring: { file: secrets/keyring.json }

# --- Audit log, recordings, mask memory. An encrypted disk, and one process for it.
dataDir: data

# --- Policy: the shipped one, or a bundle that "phigate policy build --signing-key KEY --serial N" wrote.
# policy: { bundle: policy/bundle.tar.gz, verificationKey: policy/key.pub, algorithm: ES256 }

# --- Known people: "phigate roster import FILE --config" with this file. Without it: roster in dataDir, 7 days.
# roster: { file: data/roster, maxAgeDays: 7 } # an older one is warned of in /readyz and /status

# --- Listeners. Off loopback they need tls, or tlsTerminatedBy must say what ends TLS in front.
listen: { host: 127.0.0.1, port: 8080 }
console: { host: 127.0.0.1, port: 8081 }
# tlsTerminatedBy: the ingress of the cluster
# in listen or console: tls: { certFile: tls/gateway.crt, keyFile: tls/gateway.key }

# --- How much and how long; these are the defaults.
# limits:
#   bodyBytes: 33554432 # what the Messages API takes
#   bytesInFlight: 134217728
#   inspectionBaseMs: 1000
#   inspectionPerMegabyteMs: 250
#   smallBodyBytes: 262144
#   perPrincipal: { requestsPerMinute: 60, concurrent: 8, tokensPerDay: 2000000, patientsPerDay: 50 } # default: none
#   overrides: # a later one goes before an earlier one, limit by limit
#     - { principal: "https://issuer.example.org|batch", concurrent: 32 }
#     - { connection: claude, tokensPerDay: 5000000 }

# --- For Prometheus, on loopback alone; and one JSON line on stderr for each exchange.
# metrics: { port: 9464 }
# log: { exchanges: true }

# --- Approvals: how long a review may be answered, and how long clients wait for it; these are the defaults.
# approvals:
#   reviewSeconds: 86400
#   publicUrl: https://phigate.example.org # the console as reviewers reach it
#   quietSeconds: 50
#   streamSeconds: 590
#   silentSeconds: 280
#   pingSeconds: 10

# --- Pages of the console: people sign in at an issuer above. Redirect URI there: /sign-in/callback on the publicUrl.
# in console: signIn: { issuer: https://issuer.example.org, clientId: phigate-console, clientSecret: { env: CONSOLE_SECRET } }

# --- Notifications, signed (Standard Webhooks); "phigate webhooks secret URL" gives the receiver's secret.
# webhooks:
#   - { url: https://pager.example.org/phigate, events: [review.created, review.escalated, review.settled, grant.revoked] }

# --- Recordings: a session is destroyed so many days after its last exchange; a connection may say otherwise (recordingDays).
# recordings: { retentionDays: 90 }

# --- The audit log: kept for six years, and sent on as newline-delimited JSON (Vector, Fluent Bit, Splunk's raw endpoint).
# audit:
#   retentionDays: 2192 # 45 CFR 164.316(b)(2)(i)
#   sinks:
#     - name: siem
#       url: https://logs.example.org/phigate
#       authorization: { scheme: Bearer, env: SIEM_TOKEN }
#       maxBacklogBytes: 1073741824 # what may be unacknowledged; the log's own files are the spool
#       failClosed: true # nothing is forwarded while more is

# principals: # a service account's owners never approve what it asks for
#   - { id: "https://issuer.example.org|svc-triage", owners: ["https://issuer.example.org|jane"] }
`
