/** Why a token was refused: a closed list, so that a caller learns the cause and never the token. */
const PHRASES = {
  malformed: 'is not a signed JWT',
  'not-bearer': 'is not a bearer token',
  'wrong-type': 'is a JWT, but not an access token',
  'wrong-algorithm': 'is signed with an algorithm that is not accepted here',
  'unknown-key': 'is signed with a key that the issuer does not publish',
  'bad-signature': 'has a bad signature',
  'wrong-issuer': 'comes from another issuer',
  'wrong-audience': 'is meant for another audience',
  'not-yet-valid': 'is not valid yet',
  expired: 'has expired',
  'unknown-issuer': 'comes from another issuer than those that are accepted here',
  'claim-required': 'lacks a claim that is required here, or has another value in it',
  'bad-actor': 'names in its claim act what is no actor of its own issuer',
  'not-a-person': 'does not belong to a person',
  incomplete: 'lacks a claim that is needed here or holds a wrong one (iss, aud, sub, exp)',
} as const

export type RefusalReason = keyof typeof PHRASES

/** A token that does not verify. It MUST NOT hold any part of the token. */
export class TokenRefusal extends Error {
  readonly reason: RefusalReason

  constructor(reason: RefusalReason, cause?: unknown) {
    super(`the token ${PHRASES[reason]}`, cause === undefined ? undefined : { cause })
    this.name = 'TokenRefusal'
    this.reason = reason
  }
}

/** What to tell the caller, in words that name the header and the cause. */
export function explain(header: string, reason: RefusalReason): string {
  return `the token in ${header} ${PHRASES[reason]}`
}
