import {
  allowInsecureRequests,
  clientCredentialsGrant,
  customFetch,
  discovery,
  ResponseBodyError,
  type Configuration,
  type CustomFetch,
} from 'openid-client'
import { GatewayError } from '../../domain/index.ts'
import type { IssuerMetadata } from '../ports.ts'
import { isLocal, isTrustworthy } from '../transport.ts'

const TIMEOUT_SECONDS = 5
const ERROR_CODE = /^[a-z_]{1,40}$/

/** Finds the issuer's metadata by OpenID Connect discovery. Plain http is for loopback alone. */
export async function discover(issuer: URL, signal: AbortSignal): Promise<IssuerMetadata> {
  const { issuer: name, jwks_uri: keys } = (await configure(issuer, { signal })).serverMetadata()
  if (keys === undefined) throw new Error('the metadata of the issuer name no jwks_uri')
  const jwksUri = new URL(keys)
  if (!(isLocal(issuer) ? isTrustworthy(jwksUri) : jwksUri.protocol === 'https:'))
    throw new Error('the jwks_uri of the issuer is not https')
  return { issuer: name, jwksUri }
}

export interface ClientCredentials {
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: string
  /** `scope`, `resource`, `audience`: what the token is for. */
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * Gets an access token by client credentials.
 * @throws GatewayError `unauthenticated` when the issuer refuses, `issuer-unavailable` when it cannot be asked,
 * `invalid-request` when its address is not safe to send a secret to
 */
export async function clientCredentialsToken(request: ClientCredentials): Promise<string> {
  const { issuer, clientId, clientSecret, parameters } = request
  try {
    const configuration = await configure(issuer, { clientId, clientSecret })
    const answer = await clientCredentialsGrant(configuration, { ...parameters })
    return answer.access_token
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    if (cause instanceof ResponseBodyError) {
      const code = ERROR_CODE.test(cause.error) ? ` (${cause.error})` : ''
      throw new GatewayError('unauthenticated', `The issuer refused the client${code}`, { cause })
    }
    throw new GatewayError('issuer-unavailable', 'No token could be had from the issuer', { cause })
  }
}

interface Client {
  readonly clientId?: string
  readonly clientSecret?: string
  readonly signal?: AbortSignal
}

/** Discovery alone needs no client; openid-client asks for a name all the same. */
export async function configure(issuer: URL, client: Client): Promise<Configuration> {
  const { clientId = 'phigate', clientSecret, signal } = client
  if (!isTrustworthy(issuer)) {
    throw new GatewayError('invalid-request', 'an issuer that is not on loopback needs https')
  }
  return discovery(issuer, clientId, clientSecret, undefined, {
    timeout: TIMEOUT_SECONDS,
    ...(isLocal(issuer) ? { execute: [allowInsecureRequests] } : {}),
    ...(signal === undefined ? {} : { [customFetch]: fetchUntil(signal) }),
  })
}

/** The requests of discovery carry no body. */
function fetchUntil(signal: AbortSignal): CustomFetch {
  return (url, { method, headers, redirect, signal: own }) =>
    fetch(url, {
      method,
      headers,
      redirect,
      signal: own === undefined ? signal : AbortSignal.any([own, signal]),
    })
}
