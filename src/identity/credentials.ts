import { GatewayError } from '../domain/index.ts'
import { TokenRefusal } from './refusal.ts'

/** The two headers a Claude client may put its token in; it may send either, or both. */
export interface CredentialHeaders {
  readonly authorization?: string | undefined
  readonly 'x-api-key'?: string | undefined
  /** A second token: the person for whom the caller acts. */
  readonly 'x-phigate-on-behalf-of'?: string | undefined
}

export interface Credential {
  readonly header: 'Authorization' | 'x-api-key' | 'x-phigate-on-behalf-of'
  /** The token, or why there can be none. */
  readonly token: string | TokenRefusal
}

/** Longer than any access token that passes Node's own limit on headers. */
const MAX_TOKEN = 16 * 1024
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]*$/
const BEARER = /^bearer +/i

/**
 * The credentials of a request, each value once.
 * @throws GatewayError `unauthenticated` when there is none
 */
export function credentialsOf(headers: CredentialHeaders): readonly Credential[] {
  const authorization = headers.authorization?.trim() ?? ''
  const apiKey = headers['x-api-key']?.trim() ?? ''
  const found: Credential[] = []
  if (authorization !== '') found.push({ header: 'Authorization', token: bearer(authorization) })
  if (apiKey !== '') found.push({ header: 'x-api-key', token: jws(apiKey) })
  if (found.length === 0) {
    throw new GatewayError(
      'unauthenticated',
      'No credential: send an access token as "Authorization: Bearer TOKEN" or as "x-api-key: TOKEN"',
    )
  }
  const [first, second] = found
  const same = typeof first?.token === 'string' && first.token === second?.token
  return same ? [first] : found
}

/** The credential of the person for whom the caller acts. A header that is there and empty is a mistake, not nobody. */
export function personOf(headers: CredentialHeaders): Credential | undefined {
  const value = headers['x-phigate-on-behalf-of']
  return value === undefined
    ? undefined
    : { header: 'x-phigate-on-behalf-of', token: jws(value.trim()) }
}

function bearer(value: string): string | TokenRefusal {
  return BEARER.test(value) ? jws(value.replace(BEARER, '')) : new TokenRefusal('not-bearer')
}

/** What cannot be a JWT is refused here, so that it never costs a request to the issuer. */
function jws(value: string): string | TokenRefusal {
  return value.length <= MAX_TOKEN && COMPACT_JWS.test(value)
    ? value
    : new TokenRefusal('malformed')
}
