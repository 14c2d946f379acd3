// Generated from schemas/*.schema.json by `npm run generate`. Do not edit.

export type Direction = 'request' | 'response'
export type ReasonCode = string
/**
 * What kind of identifier a finding is: the 18 of 45 CFR 164.514(b)(2)(i), facilities, and media that cannot be read.
 */
export type EntityType =
  | 'PERSON'
  | 'LOCATION'
  | 'FACILITY'
  | 'DATE'
  | 'AGE_OVER_89'
  | 'PHONE'
  | 'FAX'
  | 'EMAIL'
  | 'US_SSN'
  | 'MEDICAL_RECORD_NUMBER'
  | 'HEALTH_PLAN_ID'
  | 'ACCOUNT'
  | 'LICENSE'
  | 'VEHICLE'
  | 'DEVICE'
  | 'URL'
  | 'IP'
  | 'BIOMETRIC'
  | 'PHOTO'
  | 'OTHER_ID'
  | 'UNINSPECTABLE'
/**
 * Where in an exchange a segment stands.
 */
export type Role =
  'system' | 'tools' | 'user' | 'assistant' | 'tool_use' | 'tool_result' | 'metadata' | 'header'
/**
 * What masking does with a finding.
 */
export type Operator = 'placeholder' | 'redact' | 'hash' | 'keep' | 'withhold'
export type Outcome = 'allow' | 'mask' | 'deny' | 'require-approval'
/**
 * optional: a client may have none, but not a wrong one.
 */
export type ClientCertificates = 'off' | 'optional' | 'required'
export type WebhookEventType =
  'review.created' | 'review.escalated' | 'review.settled' | 'grant.revoked'
export type KeyPurpose =
  'mask' | 'recording' | 'checkpoint' | 'cookie' | 'patient' | 'roster' | 'webhook'
/**
 * active: used for what is new; accepted: for what it began; retired: not at all.
 */
export type KeyState = 'active' | 'accepted' | 'retired'
export type PackageName = string
export type Why = string
/**
 * The last day on which the entry holds, UTC.
 */
export type LastDay = string
/**
 * A top-level field of the body, the type of a tool that Anthropic defines, or a beta header.
 */
export type FeatureKind = 'field' | 'tool' | 'beta'
export type SignalRole = 'user' | 'system' | 'tool_result'
/**
 * What the digits of a match must satisfy.
 */
export type CustomValidator = 'luhn' | 'npi' | 'mod97'
/**
 * An operator, or labelled / cued / listed: the type's operator, only where a label, a cue or the list of known people made the finding.
 */
export type RoleRule =
  'placeholder' | 'redact' | 'hash' | 'keep' | 'withhold' | 'labelled' | 'cued' | 'listed'
export type UninspectableRule = 'withhold' | 'deny' | 'keep'
export type ReviewStatus = 'pending' | 'approved' | 'denied' | 'expired' | 'cancelled'
/**
 * The narrowest that the needs name.
 */
export type GrantScope = 'exchange' | 'session' | 'job'
export type Grant = {
  status: 'active' | 'revoked' | 'expired'
  until: number
  /**
   * Uses that were not given back.
   */
  used: number
  patients: string[]
  /**
   * The latest uses.
   */
  uses: GrantUse[]
} | null

export interface Schemas {
  'audit-record.schema.json'?: AuditRecord
  'canaries.schema.json'?: CanariesFile
  'checkpoint.schema.json'?: Checkpoint
  'config.schema.json'?: ConfigFile
  'decision.schema.json'?: Decision
  'error.schema.json'?: ErrorEnvelope
  'keyring.schema.json'?: KeyringFile
  'policy-case.schema.json'?: PolicyCase
  'policy-data.schema.json'?: PolicyData
  'policy-input.schema.json'?: PolicyInput
  'profile-input.schema.json'?: ProfileInput
  'profile.schema.json'?: Profile
  'public-keys.schema.json'?: PublicKeysFile
  'recognizers.schema.json'?: RecognizerSettings
  'review.schema.json'?: Review
}
/**
 * One line of the audit log. A decision carries OPA's decision-log field names (EventV1); everything of ours is under custom.
 */
