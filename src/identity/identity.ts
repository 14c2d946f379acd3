import { GatewayError, type Clock, type Principal } from '../domain/index.ts'
import { credentialsOf, type Credential, type CredentialHeaders } from './credentials.ts'
import { IssuerKeys, type HeldKeys } from './issuer-keys.ts'
import type { IssuerAccess } from './ports.ts'
import { principalOf } from './principal.ts'
import { explain, TokenRefusal } from './refusal.ts'
import { TokenCache } from './token-cache.ts'
import { isTrustworthy } from './transport.ts'

const FETCH_TIMEOUT_MS = 5_000
const CLOCK_TOLERANCE_SECONDS = 5
const CACHED_TOKENS = 4096
const ASYMMETRIC = /^(?:RS|PS|ES)(?:256|384|512)$|^EdDSA$|^Ed25519$/

/** Which tokens are taken. */
export interface IdentityOptions {
  readonly issuer: URL
  readonly audience: string
  /** Signature algorithms that are accepted: asymmetric ones only. */
  readonly algorithms: readonly string[]
  readonly groupsClaim: string
  readonly clock: Clock
  /** How far the issuer's clock may be off; 5 when not given. */
  readonly clockToleranceSeconds?: number
  /** How long discovery and keys may take together; 5000 when not given. */
  readonly fetchTimeoutMs?: number
}

/** The check of who calls. */
export interface Identity {
  /** @throws GatewayError `unauthenticated`, `issuer-unavailable` */
  authenticate(headers: CredentialHeaders): Promise<Principal>
  /** Whether there are keys to verify tokens with; where there are none, asking starts a fetch. */
  ready(): boolean
  close(): void
}

type Outcome =
  | { readonly kind: 'principal'; readonly principal: Principal }
  | { readonly kind: 'refused'; readonly credential: Credential; readonly refusal: TokenRefusal }
  | { readonly kind: 'unavailable'; readonly error: GatewayError }

/**
 * Makes the check of callers for one issuer and one audience. Nothing is fetched before the first token or `ready()`.
 * @throws Error when a setting would accept tokens that nobody signed
 */
export function createIdentity(options: IdentityOptions, access: IssuerAccess): Identity {
  check(options)
  const tolerance = options.clockToleranceSeconds ?? CLOCK_TOLERANCE_SECONDS
  const keys = new IssuerKeys(access, {
    issuer: options.issuer,
    clock: options.clock,
    timeoutMs: options.fetchTimeoutMs ?? FETCH_TIMEOUT_MS,
  })
  const cache = new TokenCache(CACHED_TOKENS)

  const verifyWith = async (token: string, held: HeldKeys): Promise<Principal> => {
    const now = options.clock.now()
    const known = cache.get(token, held.keys.digest, now)
    if (known !== undefined) return known
    const { issuer } = held.metadata
    const { audience, algorithms } = options
    const rules = { issuer, audience, algorithms, now, clockToleranceSeconds: tolerance }
    const claims = await held.keys.verify(token, rules)
    const principal = principalOf(claims, issuer, options.groupsClaim)
    const until = (Number(claims['exp']) + tolerance) * 1000
    cache.put(token, { principal, until, keys: held.keys.digest })
    return principal
  }

  const verify = async (token: string): Promise<Principal> => {
    const held = await keys.get()
    try {
      return await verifyWith(token, held)
    } catch (thrown) {
      if (!(thrown instanceof TokenRefusal) || !mayBeRotated(thrown)) throw thrown
      const newer = await newerKeys(keys, held, thrown)
      if (newer === undefined) throw thrown
      return verifyWith(token, newer)
    }
  }

  return {
    authenticate: async (headers) => {
      const credentials = credentialsOf(headers)
      return choose(await Promise.all(credentials.map((credential) => attempt(credential, verify))))
    },
    ready: () => keys.ready(),
    close: () => {
      keys.close()
      cache.clear()
    },
  }
}

function check({ issuer, algorithms, audience, groupsClaim }: IdentityOptions): void {
  if (!isTrustworthy(issuer)) throw new Error('an issuer that is not on loopback needs https')
  if (algorithms.length === 0 || !algorithms.every((name) => ASYMMETRIC.test(name))) {
    throw new Error('algorithms must be a list of asymmetric signature algorithms')
  }
  if (audience === '' || groupsClaim === '') {
    throw new Error('audience and groupsClaim must not be empty')
  }
}

/** A key that was replaced shows as an unknown one, or under the same or no name as a bad signature. */
function mayBeRotated({ reason }: TokenRefusal): boolean {
  return reason === 'unknown-key' || reason === 'bad-signature'
}

/** A bad signature by a known key stays one when the issuer is away; an unknown key might be a new one. */
async function newerKeys(
  keys: IssuerKeys,
  held: HeldKeys,
  refusal: TokenRefusal,
): Promise<HeldKeys | undefined> {
  try {
    return await keys.otherThan(held)
  } catch (thrown) {
    if (refusal.reason === 'bad-signature') return undefined
    throw thrown
  }
}

async function attempt(
  credential: Credential,
  verify: (token: string) => Promise<Principal>,
): Promise<Outcome> {
  try {
    if (typeof credential.token !== 'string') throw credential.token
    return { kind: 'principal', principal: await verify(credential.token) }
  } catch (thrown) {
    if (thrown instanceof TokenRefusal) return { kind: 'refused', credential, refusal: thrown }
    if (thrown instanceof GatewayError) return { kind: 'unavailable', error: thrown }
    throw thrown
  }
}

/** Clients send a token in either header or in both, and the other may hold something else: the valid one counts. */
function choose(outcomes: readonly Outcome[]): Principal {
  const principals = outcomes.flatMap((outcome) =>
    outcome.kind === 'principal' ? [outcome.principal] : [],
  )
  const [principal] = principals
  if (principal !== undefined) {
    if (principals.every(({ id }) => id === principal.id)) return principal
    throw new GatewayError(
      'unauthenticated',
      'The tokens in Authorization and x-api-key belong to different principals: send one of them',
    )
  }
  for (const outcome of outcomes) if (outcome.kind === 'unavailable') throw outcome.error
  const reasons = outcomes.flatMap((outcome) =>
    outcome.kind === 'refused' ? [explain(outcome.credential.header, outcome.refusal.reason)] : [],
  )
  throw new GatewayError('unauthenticated', `Not authenticated: ${reasons.join('; ')}`)
}
