import type { Finding, Segment } from '../domain/index.ts'
import type { EntityType, FieldRule } from '../schema/index.ts'

interface Step {
  readonly key: string
  /** Written `..key`: any number of keys may come before it. */
  readonly deep: boolean
}

interface Field {
  readonly steps: readonly Step[]
  readonly type: EntityType
}

const PATH = /^\$(?:\.\.?[A-Za-z_][A-Za-z0-9_-]*)+$/

/**
 * Reads field rules once, before the segments.
 * @throws Error when a path does not fit the grammar: a rule that cannot match must not be taken for one that holds
 */
export function fieldsOf(rules: readonly FieldRule[]): readonly Field[] {
  return rules.map((rule) => {
    if (!PATH.test(rule.path)) throw new Error('a field rule has a path that cannot be read')
    const steps = [...rule.path.matchAll(/(\.\.?)([^.]+)/g)].map((match) => ({
      key: match[2] ?? '',
      deep: match[1] === '..',
    }))
    return { steps, type: rule.type }
  })
}

/** The whole scalar is a finding where a configured field holds it. */
export function findField(
  segment: Segment,
  index: number,
  fields: readonly Field[],
): Finding | undefined {
  if (segment.place !== 'text' && segment.place !== 'number') return undefined
  const field = fields.find((one) => matches(one.steps, segment.keys))
  if (field === undefined || segment.text.trim() === '') return undefined
  const whole = { segment: index, start: 0, end: segment.text.length }
  return { ...whole, type: field.type, score: 1, recognizer: 'field', basis: 'field' }
}

/** Whether the steps lead to the last key. Only a step written with two dots may skip keys. */
function matches(steps: readonly Step[], keys: readonly string[]): boolean {
  // reached[n]: the steps so far can end just before key n.
  let reached = new Set([0])
  for (const step of steps) {
    const next = new Set<number>()
    for (const from of reached) {
      const last = step.deep ? keys.length - 1 : from
      for (let at = from; at <= last; at += 1) if (keys[at] === step.key) next.add(at + 1)
    }
    reached = next
  }
  return reached.has(keys.length)
}