export interface AuditRecord {
  decision_id?: string
  labels: {
    [k: string]: string
  }
  bundles?: {
    [k: string]: {
      revision: string
    }
  }
  path?: string
  /**
   * The complete facts that gateway/decision saw; null where the request was refused before facts existed.
   */
  input?: PolicyInput | null
  result?: Decision
  /**
   * RFC 3339, UTC
   */
  timestamp: string
  metrics?: {
    [k: string]: number
  }
  /**
   * The principal's id.
   */
  requested_by?: string
  /**
   * Counts the exchanges of this process.
   */
  req_id?: number
  custom: {
    version: 1
    kind:
      | 'decision'
      | 'completion'
      | 'start'
      | 'stop'
      | 'recovery'
      | 'policy-activation'
      | 'policy-refused'
      | 'shadow-decision'
      | 'refused-tokens'
      | 'config-activation'
      | 'principal-blocked'
      | 'principal-unblocked'
      | 'review'
      | 'grant-use'
      | 'key-change'
      | 'retention'
      | 'legal-hold'
      | 'audit-read'
      | 'audit-export'
      | 'recording-read'
      | 'recording-exported'
      | 'recording-shredded'
      | 'session-ended'
      | 'recording-removed'
      | 'recording-scan'
    connection?: string
    session?: string
    profile?: string
    /**
     * Version of the detector, and of the roster that it knew.
     */
    detector?: string
    /**
     * Patients of the request as digests under the keyring's patient key, equal in all sessions.
     */
    patients?: string[]
    /**
     * The person behind the principal, where the record has no facts that say so.
     */
    onBehalfOf?: string
    reviewDigest?: string
    /**
     * seq of the record of the same exchange that was not carried out, because the masked payload could not be recorded with it. Of a refusal: nothing was forwarded. Of a completion: the answer, or what was left of it, was withheld.
     */
    supersedes?: number
    /**
     * SHA-256 of the bytes forwarded.
     */
    bodySha256?: string
    /**
     * SHA-256 of what the session's recording holds under this decision_id: the body that is forwarded, or the answer as it is recorded (masked, nothing restored).
     */
    recording?: string
    direction?: Direction
    /**
     * Whether the request or answer was inspected: not where the upstream answered with an error or none, or the exchange was refused before. broken-off: the answer is not whole. All that was passed on was inspected; what was found in it is told, unless its inspection itself broke down.
     */
    inspection?: 'applied' | 'not-applied' | 'broken-off'
    /**
     * Masked findings by entity type.
     */
    masked?: {
      [k: string]: number
    }
    /**
     * Findings by entity type that the profile leaves.
     */
    kept?: {
      [k: string]: number
    }
    /**
     * Restored placeholders by place: text, citations, or tool_use:NAME.
     */
    restored?: {
      [k: string]: number
    }
    /**
     * HTTP status the client was given.
     */
    status?: number
    end?:
      | 'complete'
      | 'denied'
      | 'client-aborted'
      | 'upstream-refused'
      | 'upstream-error'
      | 'upstream-timeout'
      | 'upstream-cut'
      | 'upstream-garbage'
      | 'not-approved'
      | 'inspection-failed'
      | 'interrupted'
    upstreamRequestId?: string
    usage?: {
      inputTokens?: number
      outputTokens?: number
      /**
       * Input that came from the prompt cache; inputTokens leaves it out.
       */
      cacheReadTokens?: number
      /**
       * Input that was put into the prompt cache; inputTokens leaves it out.
       */
      cacheWriteTokens?: number
    }
    durationMs?: number
    /**
     * For start, stop, recovery and activation: what happened, in words of ours. For a completion: the code of what ended it. For a block: why, in the words of the person who did it.
     */
    detail?: string
    /**
     * For refused-tokens, sign-ins to the console among them: how many, by issuer as configured (or unknown) and by reason, within durationMs.
     */
    refused?: {
      [k: string]: {
        [k: string]: number
      }
    }
    seq: number
    prev: string
    hash: string
    /**
     * Who was blocked or unblocked; for a review: who asked.
     */
    principal?: string
    /**
     * For retention: the records that were removed from the beginning of the log, in whole files.
     */
    removed?: {
      first: number
      last: number
    }
    /**
     * The review that the exchange waits for or goes on with.
     */
    review?: string
    /**
     * For a review: what it or its grant became (pending, escalated, approved, denied, expired, cancelled, revoked, grant-expired); justified or unjustified when somebody has looked at broken glass.
     */
    reviewStatus?: string
    /**
     * What became of the use of a grant.
     */
    use?: 'consuming' | 'consumed' | 'outcome-unknown' | 'returned'
  }
}
/**
 * The facts of one exchange, as gateway/decision sees them: never its text.
 */
