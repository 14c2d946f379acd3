import type { Claims } from './ports.ts'
import { TokenRefusal } from './refusal.ts'

/** Where an issuer puts what phigate wants to know. Names are paths: `realm_access.roles`. */
export interface ClaimMapping {
  /** All that are there count; `scope`, else `scp`, when not given. */
  readonly scopes?: readonly string[] | undefined
  /** All that are there count; `groups` when not given. */
  readonly groups?: readonly string[] | undefined
  /** No claim states a purpose when not given. */
  readonly purpose?: string | undefined
  /** Values of a claim that mean a person; everything else is a service account. */
  readonly kind?: { readonly claim: string; readonly person: readonly string[] } | undefined
}

/** What a claim must be for a token to be taken, by path. A list has to hold the value. */
export type RequiredClaims = Readonly<Record<string, string | number | boolean>>

/**
 * The claim at a path. A claim whose name holds dots (`https://example.org/roles`, `kubernetes.io`) is taken before a
 * claim inside another. Paths come from configuration and tokens from afar: only own properties count.
 */
export function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const name = path.slice(0, dot)
    const inner = Object.hasOwn(claims, name) ? claims[name] : undefined
    if (isObject(inner)) return claimAt(inner, path.slice(dot + 1))
  }
  return undefined
}

/** The names in the claims at the paths, each once. */
export function namesAt(claims: Claims, paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => names(claimAt(claims, path))))]
}

/** The words in the claims at the paths, each once. */
export function wordsAt(claims: Claims, paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => words(claimAt(claims, path))))]
}

/** @throws TokenRefusal `claim-required` when one of the claims is not what it must be */
export function checkRequired(claims: Claims, required: RequiredClaims): void {
  for (const [path, value] of Object.entries(required)) {
    const found = claimAt(claims, path)
    const holds = Array.isArray(found) ? found.includes(value) : found === value
    if (!holds) throw new TokenRefusal('claim-required')
  }
}

export function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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
