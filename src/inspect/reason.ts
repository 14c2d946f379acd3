import { NOTHING_KNOWN, type Roster } from '../detect/index.ts'
import type { Profile } from '../schema/index.ts'
import { findSpans } from './unit.ts'

/** What the schema of a review takes. */
const LONGEST = 1000

/**
 * A requester's reason as it may be stored and shown: what is found in it stands there as its type alone. Nobody has to
 * restore it.
 */
export function maskedReason(reason: string, profile: Profile, roster?: Roster): string {
  const segment = { path: '', role: 'user', place: 'text', text: reason, keys: [] } as const
  const spans = findSpans([segment], NOTHING_KNOWN, profile, roster)
  const masked = spans.reduceRight(
    (text, { start, end, type }) => `${text.slice(0, start)}[${type}]${text.slice(end)}`,
    reason,
  )
  return masked.slice(0, LONGEST)
}
