import { GatewayError, type Clock, type Principal } from '../domain/index.ts'
import { credentialsOf, personOf, type Credential, type CredentialHeaders } from './credentials.ts'
import { claimedIssuer, createIssuer, type Issuer, type IssuerRules } from './issuer.ts'
import type { IssuerAccess } from './ports.ts'
import { explain, TokenRefusal, type RefusalReason } from './refusal.ts'

const FETCH_TIMEOUT_MS = 5_000

/** Why a caller was refused, for counts: the reason of a token, or that there was none, or the wrong ones. */
export type RefusedBecause =
  RefusalReason | 'no-credential' | 'contradiction' | 'missing-scope' | 'sign-in'

/** Which tokens are taken. */
export interface IdentityOptions {
  /** A token's own `iss` chooses one of them, and that one verifies all of it. */
  readonly issuers: readonly IssuerRules[]
  readonly clock: Clock
  /** How long discovery and keys may take together; 5000 when not given. */
  readonly fetchTimeoutMs?: number
  /** Hears of every refusal: the issuer as configured, undefined where the token is of none. */
  readonly onRefused?: (reason: RefusedBecause, issuer: string | undefined) => void
}

/** The check of who calls. */
export interface Identity {
  /** @throws GatewayError `unauthenticated`, `forbidden` without the required scope, `issuer-unavailable` */
  authenticate(headers: CredentialHeaders): Promise<Principal>
  /** Whether there are keys of any issuer to verify tokens with; where there are none, asking starts a fetch. */
  ready(): boolean
  close(): void
}

interface Verified {
  readonly kind: 'principal'
  readonly principal: Principal
  readonly issuer: Issuer
}

type Outcome =
  | Verified
  | {
      readonly kind: 'refused'
      readonly credential: Credential
      readonly reason: RefusalReason
      readonly issuer: string | undefined
    }
  | { readonly kind: 'unavailable'; readonly error: GatewayError }

/**
 * Makes the check of callers for one audience. Nothing is fetched before the first token or `ready()`.
 * @throws Error when a setting would accept tokens that nobody signed, or two issuers cannot be told apart
 */
export function createIdentity(options: IdentityOptions, access: IssuerAccess): Identity {
  const { clock, fetchTimeoutMs: timeoutMs = FETCH_TIMEOUT_MS, onRefused = () => {} } = options
  const all = options.issuers.map((rules) => createIssuer(rules, access, { clock, timeoutMs }))
  const issuers = new Map(all.map((issuer) => [issuer.name, issuer]))
  if (issuers.size === 0 || issuers.size !== all.length) {
    throw new Error('issuers must be there and have different URLs')
  }
  const judge = new Judge(issuers, onRefused)
  return {
    authenticate: async (headers) => {
      const caller = await judge.caller(headers)
      const person = await judge.person(headers)
      return judge.together(caller, person)
    },
    // Each is asked, so that each fetches.
    ready: () => all.map((issuer) => issuer.ready()).includes(true),
    close: () => {
      for (const issuer of all) issuer.close()
    },
  }
}

class Judge {
  readonly #issuers: ReadonlyMap<string, Issuer>
  readonly #onRefused: NonNullable<IdentityOptions['onRefused']>

  constructor(
    issuers: ReadonlyMap<string, Issuer>,
    onRefused: NonNullable<IdentityOptions['onRefused']>,
  ) {
    this.#issuers = issuers
    this.#onRefused = onRefused
  }

  /** Clients send a token in either header or in both, and the other may hold something else: the valid one counts. */
  async caller(headers: CredentialHeaders): Promise<Verified> {
    const credentials = this.#credentials(headers)
    const outcomes = await Promise.all(credentials.map((credential) => this.#attempt(credential)))
    const verified = outcomes.filter((outcome) => outcome.kind === 'principal')
    const [first] = verified
    if (first === undefined) throw this.#refusal(outcomes)
    if (!verified.every(({ principal }) => isSame(principal, first.principal))) {
      throw this.#contradiction(
        'The tokens in Authorization and x-api-key belong to different principals: send one of them',
      )
    }
    this.#checkScope(first)
    return first
  }

  /** Whom the caller says it acts for: a person, shown by a token that holds like the caller's own. */
  async person(headers: CredentialHeaders): Promise<Principal | undefined> {
    const credential = personOf(headers)
    if (credential === undefined) return undefined
    const outcome = await this.#attempt(credential)
    if (outcome.kind !== 'principal') throw this.#refusal([outcome])
    const { principal, issuer } = outcome
    if (principal.kind === 'person') return principal
    const reason = 'not-a-person'
    throw this.#refusal([{ kind: 'refused', credential, reason, issuer: issuer.name }])
  }

  together({ principal }: Verified, person: Principal | undefined): Principal {
    if (person === undefined || principal.onBehalfOf === person.id) return principal
    if (principal.onBehalfOf === null) return { ...principal, onBehalfOf: person.id }
    throw this.#contradiction(
      'The token acts for another person than the one in x-phigate-on-behalf-of: send one of them',
    )
  }

  #credentials(headers: CredentialHeaders): readonly Credential[] {
    try {
      return credentialsOf(headers)
    } catch (thrown) {
      this.#onRefused('no-credential', undefined)
      throw thrown
    }
  }

  async #attempt(credential: Credential): Promise<Outcome> {
    let issuer: Issuer | undefined
    try {
      if (typeof credential.token !== 'string') throw credential.token
      issuer = this.#issuers.get(claimedIssuer(credential.token))
      if (issuer === undefined) throw new TokenRefusal('unknown-issuer')
      return { kind: 'principal', principal: await issuer.verify(credential.token), issuer }
    } catch (thrown) {
      if (thrown instanceof TokenRefusal) {
        return { kind: 'refused', credential, reason: thrown.reason, issuer: issuer?.name }
      }
      if (thrown instanceof GatewayError) return { kind: 'unavailable', error: thrown }
      throw thrown
    }
  }

  /** What nobody could verify just now might be good: that is no refusal. */
  #refusal(outcomes: readonly Outcome[]): GatewayError {
    for (const outcome of outcomes) if (outcome.kind === 'unavailable') return outcome.error
    const refused = outcomes.filter((outcome) => outcome.kind === 'refused')
    for (const { reason, issuer } of refused) this.#onRefused(reason, issuer)
    const reasons = refused.map(({ credential, reason }) => explain(credential.header, reason))
    return new GatewayError('unauthenticated', `Not authenticated: ${reasons.join('; ')}`)
  }

  #contradiction(message: string): GatewayError {
    this.#onRefused('contradiction', undefined)
    return new GatewayError('unauthenticated', message)
  }

  #checkScope({ principal, issuer }: Verified): void {
    const { requiredScope: scope } = issuer
    if (scope === undefined || principal.scopes.includes(scope)) return
    this.#onRefused('missing-scope', issuer.name)
    throw new GatewayError('forbidden', `the token has not the scope ${scope}`)
  }
}

/** Who it is and for whom: two tokens of one application for two people are two callers. */
function isSame(one: Principal, other: Principal): boolean {
  return one.id === other.id && one.onBehalfOf === other.onBehalfOf
}
