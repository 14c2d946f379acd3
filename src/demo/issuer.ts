import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import {
  errors,
  interactionPolicy,
  Provider,
  type ClientMetadata,
  type Configuration,
} from 'oidc-provider'
import { DEFAULT_SIGN_IN, Secret, usualIssuer, type SignInConfig } from '../config/index.ts'
import { clientCredentialsToken } from '../identity/adapters/openid-discovery.ts'
import { BASE_SCOPE, RESOURCES, clientsFile } from './clients.ts'
import { login, loginUrl } from './login.ts'
import { close, listen } from './loopback.ts'
import { inMemory } from './memory.ts'

const AUDIENCES: ReadonlyMap<string, { audience: string; scope: string }> = new Map([
  [RESOURCES.gateway, { audience: 'phigate', scope: BASE_SCOPE }],
  [RESOURCES.console, { audience: 'phigate-console', scope: '' }],
])
const SERVICES = ['svc-triage', 'svc-batch']
/** The people of the demo, each a confidential client named like its user, so that `sub` is the user's name. */
const PEOPLE: ReadonlyMap<string, readonly string[]> = new Map([
  ['reviewer', ['privacy-officers']],
  ['reviewer2', ['privacy-officers']],
  ['auditor', ['auditors']],
  ['admin', ['admins']],
])
/** The console as a client: its pages send people here to sign in. */
const CONSOLE_CLIENT = 'phigate-console'
const TOKEN_SECONDS = 15 * 60
const DAY_SECONDS = 86_400

export interface DemoIssuerOptions {
  /** 0 takes any free one. */
  readonly port: number
  /** Where `demo/clients.json` goes, for `phigate token`; not written when not given. */
  readonly dataDir?: string
}

export interface DemoIssuer {
  readonly issuer: URL
  /** Client secrets by client id; they live as long as the issuer. */
  readonly secrets: ReadonlyMap<string, string>
  /** Who is in which groups: a change holds from the next token on. */
  readonly groups: Map<string, readonly string[]>
  /** An access token for a client: for the console when it is a person, else for the gateway. */
  token(clientId: string, resource?: keyof typeof RESOURCES): Promise<string>
  close(): Promise<void>
}

/** The console's side of signing people in here. */
export function demoSignIn({ issuer, secrets }: DemoIssuer): SignInConfig {
  return {
    ...DEFAULT_SIGN_IN,
    issuer: usualIssuer(issuer),
    clientId: CONSOLE_CLIENT,
    clientSecret: new Secret(secrets.get(CONSOLE_CLIENT) ?? ''),
    scopes: ['openid'],
  }
}

/** Leaves the clients of a running issuer where `phigate token` finds them. */
export async function leaveClients(issuer: DemoIssuer, dataDir: string): Promise<void> {
  await writeClients(dataDir, issuer.issuer, issuer.secrets)
}

/** Starts an OpenID Connect issuer on loopback, with keys and secrets that live as long as it does. */
export async function startDemoIssuer(options: DemoIssuerOptions): Promise<DemoIssuer> {
  const server = createServer()
  const issuer = await listen(server, options.port)
  const secrets = new Map(
    [...SERVICES, ...PEOPLE.keys(), CONSOLE_CLIENT].map((id) => [
      id,
      randomBytes(32).toString('hex'),
    ]),
  )
  const groups = new Map(PEOPLE)
  // The name without the slash that URL adds: what other parts compare `iss` with is the issuer's own spelling.
  const provider = new Provider(issuer.origin, configuration(secrets, groups))
  const handle = provider.callback()
  server.on('request', (req, res) => {
    void login(provider, [...PEOPLE.keys()], req, res).then((done) => {
      if (!done) void handle(req, res)
    })
  })
  if (options.dataDir !== undefined) await writeClients(options.dataDir, issuer, secrets)
  return {
    issuer,
    secrets,
    groups,
    token: (clientId, resource = PEOPLE.has(clientId) ? 'console' : 'gateway') =>
      clientCredentialsToken({
        issuer,
        clientId,
        clientSecret: secrets.get(clientId) ?? '',
        parameters: { resource: RESOURCES[resource], ...scopeFor(resource) },
      }),
    close: () => close(server),
  }
}

