import { isRecord } from '../bundle.ts'

/**
 * The JSON value of a term as OPA writes it in traces: `{"type","value"}`, an object as a list of pairs. Undefined for
 * what has no value of its own: a variable, a reference, a call.
 */
export function valueOfTerm(term: unknown): unknown {
  if (!isRecord(term)) return undefined
  const { type, value } = term
  switch (type) {
    case 'null':
    case 'boolean':
    case 'number':
    case 'string':
      return value
    case 'array':
    case 'set':
      return Array.isArray(value) ? value.map(valueOfTerm) : undefined
    case 'object':
      return Array.isArray(value) ? objectOf(value) : undefined
    default:
      return undefined
  }
}

function objectOf(pairs: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs
      .filter((pair): pair is unknown[] => Array.isArray(pair))
      .map(([key, value]) => [String(valueOfTerm(key)), valueOfTerm(value)]),
  )
}
