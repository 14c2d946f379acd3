import { isRecord } from '../../bundle.ts'
import { locationOf, type Place } from '../violation.ts'

/** A term of Rego as `opa parse --format json` writes it. */
export interface Term {
  /** `string`, `number`, `boolean`, `null`, `var`, `ref`, `call`, `array`, `object`, `set`, and comprehensions. */
  readonly type: string
  readonly value: unknown
  readonly place: Place
}

/** A ref as the variable that it begins with and its steps; undefined for a step that is computed. */
export interface Ref {
  readonly root: string
  readonly steps: readonly (string | undefined)[]
}

export function termOf(node: unknown): Term | undefined {
  if (!isRecord(node) || typeof node['type'] !== 'string' || !('value' in node)) return undefined
  // OPA prints null as an empty object.
  const value = node['type'] === 'null' ? null : node['value']
  return { type: node['type'], value, place: locationOf(node['location']) }
}

export function termsOf(nodes: unknown): readonly Term[] {
  if (!Array.isArray(nodes)) return []
  return nodes.map(termOf).filter((term) => term !== undefined)
}

/** A variable alone counts as a ref without steps. */
export function refOf(term: Term): Ref | undefined {
  if (term.type === 'var') return { root: String(term.value), steps: [] }
  if (term.type !== 'ref') return undefined
  const [root, ...steps] = termsOf(term.value)
  if (root?.type !== 'var') return undefined
  return {
    root: String(root.value),
    steps: steps.map((step) => (step.type === 'string' ? String(step.value) : undefined)),
  }
}

/** The name of the function that a call names: `startswith`, `internal.member_2`, `_granted`. */
export function functionName(term: Term | undefined): string | undefined {
  const ref = term === undefined ? undefined : refOf(term)
  return ref === undefined ? undefined : [ref.root, ...ref.steps].join('.')
}

type Scalar = Term & { readonly type: 'string' | 'number' | 'boolean' | 'null' }

const SCALARS: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'null'])

export function isScalar(term: Term | undefined): term is Scalar {
  return term !== undefined && SCALARS.has(term.type)
}

/** The value of a term that is written out whole; undefined where any of it is computed. */
export function literal(term: Term | undefined): unknown {
  if (term === undefined) return undefined
  if (isScalar(term)) return term.value
  if (term.type === 'array' || term.type === 'set') {
    const members = termsOf(term.value).map(literal)
    return members.includes(undefined) ? undefined : members
  }
  if (term.type !== 'object') return undefined
  const members = membersOf(term).map(({ key, value }) => [key, literal(value)] as const)
  if (members.some(([key, value]) => key === undefined || value === undefined)) return undefined
  return Object.fromEntries(members)
}

/** Members of an object term; the key is undefined where it is computed. */
export function membersOf(
  term: Term,
): readonly { readonly key: string | undefined; readonly value: Term | undefined }[] {
  if (term.type !== 'object' || !Array.isArray(term.value)) return []
  return term.value.map((pair: unknown) => {
    const [key, value] = termsOf(pair)
    return { key: key?.type === 'string' ? String(key.value) : undefined, value }
  })
}
