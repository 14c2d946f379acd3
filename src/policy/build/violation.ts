import { isRecord } from '../bundle.ts'

/** One thing that is wrong in a policy directory. */
export interface Violation {
  /** Relative to the policy directory. */
  readonly file: string
  readonly row: number
  readonly col: number
  readonly message: string
}

export function printViolation({ file, row, col, message }: Violation): string {
  return `${file}:${row}:${col}: ${message}`
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
    return { ...at, message: `${String(error['code'])}: ${String(error['message'])}` }
  })
}

/** A location as OPA writes it in JSON. */
export function locationOf(location: unknown): Omit<Violation, 'message'> {
  const { file, row, col } = isRecord(location) ? location : {}
  return {
    file: typeof file === 'string' ? file : '.',
    row: typeof row === 'number' ? row : 1,
    col: typeof col === 'number' ? col : 1,
  }
}
