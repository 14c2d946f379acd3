import { awaitsReview, isLost, isUnjustified, statusOf } from '../../approve/index.ts'
import type { Review } from '../../schema/index.ts'

const ENDED: Readonly<Record<string, string>> = {
  denied: 'Denied',
  expired: 'Expired: nobody answered in time',
  cancelled: 'Cancelled',
  revoked: 'Approved, then revoked',
}

/** How a review stands, for people. @param now milliseconds since the epoch */
export function statusText(review: Review, now: number): string {
  const { status, grant, scope, expiresAt } = review
  if (status === 'pending' && expiresAt > now) return 'Waiting for an answer'
  if (status === 'pending') return ENDED['expired'] ?? ''
  if (isUnjustified(review)) return 'Went on without an answer; it was not justified'
  const ended = ENDED[statusOf(review)]
  if (ended !== undefined || grant === null) return ended ?? status
  if (awaitsReview(review, now)) {
    return 'Went on without an answer (the glass was broken): to be looked at now'
  }
  if (isLost(review)) return 'Approved; nobody knows whether it reached Claude'
  const over = grant.status === 'expired' || grant.until <= now
  const { used } = grant
  if (scope === 'exchange' && used > 0) return 'Approved, and used'
  if (used === 0) return over ? 'Approved, never used in time' : 'Approved, not used yet'
  return `Approved; used ${used === 1 ? 'once' : `${used} times`}${over ? ', over now' : ''}`
}