export interface PolicyInput {
  version: 1
  direction: Direction
  /**
   * RFC 3339, UTC
   */
  now: string
  principal: PrincipalFacts
  connection: ConnectionFacts
  request: RequestFacts
  signals: SignalFact[]
  findings: FindingFact[]
  totals: {
    [k: string]: number
  }
  masking: {
    /**
     * Scalars that would change.
     */
    fields: number
    byType: {
      [k: string]: number
    }
  }
  /**
   * Distinct patients, by keyed hash.
   */
  patients: number
  uninspectable: UninspectableFact[]
  /**
   * True where the gateway asks what would be decided if the rules in shadow were enforced. Never in a record.
   */
  shadowEnforced?: boolean
  usage: {
    requestsLastMinute: number
    tokensToday: number
  }
}
export interface PrincipalFacts {
  /**
   * issuer|subject
   */
  id: string
  kind: 'service_account' | 'person'
  scopes: string[]
  groups: string[]
  onBehalfOf: string | null
  purpose: string | null
  claims: {
    [k: string]: string
  }
}
export interface ConnectionFacts {
  name: string
  labels: Labels
}
export interface Labels {
  /**
   * A business associate agreement covers this way to Claude (45 CFR 164.504(e)).
   */
  baa: boolean
  [k: string]: string | boolean | number
}
export interface RequestFacts {
  operation: 'messages.create' | 'messages.count_tokens' | 'models.list' | 'models.get'
  model: string | null
  stream: boolean
  session: string
  /**
   * Names of client tools; * for a name in which something was found.
   */
  tools: string[]
  /**
   * Types of tools that run at the upstream.
   */
  serverTools: string[]
  mcpServers: string[]
  /**
   * Top-level keys of the body beyond model, messages, system, tools, max_tokens, stream, metadata and the sampling ones; * for a key the API does not define.
   */
  features: string[]
  betas: string[]
  messages: number
  characters: number
  acceptMasked: boolean
}
export interface SignalFact {
  name: ReasonCode
  message: string
  granted: boolean
}
export interface FindingFact {
  type: EntityType
  subtype?: 'patient' | 'relative' | 'clinician' | 'unknown'
  path: string
  role: Role
  /**
   * text and number can be masked; key, header and query cannot.
   */
  place: 'text' | 'number' | 'key' | 'header' | 'query'
  score: number
  count: number
  operator: Operator
}
export interface UninspectableFact {
  path: string
  role: Role
  kind: 'image' | 'document' | 'file' | 'url' | 'signed' | 'encrypted' | 'depth'
  action: 'withhold' | 'deny' | 'keep'
}
/**
 * The answer of gateway/decision. Precedence is fixed: deny > require-approval > mask > allow.
 */
export interface Decision {
  outcome: Outcome
  reasons: Reason[]
  shadow?: ShadowDecision
  approval: ApprovalObligation[]
}
export interface Reason {
  code: ReasonCode
  message: string
  /**
   * The package that gave the reason, for example teams/privacy.
   */
  rule?: string
}
/**
 * What would have been decided if the rules in shadow were enforced; only where that differs. Set by the gateway.
 */
export interface ShadowDecision {
  outcome: Outcome
  reasons: Reason[]
}
export interface ApprovalObligation {
  /**
   * @minItems 1
   */
  groups: [string, ...string[]]
  min: number
  scope: 'exchange' | 'session' | 'job'
  ttlSeconds: number
  escalate?: {
    afterSeconds: number
    /**
     * @minItems 1
     */
    groups: [string, ...string[]]
  }
  reasonFrom?: ('requester' | 'reviewer')[]
  breakGlass?: boolean
  job?: {
    /**
     * The times of each day at which it may run, 22:00-04:00; the end is not part of it.
     */
    window: string
    /**
     * Of the window, as the IANA time zone database names it: America/New_York; UTC when not given.
     */
    timeZone?: string
    maxExchanges: number
    maxPatients: number
  }
}
/**
 * policies/canaries/data.json: exchanges that a bundle must decide and mask as it says here, or it is not activated. All texts are invented.
 */
export interface CanariesFile {
  [k: string]: Canary
}
export interface Canary {
  description?: string
  /**
   * A request of one user message with this text. Either this or request.
   */
  text?: string
  /**
   * The whole body of a Messages request.
   */
  request?: {
    [k: string]: unknown
  }
  connection?: ConnectionFacts1
  /**
   * What differs from a service account with the scope claude:invoke.
   */
  principal?: {
    kind?: 'service_account' | 'person'
    scopes?: string[]
    groups?: string[]
    purpose?: string
  }
  acceptMasked?: boolean
  want: {
    outcome: Outcome
    /**
     * Codes of all the reasons, in any order.
     */
    reasons?: string[]
    /**
     * What is forwarded of the text; digests of placeholders are written *: [PERSON_*].
     */
    text?: string
    /**
     * What must stand in the forwarded body, written the same way.
     */
    present?: string[]
    /**
     * What must not stand in the forwarded body.
     */
    absent?: string[]
    /**
     * Masked findings by entity type, all of them.
     */
    masked?: {
      [k: string]: number
    }
  }
}
/**
 * claude with a BAA when it is not given.
 */
