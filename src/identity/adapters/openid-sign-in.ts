import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
  type Configuration,
} from 'openid-client'
import { GatewayError, type Clock } from '../../domain/index.ts'
import type { SignInAccess, SignInAnswer, SignInSecrets } from '../sign-in.ts'
import { configure } from './openid-discovery.ts'

export interface SignInClient {
  readonly issuer: URL
  readonly clientId: string
  /** Read when it is sent. */
  readonly clientSecret: () => string
  /** `openid` and whatever it takes to be told of groups. */
  readonly scopes: readonly string[]
  readonly clock: Clock
}

/** What the issuer says about itself is asked for again after so long. */
const KNOWN_FOR_MS = 3_600_000

/** Sign-in by OpenID Connect authorization code with PKCE and nonce; signatures of ID tokens are verified. */
export function openidSignIn(client: SignInClient): SignInAccess {
  const configuration = remembered(client)
  return {
    async begin({ redirectUri, again, maxAge }) {
      const secrets = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
      }
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri.href,
        scope: client.scopes.join(' '),
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
        max_age: String(maxAge),
        ...(again ? { prompt: 'login' } : {}),
      })
      return { url, secrets }
    },
    finish: async (callback, secrets, maxAge) =>
      finish(await configuration(), callback, secrets, maxAge),
  }
}

/** Discovered when it is first needed, so that an issuer that is away does not keep phigate from starting. */
function remembered({ issuer, clientId, clientSecret, clock }: SignInClient) {
  let known: { readonly at: number; readonly found: Promise<Configuration> } | undefined
  const find = async (): Promise<Configuration> => {
    const found = await configure(issuer, { clientId, clientSecret: clientSecret() })
    enableNonRepudiationChecks(found)
    return found
  }
  return async (): Promise<Configuration> => {
    const now = clock.now()
    if (known === undefined || now - known.at > KNOWN_FOR_MS) known = { at: now, found: find() }
    try {
      return await known.found
    } catch (cause) {
      known = undefined
      throw unavailable(cause)
    }
  }
}

async function finish(
  configuration: Configuration,
  callback: URL,
  { state, nonce, verifier }: SignInSecrets,
  maxAge: number,
): Promise<SignInAnswer> {
  try {
    const tokens = await authorizationCodeGrant(configuration, callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      maxAge,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    if (claims === undefined) throw new GatewayError('unauthenticated', 'There is no ID token')
    const has = configuration.serverMetadata().userinfo_endpoint !== undefined
    return { claims, userInfo: has ? asking(configuration, tokens, claims.sub) : undefined }
  } catch (cause) {
    throw asGatewayError(cause)
  }
}

interface Tokens {
  readonly access_token: string
  readonly refresh_token?: string | undefined
}

/** Asks userinfo each time; an access token that is over is renewed where the issuer gave the means. */
function asking(
  configuration: Configuration,
  first: Tokens,
  subject: string,
): () => Promise<SignInAnswer['claims']> {
  let { access_token: token, refresh_token: refresh } = first
  const renew = async (): Promise<boolean> => {
    if (refresh === undefined) return false
    const renewed = await refreshTokenGrant(configuration, refresh)
    token = renewed.access_token
    // Issuers that rotate it take the one before no more.
    refresh = renewed.refresh_token ?? refresh
    return true
  }
  return async () => {
    try {
      return await fetchUserInfo(configuration, token, subject).catch(async (thrown: unknown) => {
        if (!isUnauthorized(thrown) || !(await renew())) throw thrown
        return fetchUserInfo(configuration, token, subject)
      })
    } catch (cause) {
      throw asGatewayError(cause)
    }
  }
}

function isUnauthorized(thrown: unknown): boolean {
  if (thrown instanceof WWWAuthenticateChallengeError) return thrown.status === 401
  return thrown instanceof ClientError && statusOf(thrown) === 401
}

function statusOf({ cause }: ClientError): number | undefined {
  return cause instanceof Response ? cause.status : undefined
}

/** What the issuer or this check refused is a refusal; everything else means that the issuer could not be asked. */
function asGatewayError(cause: unknown): GatewayError {
  if (cause instanceof GatewayError) return cause
  const refused =
    cause instanceof AuthorizationResponseError ||
    cause instanceof ResponseBodyError ||
    cause instanceof WWWAuthenticateChallengeError ||
    (cause instanceof ClientError && !isAway(cause))
  if (!refused) return unavailable(cause)
  return new GatewayError('unauthenticated', 'The issuer did not confirm who signed in', { cause })
}

const AWAY: ReadonlySet<string | undefined> = new Set(['OAUTH_TIMEOUT', 'OAUTH_ABORT'])

function isAway(error: ClientError): boolean {
  return AWAY.has(error.code) || (statusOf(error) ?? 0) >= 500
}

function unavailable(cause: unknown): GatewayError {
  const message = 'The issuer that people sign in at cannot be reached'
  return new GatewayError('issuer-unavailable', message, { cause, retryAfter: 1 })
}
