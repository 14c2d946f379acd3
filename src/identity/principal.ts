import type { Principal } from '../domain/index.ts'
import { claimAt, isObject, namesAt, wordsAt, type ClaimMapping } from './claims.ts'
import type { Claims } from './ports.ts'
import { TokenRefusal } from './refusal.ts'

/** How claims are read. */
export interface PrincipalRules {
  readonly claims: ClaimMapping
  /** Scopes that every token of the issuer has without stating them. */
  readonly grantScopes: readonly string[]
}

/**
 * Who the verified claims speak of. Where the token names an actor (`act`, RFC 8693), the actor is the principal and
 * the subject is who it acts for. Scopes and groups are the token's in either case.
 * @throws TokenRefusal `incomplete` when there is no subject, `bad-actor` when the actor is not one
 */
export function principalOf(claims: Claims, issuer: string, rules: PrincipalRules): Principal {
  const subject = claimAt(claims, 'sub')
  if (typeof subject !== 'string' || subject === '') throw new TokenRefusal('incomplete')
  const { claims: mapping, grantScopes } = rules
  const actor = actorOf(claims, issuer)
  const id = `${issuer}|${subject}`
  const purpose = mapping.purpose === undefined ? undefined : claimAt(claims, mapping.purpose)
  const scopes = wordsAt(claims, mapping.scopes ?? scopeClaims(claims))
  return {
    id: actor ?? id,
    // The claims tell of the subject: nothing shows that its actor is a person.
    kind: actor === undefined ? kindOf(claims, subject, mapping) : 'service_account',
    scopes: [...new Set([...scopes, ...grantScopes])],
    groups: namesAt(claims, mapping.groups ?? ['groups']),
    onBehalfOf: actor === undefined ? null : id,
    purpose: typeof purpose === 'string' && purpose !== '' ? purpose : null,
  }
}

/**
 * Who signed in, by the claims of their ID token. A browser that came back from the issuer's own sign-in is a person's,
 * unless the claims say otherwise. @throws TokenRefusal like `principalOf`
 */
export function signedInPrincipal(
  claims: Claims,
  issuer: string,
  mapping: ClaimMapping,
): Principal {
  const principal = principalOf(claims, issuer, { claims: mapping, grantScopes: [] })
  const says = mapping.kind !== undefined || claimAt(claims, 'phigate_kind') !== undefined
  return says || principal.onBehalfOf !== null ? principal : { ...principal, kind: 'person' }
}

function scopeClaims(claims: Claims): readonly string[] {
  return [claimAt(claims, 'scope') === undefined ? 'scp' : 'scope']
}

/**
 * The current actor is the outermost; actors inside it came before and count for nothing (RFC 8693, 4.1). An issuer
 * speaks for its own subjects alone.
 */
function actorOf(claims: Claims, issuer: string): string | undefined {
  const act = claimAt(claims, 'act')
  if (act === undefined) return undefined
  if (!isObject(act)) throw new TokenRefusal('bad-actor')
  const [subject, of] = [claimAt(act, 'sub'), claimAt(act, 'iss')]
  if (typeof subject !== 'string' || subject === '') throw new TokenRefusal('bad-actor')
  if (of !== undefined && of !== issuer) throw new TokenRefusal('bad-actor')
  return `${issuer}|${subject}`
}

/** Claims in which issuers name the client: RFC 9068, OpenID Connect, Okta, Entra's older tokens. */
const CLIENT_CLAIMS = ['client_id', 'azp', 'cid', 'appid']

/**
 * A person may approve what a service account may not, so a person has to be shown: by the configured claim, else by
 * `phigate_kind`, else by a client that acts for a subject other than itself. A token that names no client, or shows
 * that it was issued to an application, is a service account's.
 */
function kindOf(claims: Claims, subject: string, { kind }: ClaimMapping): Principal['kind'] {
  const { claim, person } = kind ?? { claim: 'phigate_kind', person: ['person'] }
  const stated = claimAt(claims, claim)
  if (kind !== undefined || stated !== undefined) {
    return typeof stated === 'string' && person.includes(stated) ? 'person' : 'service_account'
  }
  if (isApplication(claims, subject)) return 'service_account'
  const clients = CLIENT_CLAIMS.map((name) => claimAt(claims, name)).filter(
    (id) => id !== undefined,
  )
  return clients.length > 0 && !clients.includes(subject) ? 'person' : 'service_account'
}

/**
 * Auth0 says so in `gty`, Entra in `idtyp` or by a subject that is the object id (a person's is pairwise), Keycloak in
 * the name it gives the user of a client and by `client_id` beside `azp`, Kubernetes in the subject.
 */
function isApplication(claims: Claims, subject: string): boolean {
  const user = claimAt(claims, 'preferred_username')
  const party = claimAt(claims, 'azp')
  return (
    claimAt(claims, 'gty') === 'client-credentials' ||
    claimAt(claims, 'idtyp') === 'app' ||
    claimAt(claims, 'oid') === subject ||
    (typeof user === 'string' && user.startsWith('service-account-')) ||
    (party !== undefined && claimAt(claims, 'client_id') === party) ||
    subject.startsWith('system:serviceaccount:')
  )
}
