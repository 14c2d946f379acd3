import type { Principal } from '../domain/index.ts'
import type { Claims } from './ports.ts'
import { TokenRefusal } from './refusal.ts'

/**
 * Who the verified claims speak of.
 * @throws TokenRefusal `incomplete` when there is no subject
 */
export function principalOf(claims: Claims, issuer: string, groupsClaim: string): Principal {
  const subject = claim(claims, 'sub')
  if (typeof subject !== 'string' || subject === '') throw new TokenRefusal('incomplete')
  const scope = claim(claims, 'scope')
  return {
    id: `${issuer}|${subject}`,
    kind: kindOf(claims, subject),
    scopes: words(scope === undefined ? claim(claims, 'scp') : scope),
    groups: names(claim(claims, groupsClaim)),
    onBehalfOf: null,
    purpose: null,
  }
}

/**
 * A person may approve what a service account may not, so a person has to be shown: by `phigate_kind`, or by a client
 * that acts for a subject other than itself. A token that names no client, or says that it was issued to an
 * application (`gty` of Auth0, `idtyp` of Entra), is a service account's.
 */
function kindOf(claims: Claims, subject: string): Principal['kind'] {
  const stated = claim(claims, 'phigate_kind')
  if (stated !== undefined) return stated === 'person' ? 'person' : 'service_account'
  if (claim(claims, 'gty') === 'client-credentials' || claim(claims, 'idtyp') === 'app') {
    return 'service_account'
  }
  const clients = [claim(claims, 'client_id'), claim(claims, 'azp')].filter(
    (id) => id !== undefined,
  )
  return clients.length > 0 && !clients.includes(subject) ? 'person' : 'service_account'
}

/** A claim's name may come from configuration: only own properties count. */
function claim(claims: Claims, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined
}

function words(value: unknown): readonly string[] {
  return typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : names(value)
}

/** A list that is not one grants nothing. */
function names(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (!Array.isArray(value)) return []
  return value.filter((name): name is string => typeof name === 'string' && name !== '')
}