function scopeFor(resource: keyof typeof RESOURCES): Record<string, string> {
  return resource === 'gateway' ? { scope: BASE_SCOPE } : {}
}

type Groups = ReadonlyMap<string, readonly string[]>

function configuration(secrets: ReadonlyMap<string, string>, groups: Groups): Configuration {
  return {
    adapter: inMemory,
    jwks: { keys: [signingKey()] },
    clients: [...secrets].map(([id, secret]) => client(id, secret)),
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: ['openid', BASE_SCOPE],
    ttl: {
      ClientCredentials: TOKEN_SECONDS,
      AccessToken: TOKEN_SECONDS,
      IdToken: TOKEN_SECONDS,
      RefreshToken: DAY_SECONDS,
      Interaction: TOKEN_SECONDS,
      Session: DAY_SECONDS,
      Grant: DAY_SECONDS,
    },
    extraTokenClaims: (_context, token) => claimsOf(token.clientId, groups),
    ...signIn(groups),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        // The console signs people in and calls nobody in their name.
        defaultResource: (_context, { clientId }) =>
          clientId === CONSOLE_CLIENT ? [] : RESOURCES[audienceOf(clientId)],
        getResourceServerInfo: (_context, resource) => {
          const known = AUDIENCES.get(resource)
          if (known === undefined) throw new errors.InvalidTarget('no such resource')
          return { ...known, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }
        },
      },
    },
  }
}

function audienceOf(clientId: string): keyof typeof RESOURCES {
  return PEOPLE.has(clientId) ? 'console' : 'gateway'
}

/** Signing people in to the console: nobody is asked whether the console may know who they are. */
function signIn(groups: Groups): Configuration {
  const policy = interactionPolicy.base()
  policy.get('consent')?.checks.remove('native_client_prompt')
  return {
    interactions: { url: (_context, { uid }) => loginUrl(uid), policy },
    issueRefreshToken: async (_context, { clientId }) => clientId === CONSOLE_CLIENT,
    claims: { openid: ['sub', 'groups', 'phigate_kind'] },
    conformIdTokenClaims: false,
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, ...claimsOf(sub, groups) }),
    }),
    async loadExistingGrant({ oidc }) {
      const accountId = oidc.session?.accountId
      const clientId = oidc.client?.clientId
      if (accountId === undefined || clientId === undefined) return undefined
      const grant = new oidc.provider.Grant({ accountId, clientId })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
  }
}

function claimsOf(id: string | undefined, groups: Groups): Record<string, unknown> {
  const all = groups.get(id ?? '')
  return all === undefined ? { groups: [] } : { phigate_kind: 'person', groups: all }
}

function client(id: string, secret: string): ClientMetadata {
  const known = {
    client_id: id,
    client_secret: secret,
    token_endpoint_auth_method: 'client_secret_post',
  } as const
  if (id !== CONSOLE_CLIENT) {
    return {
      ...known,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    }
  }
  return {
    ...known,
    // Native, because such a client may come back to any port of loopback (RFC 8252, 7.3).
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: ['127.0.0.1', 'localhost'].map((host) => `http://${host}/sign-in/callback`),
  }
}

function signingKey(): NonNullable<Configuration['jwks']>['keys'][number] {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { ...privateKey.export({ format: 'jwk' }), kty: 'RSA', use: 'sig', alg: 'RS256' }
}

/** Written beside and moved into place, so that it is never there with another mode or half. */
async function writeClients(
  dataDir: string,
  issuer: URL,
  secrets: ReadonlyMap<string, string>,
): Promise<void> {
  const file = clientsFile(dataDir)
  await mkdir(join(dataDir, 'demo'), { recursive: true, mode: 0o700 })
  const fresh = `${file}.${randomBytes(6).toString('hex')}`
  const content = { issuer: issuer.href, clients: Object.fromEntries(secrets) }
  await writeFile(fresh, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  await rename(fresh, file)
}
