import { isRecord } from '../bundle.ts'

/** Values of variables by name. */
export type Variables = ReadonlyMap<string, unknown>

/**
 * The JSON value of a term as OPA writes it in traces: `{"type","value"}`, an object as a list of pairs. Undefined for
 * what has no value of its own: a variable that is not given, a reference, a call.
 */
export function valueOfTerm(term: unknown, variables: Variables = new Map()): unknown {
  if (!isRecord(term)) return undefined
  const { type, value } = term
  const valueOf = (member: unknown): unknown => valueOfTerm(member, variables)
  switch (type) {
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
      return value
    case 'var':
      return variables.get(String(value))
    case 'array':
    case 'set':
      return Array.isArray(value) ? value.map(valueOf) : undefined
    case 'object':
      return Array.isArray(value) ? objectOf(value, valueOf) : undefined
    default:
      return undefined
  }
}

function objectOf(
  pairs: readonly unknown[],
  valueOf: (term: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    pairs
      .filter((pair): pair is unknown[] => Array.isArray(pair))
      .map(([key, value]) => [String(valueOf(key)), valueOf(value)]),
  )
}
