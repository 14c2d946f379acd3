import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Run } from '../build/run.ts'
import { isRecord } from '../bundle.ts'
import { PolicyError } from '../policy-error.ts'

export interface EvalTask {
  readonly opa: string
  readonly run: Run
  readonly scratch: string
  /** The rules and data. */
  readonly copy: string
  readonly query: string
  readonly input: unknown
  /** More options of `opa eval`. */
  readonly options?: readonly string[]
}

/** What `opa eval --format json` printed. */
export interface Evaluated {
  /** Undefined where the query has no value. */
  readonly value: unknown
  /** Events of the trace, where `--explain` was asked for. */
  readonly events: readonly unknown[]
}

/**
 * Runs `opa eval` on a copy of the sources.
 * @throws PolicyError where a rule cannot be evaluated
 */
export async function evalWithOpa(task: EvalTask): Promise<Evaluated> {
  const { opa, run, scratch, copy, query, input, options = [] } = task
  const inputFile = join(scratch, 'input.json')
  writeFileSync(inputFile, JSON.stringify(input))
  const args = ['eval', '--format', 'json', ...options, '--data', '.', '--input', inputFile, query]
  const { code, stdout, stderr } = await run(opa, args, { cwd: copy })
  const report = parse(stdout)
  if (code !== 0 || report === undefined) {
    throw new PolicyError(`opa eval failed: ${errorOf(report) ?? stderr.trim()}`)
  }
  return { value: valueOf(report['result']), events: listOf(report['explanation']) }
}

function parse(stdout: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(stdout)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function errorOf(report: Record<string, unknown> | undefined): string | undefined {
  const messages = listOf(report?.['errors'])
    .filter(isRecord)
    .map((error) => error['message'])
  return messages.length === 0 ? undefined : messages.map(String).join('; ')
}

/** `{"result":[{"expressions":[{"value":...}]}]}` */
function valueOf(result: unknown): unknown {
  const [first] = listOf(result)
  const [expression] = listOf(isRecord(first) ? first['expressions'] : undefined)
  return isRecord(expression) ? expression['value'] : undefined
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