export interface ConnectionFacts1 {
  name: string
  labels: Labels
}
/**
 * A head of the audit log, signed. The signature is Ed25519 (RFC 8032) over six lines, each with its newline: `phigate audit checkpoint`, version, seq, hash, time, key.
 */
export interface Checkpoint {
  version: 1
  /**
   * The last record that it covers.
   */
  seq: number
  /**
   * The hash of that record, and so of all before it.
   */
  hash: string
  /**
   * RFC 3339, UTC
   */
  time: string
  /**
   * The key of the keyring, purpose checkpoint, that signed.
   */
  key: string
  signature: string
}
/**
 * phigate.yaml
 */
export interface ConfigFile {
  listen?: {
    host?: string
    port?: number
    tls?: TlsFile
  }
  console?: {
    host?: string
    port?: number
    tls?: TlsFile
    signIn?: SignInFile
  }
  /**
   * What ends TLS in front of a listener that is not on loopback.
   */
  tlsTerminatedBy?: string
  dataDir?: string
  /**
   * Directory of a built bundle, taken over at the start and on SIGHUP; the same as policy.directory with watch: false.
   */
  policyDir?: string
  policy?: PolicyFile
  keyring?: {
    /**
     * Made by `phigate keys init`; keys/keyring.json in the data directory if it is not given.
     */
    file?: string
  }
  /**
   * The known people, made by `phigate roster import`.
   */
  roster?: {
    /**
     * roster in the data directory if it is not given.
     */
    file?: string
    /**
     * An older roster is warned of; 7 if it is not given.
     */
    maxAgeDays?: number
  }
  /**
   * A token's own iss chooses one of them, and that one verifies all of it.
   *
   * @minItems 1
   */
  issuers: [IssuerFile, ...IssuerFile[]]
  /**
   * @minItems 1
   */
  connections: [ConnectionFile, ...ConnectionFile[]]
  defaultConnection?: string
  approvals?: ApprovalsFile
  /**
   * Who is notified of reviews: signed as Standard Webhooks has it, never with a word of a payload.
   */
  webhooks?: {
    /**
     * https, or http on loopback.
     */
    url: string
    /**
     * All when it is not said.
     *
     * @minItems 1
     */
    events?: [WebhookEventType, ...WebhookEventType[]]
  }[]
  recordings?: RecordingsFile
  audit?: AuditFile
  /**
   * What tokens do not say of callers.
   */
  principals?: {
    /**
     * issuer|subject
     */
    id: string
    /**
     * Persons, issuer|subject: what the caller asks for counts as asked by them, and they never approve it.
     */
    owners: string[]
  }[]
  limits?: {
    bodyBytes?: number
    bytesInFlight?: number
    inspectionBaseMs?: number
    inspectionPerMegabyteMs?: number
    smallBodyBytes?: number
    perPrincipal?: PrincipalLimits
    /**
     * Other limits for some callers; where several fit, the later one holds, limit by limit.
     */
    overrides?: LimitOverride[]
  }
  /**
   * Prometheus metrics on a listener of their own, on loopback; none when not given.
   */
  metrics?: {
    host?: string
    port: number
  }
  log?: {
    /**
     * One line on stderr for each exchange.
     */
    exchanges?: boolean
  }
}
/**
 * TLS 1.2 or newer on a listener. The files are read again when they change.
 */
export interface TlsFile {
  /**
   * PEM: the certificate, then those between it and the root.
   */
  certFile: string
  /**
   * PEM, without a passphrase.
   */
  keyFile: string
  /**
   * PEM: who may issue certificates of clients.
   */
  clientCaFile?: string
  clientCertificates?: ClientCertificates
}
/**
 * Sign-in of people to the console's pages, by authorization code with PKCE; no pages when not given. The client's redirect URI is /sign-in/callback on approvals.publicUrl, else on the console's listener.
 */
