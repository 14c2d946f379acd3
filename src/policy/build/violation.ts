import { isRecord } from '../bundle.ts'

/** Where something stands: relative to the policy directory, counted from 1. */
export interface Place {
  readonly file: string
  readonly row: number
  readonly col: number
}

/** One thing that is wrong in a policy directory. */
export interface Violation extends Place {
  readonly message: string
  /** What to write instead. */
  readonly fix?: string
}

export function printViolation({ file, row, col, message, fix }: Violation): string {
  const advice = fix === undefined ? '' : ` (fix: ${fix})`
  return `${file}:${row}:${col}: ${message}${advice}`
}

/** Reads the errors that OPA prints with `--format json`, undefined where that is not what it printed. */
export function parseOpaErrors(stderr: string): readonly Violation[] | undefined {
  let report: unknown
  try {
    report = JSON.parse(stderr)
  } catch {
    return undefined
  }
  if (!isRecord(report) || !Array.isArray(report['errors'])) return undefined
  return report['errors'].filter(isRecord).map((error) => {
    const at = locationOf(error['location'])
    const message = `${String(error['code'])}: ${String(error['message'])}`
    const fix = FIXES.find(([words]) => words.test(message))?.[1]
    return fix === undefined ? { ...at, message } : { ...at, message, fix }
  })
}

const FIXES: readonly (readonly [RegExp, string])[] = [
  [/undefined function time\./, 'compare with input.now, which is RFC 3339 in UTC'],
  [/undefined function sprintf/, 'write a template string: $"{count} of {name}"'],
  [/undefined function/, 'use a builtin of capabilities.json: the others need the host'],
  [
    /undefined ref: input\./,
    'the fields are those of schemas/policy-input.schema.json, for a profile of schemas/profile-input.schema.json',
  ],
  [/match error/, 'compare values of the same type'],
  [/conflicting rules/, 'give one name one form: a set, a value or a function'],
  [/rego_unsafe_var_error/, 'give the variable a value, or import what it names'],
  [/unused/, 'use it or take it away'],
  [/rego_parse_error/, 'write it as Rego v1: `NAME if { ... }`, `NAME contains X if { ... }`'],
  [/^rego_/, 'see https://www.openpolicyagent.org/docs/policy-language'],
]

/** A location as OPA writes it in JSON. */
export function locationOf(location: unknown): Place {
  const { file, row, col } = isRecord(location) ? location : {}
  return {
    file: typeof file === 'string' ? file : '.',
    row: typeof row === 'number' ? row : 1,
    col: typeof col === 'number' ? col : 1,
  }
}
