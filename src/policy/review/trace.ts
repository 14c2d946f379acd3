import { isRecord } from '../bundle.ts'
import { valueOfTerm } from './rego-terms.ts'

/** A rule that held for the input, and what it gave. */
export interface FiredRule {
  /** Relative to the policy directory. */
  readonly file: string
  /** Where the rule begins, behind its METADATA. */
  readonly row: number
  /** `deny`, `profile`. */
  readonly rule: string
  /** The member that it put into a set; undefined for a rule that makes no set. */
  readonly member: unknown
}

/**
 * Reads from a full trace of OPA which rules held: the events with which a rule's body was left successfully. A rule
 * that puts several members into a set is there once for each.
 */
export function firedRules(events: readonly unknown[]): readonly FiredRule[] {
  return events.flatMap((event) => {
    if (!isRecord(event) || event['Op'] !== 'Exit') return []
    const head = isRecord(event['Node']) ? event['Node']['head'] : undefined
    const { file, row } = isRecord(event['Location']) ? event['Location'] : {}
    if (!isRecord(head) || typeof file !== 'string' || typeof row !== 'number') return []
    return [{ file, row, rule: nameOf(head), member: memberOf(head['key'], event['Locals']) }]
  })
}

function nameOf(head: Record<string, unknown>): string {
  const [first] = Array.isArray(head['ref']) ? (head['ref'] as readonly unknown[]) : []
  const name = isRecord(first) ? first['value'] : head['name']
  return typeof name === 'string' ? name : ''
}

/** The compiler gives what is not constant in a member a variable, whose value the event tells. */
function memberOf(key: unknown, locals: unknown): unknown {
  const variables = new Map<string, unknown>()
  for (const local of Array.isArray(locals) ? locals.filter(isRecord) : []) {
    variables.set(String(local['name']), valueOfTerm(local))
  }
  return valueOfTerm(key, variables)
}