export interface SignInFile {
  /**
   * The url of one of the issuers, whose claims are read alike.
   */
  issuer: string
  clientId: string
  /**
   * By the file or the environment variable that holds it: one of the two.
   */
  clientSecret: {
    file?: string
    env?: string
  }
  /**
   * Asked of the issuer besides openid: what it takes to be told of groups.
   */
  scopes?: string[]
  /**
   * Without a request of the person's own they are signed out; 900 when not given.
   */
  idleSeconds?: number
  /**
   * Longest session; 28800 when not given.
   */
  lifeSeconds?: number
  /**
   * How old the sign-in at the issuer may be when somebody answers a review; 900 when not given.
   */
  freshSeconds?: number
}
/**
 * Where policy comes from: either directory, or bundle with verificationKey and algorithm.
 */
export interface PolicyFile {
  /**
   * Directory of a built bundle, as `phigate policy build` writes it. Not signed: for development, or where the image itself is.
   */
  directory?: string
  /**
   * File of a signed bundle in OPA's format (tar.gz). Its serial must rise.
   */
  bundle?: string
  /**
   * File with the public key (PEM) that the bundle must be signed with.
   */
  verificationKey?: string
  algorithm?: 'RS256' | 'ES256'
  /**
   * What the signature must call its key; not looked at when not given.
   */
  keyId?: string
  /**
   * Whether a changed file is taken over without SIGHUP; yes when not given.
   */
  watch?: boolean
  shadow?: PolicySourceFile
}
/**
 * A bundle that decides beside the active one: recorded, never enforced.
 */
export interface PolicySourceFile {
  /**
   * Directory of a built bundle, as `phigate policy build` writes it. Not signed: for development, or where the image itself is.
   */
  directory?: string
  /**
   * File of a signed bundle in OPA's format (tar.gz). Its serial must rise.
   */
  bundle?: string
  /**
   * File with the public key (PEM) that the bundle must be signed with.
   */
  verificationKey?: string
  algorithm?: 'RS256' | 'ES256'
  /**
   * What the signature must call its key; not looked at when not given.
   */
  keyId?: string
  /**
   * Whether a changed file is taken over without SIGHUP; yes when not given.
   */
  watch?: boolean
}
export interface IssuerFile {
  /**
   * The issuer's name, as its tokens have it in iss.
   */
  url: string
  audience?: string
  consoleAudience?: string
  /**
   * @minItems 1
   */
  algorithms?: [
    (
      | 'RS256'
      | 'RS384'
      | 'RS512'
      | 'PS256'
      | 'PS384'
      | 'PS512'
      | 'ES256'
      | 'ES384'
      | 'ES512'
      | 'EdDSA'
      | 'Ed25519'
    ),
    ...(
      | 'RS256'
      | 'RS384'
      | 'RS512'
      | 'PS256'
      | 'PS384'
      | 'PS512'
      | 'ES256'
      | 'ES384'
      | 'ES512'
      | 'EdDSA'
      | 'Ed25519'
    )[]
  ]
  /**
   * How far the issuer's clock may be off; 5 when not given.
   */
  clockToleranceSeconds?: number
  /**
   * How long the last good keys serve while the issuer is away; a day when not given.
   */
  maxKeyAgeSeconds?: number
  claims?: ClaimsFile
  /**
   * What a claim must be for a token to be taken; a list has to hold the value.
   */
  requiredClaims?: {
    [k: string]: string | number | boolean
  }
  /**
   * Scopes that every token of the issuer has without stating them: for issuers that know no scopes.
   */
  grantScopes?: string[]
  /**
   * The scope without which nobody calls Claude, as this issuer calls it; claude:invoke when not given.
   */
  baseScope?: string
}
/**
 * Where the issuer puts what phigate wants to know. A name may be a path: realm_access.roles.
 */
export interface ClaimsFile {
  /**
   * One claim or several: all that are there count.
   */
  scopes?: string | [string, ...string[]]
  /**
   * One claim or several: all that are there count.
   */
  groups?: string | [string, ...string[]]
  /**
   * What states the purpose of use; nothing does when not given.
   */
  purpose?: string
  /**
   * A claim and its values that mean a person: everything else is a service account.
   */
  kind?: {
    claim: string
    person: string[]
  }
}
export interface ConnectionFile {
  name: string
  upstream: string
  /**
   * The upstream's keys. The first is sent.
   *
   * @minItems 1
   */
  keys: [KeySource, ...KeySource[]]
  labels: Labels
  /**
   * What may be asked of this connection; all four when it is not said.
   *
   * @minItems 1
   */
  operations?: [
    'messages.create' | 'messages.count_tokens' | 'models.list' | 'models.get',
    ...('messages.create' | 'messages.count_tokens' | 'models.list' | 'models.get')[]
  ]
  /**
   * Models by name, or by the beginning of it: claude-sonnet-*. All when it is not said.
   *
   * @minItems 1
   */
  models?: [string, ...string[]]
  /**
   * How long sessions on this connection are kept after their last exchange, instead of /recordings/retentionDays.
   */
  recordingDays?: number
  /**
   * How long the upstream may take until the first byte of its answer, and between two bytes.
   */
  timeoutMs?: number
  headers?: {
    /**
     * Headers of clients that are not forwarded, of those that are.
     */
    drop?: string[]
  }
}
/**
 * A key by the file or the environment variable that holds it: one of the two.
 */
