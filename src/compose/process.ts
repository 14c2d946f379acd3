/** What the process gives to all parts: time, a place for events, its version. */
import { readFileSync } from 'node:fs'
import type { Clock } from '../domain/index.ts'

export const clock: Clock = { now: () => Date.now() }

export const VERSION = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
).version

export type Labels = Readonly<Record<'id' | 'app' | 'version', string>>

/** One JSON line on stderr. Details are names, ids and counts. */
export function log(event: string, details: Readonly<Record<string, string | number>>): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...details })}\n`)
}
