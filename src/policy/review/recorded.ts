import { existsSync, readdirSync, statSync } from 'node:fs'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { SchemaError, validate, type Decision, type PolicyInput } from '../../schema/index.ts'
import { isRecord } from '../bundle.ts'
import { PolicyError } from '../policy-error.ts'

/** What an audit record says of one decision. */
export interface RecordedDecision {
  readonly kind: 'decision'
  readonly decisionId: string
  /** What gateway/decision saw. */
  readonly facts: PolicyInput
  /** What was decided then; undefined where the record does not say it. */
  readonly result: Decision | undefined
  /** Of the bundle that decided; undefined where the record does not say it. */
  readonly revision: string | undefined
}

/** A record that cannot be decided again, and why. */
export interface Undecidable {
  readonly kind: 'no-decision' | 'refused-before-facts' | 'facts-of-another-version' | 'torn'
}

/**
 * The records of an audit log, the oldest first, one at a time: memory does not grow with the log. A line that was cut
 * short stands at the end of a file only.
 * @param path a data directory, an audit directory or one file
 * @throws PolicyError that names file and line, never what stands there
 */
export async function* recordedDecisions(
  path: string,
): AsyncGenerator<RecordedDecision | Undecidable> {
  for (const file of logFiles(path)) {
    let number = 0
    let unread: number | undefined
    const input = createReadStream(file)
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number += 1
      if (unread !== undefined) throw new PolicyError(`${file}:${unread}: is no audit record`)
      const record = parse(line)
      if (record === undefined) unread = number
      else yield recordedDecision(record)
    }
    if (unread !== undefined) yield { kind: 'torn' }
  }
}

/** The file under way, the newest. Names of the parts that were closed before it sort by their age. */
const CURRENT = 'audit.ndjson'

/** The files of a log in order. What a folder holds beside `*.ndjson` is no part of it. */
function logFiles(path: string): readonly string[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw new PolicyError(`${path} does not exist`)
  if (!stat.isDirectory()) return [path]
  const inner = join(path, 'audit')
  const directory = existsSync(inner) ? inner : path
  const files = readdirSync(directory).filter((name) => name.endsWith('.ndjson'))
  if (files.length === 0) throw new PolicyError(`${path} holds no audit log`)
  const closed = files.filter((name) => name !== CURRENT).toSorted()
  const current = files.filter((name) => name === CURRENT)
  return [...closed, ...current].map((name) => join(directory, name))
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

function recordedDecision(record: Record<string, unknown>): RecordedDecision | Undecidable {
  const { decision_id: decisionId, path, input, result, bundles } = record
  if (typeof decisionId !== 'string' || path !== 'gateway/decision') return { kind: 'no-decision' }
  if (!isRecord(input)) return { kind: 'refused-before-facts' }
  const facts = valid('policy-input', input)
  if (facts === undefined) return { kind: 'facts-of-another-version' }
  return {
    kind: 'decision',
    decisionId,
    facts,
    result: valid('decision', result),
    revision: revisionOf(bundles),
  }
}

function valid<N extends 'policy-input' | 'decision'>(
  name: N,
  value: unknown,
): ReturnType<typeof validate<N>> | undefined {
  try {
    return validate(name, value)
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    return undefined
  }
}

function revisionOf(bundles: unknown): string | undefined {
  const [bundle] = isRecord(bundles) ? Object.values(bundles) : []
  const revision = isRecord(bundle) ? bundle['revision'] : undefined
  return typeof revision === 'string' ? revision : undefined
}