export interface KeySource {
  id: string
  file?: string
  env?: string
}
/**
 * How persons approve what policy wants approved.
 */
export interface ApprovalsFile {
  /**
   * How long a review may be answered.
   */
  reviewSeconds?: number
  /**
   * Address of the console as reviewers reach it; the default is its listener.
   */
  publicUrl?: string
  /**
   * Nothing is sent for so long; a stream then gets pings.
   */
  quietSeconds?: number
  /**
   * Longest wait of a request that streams.
   */
  streamSeconds?: number
  /**
   * Longest wait of any other request.
   */
  silentSeconds?: number
  pingSeconds?: number
}
/**
 * How recordings are kept.
 */
export interface RecordingsFile {
  /**
   * Sessions are destroyed so long after their last exchange; 90 when not given.
   */
  retentionDays?: number
}
/**
 * How the audit log is kept, and to whom it is sent.
 */
export interface AuditFile {
  /**
   * Files of the log are removed when all in them is older; 2192, six years, when not given.
   */
  retentionDays?: number
  sinks?: SinkFile[]
}
/**
 * A receiver of records and checkpoints: batches of newline-delimited JSON, each until it is answered with 2xx.
 */
export interface SinkFile {
  name: string
  /**
   * https, or http on loopback.
   */
  url: string
  /**
   * The header Authorization: a scheme, and a secret by the file or the environment variable that holds it.
   */
  authorization?: {
    /**
     * Bearer when not given.
     */
    scheme?: 'Bearer' | 'Basic' | 'Splunk' | 'ApiKey'
    file?: string
    env?: string
  }
  /**
   * How much of the log the sink may lack; 1 GiB when not given.
   */
  maxBacklogBytes?: number
  /**
   * Whether nothing is forwarded while the sink lacks more; yes when not given.
   */
  failClosed?: boolean
}
/**
 * For each principal on each connection; a limit that is not given is off. Days are UTC.
 */
export interface PrincipalLimits {
  requestsPerMinute?: number
  concurrent?: number
  tokensPerDay?: number
  patientsPerDay?: number
}
export interface LimitOverride {
  /**
   * issuer|subject
   */
  principal?: string
  connection?: string
  requestsPerMinute?: number
  concurrent?: number
  tokensPerDay?: number
  patientsPerDay?: number
}
/**
 * Every error phigate answers with: Anthropic's envelope, with one object of ours when policy refused.
 */
export interface ErrorEnvelope {
  type: 'error'
  request_id: string
  error: {
    type:
      | 'policy_denied'
      | 'approval_required'
      | 'approval_denied'
      | 'approval_expired'
      | 'invalid_request_error'
      | 'authentication_error'
      | 'permission_error'
      | 'not_found_error'
      | 'request_too_large'
      | 'rate_limit_error'
      | 'api_error'
      | 'overloaded_error'
      | 'timeout_error'
    message: string
    phigate?: RefusalDetails
  }
}
export interface RefusalDetails {
  decisionId: string
  outcome: 'deny' | 'require-approval'
  reasons: Reason[]
  removed: RemovedField[]
  /**
   * The masked body, when the profile offers it.
   */
  sanitized?: {
    [k: string]: unknown
  }
  review?: {
    id: string
    status: string
    url: string
    expiresAt: string
  }
}
export interface RemovedField {
  path: string
  type: EntityType
  operator: Operator
}
/**
 * keyring.json: phigate's own keys. Claude keys are not among them.
 */
export interface KeyringFile {
  version: 1
  /**
   * @minItems 1
   */
  keys: [KeyFile, ...KeyFile[]]
}
export interface KeyFile {
  /**
   * 32 characters at most: it stands beside each recorded session's key.
   */
  id: string
  purpose: KeyPurpose
  state: KeyState
  createdAt: string
  /**
   * 32 random bytes in base64.
   */
  secret: string
}
/**
 * One case of policies/cases/*.yaml: facts in, and what the gateway has to say to them. It asks for a decision (outcome and reasons) or for a profile.
 */
