/** What time makes of a review: it asks further groups, it expires, or its grant does. */
import { GatewayError, plannedEscalations } from '../domain/index.ts'
import type { Review } from '../schema/index.ts'

/** When the first need that escalates after a time does so; null where none will before nobody may answer any more. */
export function nextEscalation(
  review: Pick<Review, 'needs' | 'createdAt' | 'expiresAt'>,
  after: number,
): number | null {
  const times = plannedEscalations(review).map(({ at }) => at)
  const later = times.filter((at) => at > after && at < review.expiresAt)
  return later.length === 0 ? null : Math.min(...later)
}

/** @throws GatewayError `conflict` when the time has not come */
export function fallDue(review: Review, now: number): Review {
  const { grant, status, expiresAt } = review
  if (status === 'pending' && expiresAt > now) return askFurther(review, now)
  const version = review.version + 1
  if (status === 'pending') return { ...review, version, status: 'expired', settledAt: now }
  if (grant?.status !== 'active' || grant.until > now) throw notDue()
  return { ...review, version, grant: { ...grant, status: 'expired' } }
}

/** They may answer from the time on that policy says, whether it is noted or not: this is for those who want to hear of it. */
function askFurther(review: Review, now: number): Review {
  const { escalatesAt } = review
  if (escalatesAt === null || escalatesAt > now) throw notDue()
  const groups = plannedEscalations(review)
    .filter(({ at }) => at >= escalatesAt && at <= now)
    .flatMap((planned) => planned.groups)
  const version = review.version + 1
  const came = { at: now, groups: [...new Set(groups)], version }
  return {
    ...review,
    version,
    escalatesAt: nextEscalation(review, now),
    escalations: [...review.escalations, came],
  }
}

function notDue(): GatewayError {
  return new GatewayError('conflict', 'Time changes nothing of the review now')
}
