import type { Clock, Principal } from '../domain/index.ts'
import { GatewayError } from '../domain/index.ts'
import {
  checkRequired,
  claimAt,
  namesAt,
  type ClaimMapping,
  type RequiredClaims,
} from './claims.ts'
import type { Claims } from './ports.ts'
import { signedInPrincipal } from './principal.ts'
import { TokenRefusal } from './refusal.ts'

/** What one sign-in under way has to show when the browser comes back. Never leaves this process. */
export interface SignInSecrets {
  readonly state: string
  readonly nonce: string
  /** Of PKCE (RFC 7636). */
  readonly verifier: string
}

/** What the issuer answered. The claims are those of an ID token that holds. */
export interface SignInAnswer {
  readonly claims: Claims
  /** What userinfo says of the same subject, asked each time; undefined where the issuer has no userinfo. */
  readonly userInfo: (() => Promise<Claims>) | undefined
}

/** The way to the issuer: authorization code with PKCE, given by the composition root. */
export interface SignInAccess {
  begin(request: {
    readonly redirectUri: URL
    /** The issuer asks who it is even if it knows. */
    readonly again: boolean
    /** Seconds: a sign-in at the issuer that is older does not count. */
    readonly maxAge: number
  }): Promise<{ readonly url: URL; readonly secrets: SignInSecrets }>
  /** @throws GatewayError `unauthenticated`, `issuer-unavailable` */
  finish(callback: URL, secrets: SignInSecrets, maxAge: number): Promise<SignInAnswer>
}

/** Somebody who has signed in. */
export interface SignedIn {
  readonly principal: Principal
  /** When they showed the issuer who they are; milliseconds since the epoch. */
  readonly authenticatedAt: number
  /**
   * Who they are now, as far as the issuer tells: it is asked again for their groups where its userinfo has them.
   * @throws GatewayError `unauthenticated` when it knows them no more, `issuer-unavailable` when it cannot be asked
   */
  readonly now: () => Promise<Principal>
}

/** Signing people in at their issuer. */
export interface SignIn {
  begin(again: boolean): Promise<{ readonly url: URL; readonly secrets: SignInSecrets }>
  /** @throws GatewayError `unauthenticated`, `issuer-unavailable` */
  finish(callback: URL, secrets: SignInSecrets): Promise<SignedIn>
}

export interface SignInOptions {
  readonly redirectUri: URL
  readonly maxAgeSeconds: number
  readonly claims: ClaimMapping
  readonly requiredClaims: RequiredClaims
  readonly clock: Clock
}

export function createSignIn(options: SignInOptions, access: SignInAccess): SignIn {
  const { redirectUri, maxAgeSeconds: maxAge } = options
  return {
    begin: (again) => access.begin({ redirectUri, again, maxAge }),
    async finish(callback, secrets) {
      const { claims, userInfo } = await access.finish(callback, secrets, maxAge)
      return signedIn(claims, userInfo, options)
    },
  }
}

async function signedIn(
  claims: Claims,
  userInfo: SignInAnswer['userInfo'],
  options: SignInOptions,
): Promise<SignedIn> {
  const principal = personOf(claims, options)
  const at = Number(claims['auth_time']) * 1000
  if (!Number.isFinite(at)) throw refused()
  const paths = options.claims.groups ?? ['groups']
  const told = await userInfo?.()
  const tells = told !== undefined && paths.some((path) => claimAt(told, path) !== undefined)
  // Where userinfo tells of groups, it alone does: an empty answer later on means that there are none any more.
  const withGroups = (said: Claims): Principal => ({ ...principal, groups: namesAt(said, paths) })
  return {
    principal: tells ? withGroups(told) : principal,
    // An issuer whose clock is ahead does not make a sign-in last longer.
    authenticatedAt: Math.min(at, options.clock.now()),
    now: async () => {
      const said = await userInfo?.()
      return tells ? withGroups(said ?? {}) : principal
    },
  }
}

function personOf(claims: Claims, { claims: mapping, requiredClaims }: SignInOptions): Principal {
  try {
    checkRequired(claims, requiredClaims)
    return signedInPrincipal(claims, String(claims['iss']), mapping)
  } catch (cause) {
    throw cause instanceof TokenRefusal ? refused(cause) : cause
  }
}

function refused(cause?: unknown): GatewayError {
  const message = 'The answer of the issuer is not what a sign-in needs'
  return new GatewayError('unauthenticated', message, cause === undefined ? {} : { cause })
}