export interface PolicyCase {
  /**
   * What is different from the quiet request of cases/facts.yaml. Objects are merged; a list replaces a list, and its findings, signals and sources are completed from that file as well.
   */
  facts?: {
    [k: string]: unknown
  }
  /**
   * What is different from data.gateway_config, merged like facts: another profile for a connection, another limit.
   */
  config?: {
    [k: string]: unknown
  }
  outcome?: Outcome
  /**
   * Codes of all reasons, in any order.
   */
  reasons?: ReasonCode[]
  /**
   * All groups that may approve, in any order.
   */
  approval?: string[]
  /**
   * Members that the profile must have, at any depth; null where no profile may answer.
   */
  profile?: {
    [k: string]: unknown
  } | null
}
/**
 * data.gateway_config of a policy directory: what its rules and the gateway read beside the facts. Each list is a file of its own under policies/gateway_config.
 */
export interface PolicyData {
  /**
   * Connection -> profile, named as its directory under profiles/.
   */
  profiles: {
    [k: string]: PackageName
  }
  default_profile: PackageName
  /**
   * Connections that callers with the base scope may use.
   */
  known_connections: string[]
  /**
   * Connections on which a request that would have to be masked is refused.
   */
  strict_connections: string[]
  base_scope: string
  /**
   * Connections that may use the profile observe, which masks nothing.
   */
  observed_connections: ObservedConnection[]
  /**
   * Terms that are no identifier, such as a drug taken for a name. Validated identifiers and known people are masked all the same.
   */
  keep_list: KeptTerm[]
  /**
   * Fields of JSON documents and what is done with them.
   */
  fields: FieldRule[]
  /**
   * What is refused whatever else holds. A name of a model or tool may end in *.
   */
  block_lists: {
    principals: BlockedPrincipal[]
    models: BlockedName[]
    tools: BlockedName[]
  }
  /**
   * From where on a request waits for approval; a connection may have limits of its own.
   */
  limits: {
    default: Extent & {
      [k: string]: unknown
    }
    connections: {
      [k: string]: Extent
    }
  }
  /**
   * Features of Claude: covered by the agreement, excepted for a reason, or refused. What is on no list waits for approval.
   */
  features: {
    covered: Feature[]
    excepted: ExceptedFeature[]
    refused: Feature[]
  }
  /**
   * Risk patterns over what people write. Entries of one name are one signal. tool_result belongs only to patterns that are told like an order.
   */
  signals: SignalRule[]
  recognizers?: RecognizerSettings
  /**
   * Rules that are evaluated and recorded, and not enforced, by team and code.
   */
  shadow?: RuleInShadow[]
}
export interface ObservedConnection {
  connection: string
  reason: Why
  expires: LastDay
}
export interface KeptTerm {
  term: string
  reason: Why
  expires: LastDay
}
export interface FieldRule {
  /**
   * $..patient.name or $.patient.name: keys from the root of the JSON document that holds the value; array positions are skipped.
   */
  path: string
  type: EntityType
  operator: Operator
}
export interface BlockedPrincipal {
  /**
   * issuer|subject
   */
  id: string
  reason: Why
}
export interface BlockedName {
  name: string
  reason: Why
}
export interface Extent {
  patients?: number
  bulk_characters?: number
  bulk_identifiers?: number
  [k: string]: unknown
}
export interface Feature {
  kind: FeatureKind
  name: string
}
export interface ExceptedFeature {
  kind: FeatureKind
  name: string
  reason: Why
  expires?: LastDay
}
export interface SignalRule {
  name: ReasonCode
  /**
   * @minItems 1
   */
  roles: [SignalRole, ...SignalRole[]]
  /**
   * In lower case. The patterns are searched only in texts with one of them, which costs much less: every match must hold one.
   */
  words?: string[]
  /**
   * RE2 syntax: linear time, no look-around, no back-references.
   *
   * @minItems 1
   */
  patterns: [string, ...string[]]
}
/**
 * data.gateway_config.recognizers: which recognizers are in use, from which score on, and those that the policy adds.
 */
