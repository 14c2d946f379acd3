import { GatewayError } from '../domain/index.ts'
import type { Review } from '../schema/index.ts'

/** When the first need that escalates after a time does so; null where none will before nobody may answer any more. */
export function nextEscalation(
  { needs, createdAt, expiresAt }: Pick<Review, 'needs' | 'createdAt' | 'expiresAt'>,
  after: number,
): number | null {
  const times = needs.flatMap(({ escalate }) =>
    escalate === undefined ? [] : [createdAt + escalate.afterSeconds * 1000],
  )
  const later = times.filter((at) => at > after && at < expiresAt)
  return later.length === 0 ? null : Math.min(...later)
}

/**
 * Notes that further groups may answer. They may from the time on that policy says, whether it was noted or not: this is
 * for those who want to hear of it.
 * @throws GatewayError `conflict` when nothing is pending, or the time has not come
 */
export function askFurther(review: Review, now: number): Review {
  const { status, needs, createdAt, expiresAt, escalatesAt } = review
  if (status !== 'pending' || escalatesAt === null || escalatesAt > now || expiresAt <= now) {
    throw new GatewayError('conflict', 'The review does not escalate now')
  }
  const groups = needs.flatMap(({ escalate: later }) => {
    const at = createdAt + (later?.afterSeconds ?? 0) * 1000
    return later !== undefined && at >= escalatesAt && at <= now ? later.groups : []
  })
  const version = review.version + 1
  const came = { at: now, groups: [...new Set(groups)], version }
  return {
    ...review,
    version,
    escalatesAt: nextEscalation(review, now),
    escalations: [...review.escalations, came],
  }
}
