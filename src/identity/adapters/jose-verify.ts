import { createHash } from 'node:crypto'
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  jwtVerify,
  type JWTVerifyOptions,
  type JWTVerifyResult,
} from 'jose'
import type { Claims, KeySet, TokenRules } from '../ports.ts'
import { TokenRefusal, type RefusalReason } from '../refusal.ts'

/** `typ` of access tokens (RFC 9068) and of issuers older than that; a logout token or a proof is neither. */
const TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt'])

type LocalKeys = ReturnType<typeof createLocalJWKSet>

/** Fetches the published keys with jose; its own caching stays unused, since its ages and its clock are not ours. */
export async function fetchKeys(jwksUri: URL, signal: AbortSignal): Promise<KeySet> {
  const remote = createRemoteJWKSet(jwksUri, {
    [customFetch]: (url, init) =>
      fetch(url, { ...init, signal: AbortSignal.any([init.signal, signal]) }),
  })
  await remote.reload()
  const published = remote.jwks()
  if (published === undefined) throw new Error('the issuer published no key set')
  const keys = createLocalJWKSet(published)
  return {
    digest: createHash('sha256').update(JSON.stringify(published)).digest('hex'),
    verify: (token, rules) => verify(token, keys, rules),
  }
}

async function verify(token: string, keys: LocalKeys, rules: TokenRules): Promise<Claims> {
  const options: JWTVerifyOptions = {
    issuer: rules.issuer,
    audience: rules.audience,
    algorithms: [...rules.algorithms],
    requiredClaims: ['exp', 'sub'],
    currentDate: new Date(rules.now),
    clockTolerance: rules.clockToleranceSeconds,
  }
  try {
    const { payload, protectedHeader } = await verifyWithAny(token, keys, options)
    const type = protectedHeader.typ?.toLowerCase()
    if (type !== undefined && !TYPES.has(type)) throw new TokenRefusal('wrong-type')
    return payload
  } catch (thrown) {
    throw thrown instanceof TokenRefusal ? thrown : new TokenRefusal(reasonOf(thrown), thrown)
  }
}

/** A token without `kid` may fit several keys: any of them may have signed it. */
async function verifyWithAny(
  token: string,
  keys: LocalKeys,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(token, keys, options)
  } catch (thrown) {
    if (!(thrown instanceof errors.JWKSMultipleMatchingKeys)) throw thrown
    let last: unknown = thrown
    for await (const key of thrown) {
      try {
        return await jwtVerify(token, key, options)
      } catch (failure) {
        if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure
        last = failure
      }
    }
    throw last
  }
}

function reasonOf(thrown: unknown): RefusalReason {
  if (thrown instanceof errors.JWTExpired) return 'expired'
  if (thrown instanceof errors.JWTClaimValidationFailed) return reasonOfClaim(thrown)
  if (thrown instanceof errors.JOSEAlgNotAllowed) return 'wrong-algorithm'
  if (thrown instanceof errors.JWKSNoMatchingKey) return 'unknown-key'
  if (thrown instanceof errors.JWSSignatureVerificationFailed) return 'bad-signature'
  return 'malformed'
}

function reasonOfClaim({ claim, reason }: errors.JWTClaimValidationFailed): RefusalReason {
  if (reason !== 'check_failed') return 'incomplete'
  switch (claim) {
    case 'iss':
      return 'wrong-issuer'
    case 'aud':
      return 'wrong-audience'
    case 'nbf':
      return 'not-yet-valid'
    default:
      return 'incomplete'
  }
}