export interface RecognizerSettings {
  /**
   * Names of recognizers that are not asked.
   */
  disabled?: string[]
  /**
   * By name of a recognizer, the least score of a finding of it.
   */
  minScores?: {
    [k: string]: number
  }
  custom?: CustomRecognizer[]
}
export interface CustomRecognizer {
  name: string
  type: EntityType
  /**
   * In RE2's syntax. A capture group, if there is one, is the span; otherwise the match is.
   *
   * @minItems 1
   */
  patterns: [string, ...string[]]
  score: number
  /**
   * Words, without regard to case. Where one stands within 60 characters before the match or 30 behind it, contextScore holds.
   *
   * @minItems 1
   */
  context?: [string, ...string[]]
  contextScore?: number
  /**
   * Whether a match without a word of the context is no finding.
   */
  contextRequired?: boolean
  validator?: CustomValidator
}
export interface RuleInShadow {
  team: PackageName
  code: ReasonCode
}
/**
 * What gateway/profile may see: who calls through which connection in which direction, so that masks never depend on time or content.
 */
export interface ProfileInput {
  version: 1
  principal: PrincipalFacts
  connection: ConnectionFacts
  direction: Direction
}
/**
 * The answer of gateway/profile: which entity types and fields are masked how. A key TYPE.subtype goes before TYPE.
 */
export interface Profile {
  name: string
  entities: {
    [k: string]: Operator
  }
  default: Operator
  fields?: FieldRule[]
  /**
   * Terms that are never masked on a guess (a drug taken for a name). Validated identifiers are masked all the same.
   */
  keepList?: string[]
  minScore: number
  recall: 'strict' | 'balanced' | 'lenient'
  recognizers?: RecognizerSettings
  roles: {
    [k: string]: RoleRules
  }
  /**
   * What is done with a source that cannot be read, per role; deny for a role that is not listed.
   */
  uninspectable: {
    [k: string]: UninspectableRule
  }
  restore: {
    text: boolean
    citations: boolean
    /**
     * Tool names, * at the end for a prefix.
     */
    tools: string[]
  }
  /**
   * Whether the first masked message of a session says, in one fixed sentence at its end, what placeholders are.
   */
  explainPlaceholders?: boolean
  /**
   * Whether a refusal carries the masked body.
   */
  offerSanitized: boolean
}
export interface RoleRules {
  [k: string]: RoleRule
}
/**
 * What `phigate keys public` prints: the keys that checkpoints are verified with.
 */
export interface PublicKeysFile {
  version: 1
  keys: PublicKeyFile[]
}
export interface PublicKeyFile {
  id: string
  algorithm: 'Ed25519'
  /**
   * 32 bytes in base64.
   */
  publicKey: string
}
/**
 * What a person is asked before an exchange goes on, what was answered, and what follows from it. Names, counts and digests; the masked payload is stored beside it, encrypted.
 */
export interface Review {
  id: string
  /**
   * Counts the changes: two of them cannot start from the same one.
   */
  version: number
  status: ReviewStatus
  principal: string
  onBehalfOf: string | null
  purpose: string | null
  connection: string
  /**
   * The session's name in records.
   */
  session: string
  operation: string
  model: string | null
  scope: GrantScope
  reviewDigest: string
  /**
   * Keyed digest of everything up to the last text that a person wrote, with model and betas.
   */
  anchor: string
  /**
   * Keyed digest of betas, features and servers: what sub-agents share with their agent.
   */
  frame?: string
  reasons: Reason[]
  signals: {
    name: string
    message: string
  }[]
  /**
   * Findings by entity type.
   */
  totals: {
    [k: string]: number
  }
  /**
   * Keyed digests.
   */
  patients: string[]
  policyRevision: string
  /**
   * The exchange that asked first.
   */
  decisionId: string
  /**
   * Why, as the requester said it; what detection found in it is masked.
   */
  requestReason: string | null
  /**
   * @minItems 1
   */
  needs: [ApprovalObligation, ...ApprovalObligation[]]
  /**
   * What reviewers said, in order.
   */
  approvals: Vote[]
  createdAt: number
  expiresAt: number
  settledAt: number | null
  /**
   * When the next groups may answer as well; null where all may that ever will.
   */
  escalatesAt: number | null
  /**
   * Those that came, in order.
   */
  escalations: Escalation[]
  grant: Grant
}
export interface Vote {
  by: string
  groups: string[]
  verdict: 'approve' | 'deny' | 'revoke' | 'renew' | 'cancel' | 'break-glass'
  reason: string
  /**
   * Milliseconds since the epoch.
   */
  at: number
  /**
   * The version of the review that it made.
   */
  version: number
}
export interface Escalation {
  /**
   * Milliseconds since the epoch.
   */
  at: number
  groups: string[]
  /**
   * The version of the review that it made.
   */
  version: number
}
export interface GrantUse {
  decisionId: string
  /**
   * Of the review, that the use made.
   */
  version: number
  status: 'consuming' | 'consumed' | 'outcome-unknown' | 'returned'
  at: number
}
