import { readFileSync } from 'node:fs'
import { PolicyError } from '../policy-error.ts'
import type { Change } from './tally.ts'

/**
 * Reads a list of accepted changes: one name of a change a line, as `policy diff` prints it; empty lines and lines
 * that begin with # say nothing.
 * @throws PolicyError
 */
export function readAccepted(file: string): ReadonlySet<string> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new PolicyError(`${file} cannot be read`, error)
  }
  const lines = text.split('\n').map((line) => line.trim())
  return new Set(lines.filter((line) => line !== '' && !line.startsWith('#')))
}

export interface Judged {
  readonly accepted: readonly Change[]
  readonly open: readonly Change[]
  /** Accepted, but it does not happen: a line that nobody needs any more. */
  readonly unused: readonly string[]
}

export function judge(changes: readonly Change[], accepted: ReadonlySet<string>): Judged {
  const names = new Set(changes.map(({ change }) => change))
  return {
    accepted: changes.filter(({ change }) => accepted.has(change)),
    open: changes.filter(({ change }) => !accepted.has(change)),
    unused: [...accepted].filter((name) => !names.has(name)),
  }
}
