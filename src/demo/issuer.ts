import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import {
  errors,
  Provider,
  type Adapter,
  type ClientMetadata,
  type Configuration,
} from 'oidc-provider'
import { clientCredentialsToken } from '../identity/adapters/openid-discovery.ts'
import { BASE_SCOPE, RESOURCES, clientsFile } from './clients.ts'
import { close, listen } from './loopback.ts'

const AUDIENCES: ReadonlyMap<string, { audience: string; scope: string }> = new Map([
  [RESOURCES.gateway, { audience: 'phigate', scope: BASE_SCOPE }],
  [RESOURCES.console, { audience: 'phigate-console', scope: '' }],
])
const SERVICES = ['svc-triage', 'svc-batch']
/** The people of the demo, each a confidential client named like its user, so that `sub` is the user's name. */
const PEOPLE = new Map([
  ['reviewer', ['privacy-officers']],
  ['reviewer2', ['privacy-officers']],
  ['auditor', ['auditors']],
  ['admin', ['admins']],
])
const TOKEN_SECONDS = 15 * 60

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
  /** An access token for a client: for the console when it is a person, else for the gateway. */
  token(clientId: string, resource?: keyof typeof RESOURCES): Promise<string>
  close(): Promise<void>
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
    [...SERVICES, ...PEOPLE.keys()].map((id) => [id, randomBytes(32).toString('hex')]),
  )
  // The name without the slash that URL adds: what other parts compare `iss` with is the issuer's own spelling.
  const provider = new Provider(issuer.origin, configuration(secrets))
  const handle = provider.callback()
  server.on('request', (req, res) => void handle(req, res))
  if (options.dataDir !== undefined) await writeClients(options.dataDir, issuer, secrets)
  return {
    issuer,
    secrets,
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

function configuration(secrets: ReadonlyMap<string, string>): Configuration {
  return {
    adapter: forgetful,
    jwks: { keys: [signingKey()] },
    clients: [...secrets].map(([id, secret]) => client(id, secret)),
    cookies: { keys: [randomBytes(32).toString('hex')] },
    scopes: [BASE_SCOPE],
    ttl: { ClientCredentials: TOKEN_SECONDS },
    extraTokenClaims: (_context, token) => claimsOf(token.clientId),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_context, { clientId }) =>
          PEOPLE.has(clientId) ? RESOURCES.console : RESOURCES.gateway,
        getResourceServerInfo: (_context, resource) => {
          const known = AUDIENCES.get(resource)
          if (known === undefined) throw new errors.InvalidTarget('no such resource')
          return { ...known, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }
        },
      },
    },
  }
}

/** Clients are configured and tokens are self-contained JWTs: nothing has to be kept. */
function forgetful(): Adapter {
  const nothing = async (): Promise<void> => {}
  return {
    upsert: nothing,
    find: nothing,
    findByUserCode: nothing,
    findByUid: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  }
}

function claimsOf(clientId: string | undefined): Record<string, unknown> {
  const groups = PEOPLE.get(clientId ?? '')
  return groups === undefined ? { groups: [] } : { phigate_kind: 'person', groups }
}

function client(id: string, secret: string): ClientMetadata {
  return {
    client_id: id,
    client_secret: secret,
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
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
