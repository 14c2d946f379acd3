import type { Clock } from '../domain/index.ts'
import type { Refusal } from './error-response.ts'

/**
 * Verdicts that ended a stream. The Agent SDK then sends the same content again with `stream: false`, at once; it must
 * get the refusal and no second answer.
 */
export interface RecentRefusals {
  remember(session: string, reviewDigest: string, refusal: Refusal): void
  find(session: string, reviewDigest: string): Refusal | undefined
}

const KEEP_MS = 120_000
const MOST = 10_000

export function createRecentRefusals(clock: Clock): RecentRefusals {
  const refusals = new Map<string, { readonly until: number; readonly refusal: Refusal }>()
  return {
    remember(session, reviewDigest, refusal) {
      const oldest = refusals.keys().next()
      if (refusals.size >= MOST && oldest.done === false) refusals.delete(oldest.value)
      refusals.set(`${session} ${reviewDigest}`, { until: clock.now() + KEEP_MS, refusal })
    },
    find(session, reviewDigest) {
      const key = `${session} ${reviewDigest}`
      const found = refusals.get(key)
      if (found === undefined) return undefined
      if (found.until > clock.now()) return found.refusal
      refusals.delete(key)
      return undefined
    },
  }
}
