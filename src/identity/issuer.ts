import type { Clock, Principal } from '../domain/index.ts'
import { checkRequired, isObject, type ClaimMapping, type RequiredClaims } from './claims.ts'
import { IssuerKeys, type HeldKeys } from './issuer-keys.ts'
import type { IssuerAccess } from './ports.ts'
import { principalOf } from './principal.ts'
import { TokenRefusal } from './refusal.ts'
import { TokenCache } from './token-cache.ts'
import { isTrustworthy } from './transport.ts'

const CLOCK_TOLERANCE_SECONDS = 5
const MAX_KEY_AGE_MS = 24 * 3_600_000
const CACHED_TOKENS = 4096
const ASYMMETRIC = /^(?:RS|PS|ES)(?:256|384|512)$|^EdDSA$|^Ed25519$/

/** Which tokens of one issuer are taken. */
export interface IssuerRules {
  readonly issuer: URL
  readonly audience: string
  /** Signature algorithms that are accepted: asymmetric ones only. */
  readonly algorithms: readonly string[]
  /** How far the issuer's clock may be off; 5 when not given. */
  readonly clockToleranceSeconds?: number
  /** How long the last good keys serve while the issuer is away; 24 hours when not given. */
  readonly maxKeyAgeMs?: number
  readonly claims?: ClaimMapping
  readonly requiredClaims?: RequiredClaims
  /** Scopes that every token has without stating them, for issuers that know no scopes. */
  readonly grantScopes?: readonly string[]
  /** The scope without which nobody gets in, as this issuer calls it. */
  readonly requiredScope?: string
}

/** One issuer with its own keys and its own cache: its outage is nobody else's. */
export interface Issuer {
  /** As configured, for messages and counts. */
  readonly name: string
  readonly requiredScope: string | undefined
  /** @throws TokenRefusal, GatewayError `issuer-unavailable` */
  verify(token: string): Promise<Principal>
  ready(): boolean
  close(): void
}

/** @throws Error when a setting would accept tokens that nobody signed */
export function createIssuer(
  rules: IssuerRules,
  access: IssuerAccess,
  { clock, timeoutMs }: { readonly clock: Clock; readonly timeoutMs: number },
): Issuer {
  check(rules)
  const { issuer, maxKeyAgeMs: maxAgeMs = MAX_KEY_AGE_MS } = rules
  const keys = new IssuerKeys(access, { issuer, clock, timeoutMs, maxAgeMs })
  const cache = new TokenCache(CACHED_TOKENS)
  return {
    name: nameOf(issuer),
    requiredScope: rules.requiredScope,
    verify: (token) => verify(keys, (held) => verifyWith(token, held, { rules, clock, cache })),
    ready: () => keys.ready(),
    close: () => {
      keys.close()
      cache.clear()
    },
  }
}

/** An issuer's name without the slash that URL adds: it chooses, and what verifies is the issuer's own spelling. */
function nameOf(issuer: URL | string): string {
  return (typeof issuer === 'string' ? issuer : issuer.href).replace(/\/$/, '')
}

/**
 * Which issuer a token says it is of. Nothing of it is verified: it chooses the issuer that verifies all of it.
 * @throws TokenRefusal
 */
export function claimedIssuer(token: string): string {
  const claims = decode(token.split('.')[1] ?? '')
  if (!isObject(claims)) throw new TokenRefusal('malformed')
  const issuer = Object.hasOwn(claims, 'iss') ? claims['iss'] : undefined
  if (typeof issuer !== 'string') throw new TokenRefusal('incomplete')
  return nameOf(issuer)
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return undefined
  }
}

function check({ issuer, algorithms, audience }: IssuerRules): void {
  if (!isTrustworthy(issuer)) throw new Error('an issuer that is not on loopback needs https')
  if (algorithms.length === 0 || !algorithms.every((name) => ASYMMETRIC.test(name))) {
    throw new Error('algorithms must be a list of asymmetric signature algorithms')
  }
  if (audience === '') throw new Error('audience must not be empty')
}

interface Verification {
  readonly rules: IssuerRules
  readonly clock: Clock
  readonly cache: TokenCache
}

async function verifyWith(
  token: string,
  held: HeldKeys,
  { rules, clock, cache }: Verification,
): Promise<Principal> {
  const now = clock.now()
  const known = cache.get(token, held.keys.digest, now)
  if (known !== undefined) return known
  const { issuer } = held.metadata
  const { audience, algorithms, clockToleranceSeconds = CLOCK_TOLERANCE_SECONDS } = rules
  const expected = { issuer, audience, algorithms, now, clockToleranceSeconds }
  const claims = await held.keys.verify(token, expected)
  checkRequired(claims, rules.requiredClaims ?? {})
  const { claims: mapping = {}, grantScopes = [] } = rules
  const principal = principalOf(claims, issuer, { claims: mapping, grantScopes })
  const until = (Number(claims['exp']) + clockToleranceSeconds) * 1000
  cache.put(token, { principal, until, keys: held.keys.digest })
  return principal
}

async function verify(
  keys: IssuerKeys,
  verifyBy: (held: HeldKeys) => Promise<Principal>,
): Promise<Principal> {
  const held = await keys.get()
  try {
    return await verifyBy(held)
  } catch (thrown) {
    if (!(thrown instanceof TokenRefusal) || !mayBeRotated(thrown)) throw thrown
    const newer = await newerKeys(keys, held, thrown)
    if (newer === undefined) throw thrown
    return verifyBy(newer)
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
