import { isRecord } from '../../bundle.ts'

/** What a schema without references says of a fact: a list, because one of several may hold (`anyOf`). */
export type FactType = readonly Record<string, unknown>[]

export function factType(schema: unknown): FactType {
  if (!isRecord(schema)) return []
  return Array.isArray(schema['anyOf']) ? schema['anyOf'].flatMap(factType) : [schema]
}

/**
 * The type one step further. A computed step leads to the members of a list or of an object without fixed keys.
 * @returns undefined where nothing is known, an empty list where there is no such member
 */
export function stepInto(type: FactType, step: string | undefined): FactType | undefined {
  const found: FactType[] = []
  for (const one of type) {
    const next = memberOf(one, step)
    if (next === undefined) return undefined
    found.push(next)
  }
  return found.flat()
}

function memberOf(one: Record<string, unknown>, step: string | undefined): FactType | undefined {
  if (one['type'] === 'array') return factType(one['items'])
  if (one['type'] !== 'object') return []
  const { properties, additionalProperties } = one
  if (step === undefined) {
    return isRecord(properties) ? undefined : factType(additionalProperties)
  }
  if (isRecord(properties) && Object.hasOwn(properties, step)) return factType(properties[step])
  if (additionalProperties === false) return []
  return isRecord(additionalProperties) ? factType(additionalProperties) : undefined
}

/** Whether the schema promises the member: the host refuses facts without it. */
export function isPromised(type: FactType, step: string | undefined): boolean {
  return type.every((one) => {
    if (one['type'] === 'array') return true
    return step !== undefined && Array.isArray(one['required']) && one['required'].includes(step)
  })
}

/** Why no fact of this type equals the value; undefined where one may. */
export function whyNever(type: FactType | undefined, value: unknown): string | undefined {
  if (type === undefined || type.length === 0) return undefined
  const reasons = type.map((one) => whyNot(one, value))
  return reasons.includes(undefined) ? undefined : reasons.join(', or ')
}

function whyNot(one: Record<string, unknown>, value: unknown): string | undefined {
  const { enum: values, pattern, type, minimum, maximum } = one
  if (typeof type === 'string' && !isOf(type, value)) return `it is a value of type ${type}`
  if (Array.isArray(values)) {
    return values.includes(value) ? undefined : `it is one of ${values.map(String).join(', ')}`
  }
  if (typeof pattern === 'string' && typeof value === 'string') {
    return new RegExp(pattern, 'u').test(value) ? undefined : `it has the form ${pattern}`
  }
  if (typeof value === 'number' && typeof minimum === 'number' && value < minimum) {
    return `it is at least ${minimum}`
  }
  if (typeof value === 'number' && typeof maximum === 'number' && value > maximum) {
    return `it is at most ${maximum}`
  }
  return undefined
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'integer') return typeof value === 'number'
  return type === (value === null ? 'null' : typeof value)
}
