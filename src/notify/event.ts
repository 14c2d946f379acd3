import {
  brokeGlass,
  latestChange,
  latestEscalation,
  plannedEscalations,
  type ReviewChange,
} from '../domain/index.ts'
import type { Review, WebhookEventType } from '../schema/index.ts'

/** One thing that happened, as it is sent: ids, states and codes, never a word of a payload or of a person. */
export interface WebhookEvent {
  /** The same for the same thing: a receiver that gets it twice knows. */
  readonly id: string
  readonly type: WebhookEventType
  /** The body, in the form that Standard Webhooks recommends: `type`, `timestamp`, `data`. */
  readonly body: string
}

/**
 * What the latest change to a review means to others; undefined for one approval of several. Reasons are codes of policy
 * alone: messages may be of any length, and what reviewers write may name anybody.
 */
export function eventOf(review: Review, url: URL): WebhookEvent | undefined {
  const change = latestChange(review)
  if (change === undefined) return undefined
  const type = TYPES[change]
  const escalation = latestEscalation(review)
  // A review may escalate more than once.
  const which = escalation === undefined ? '' : `_${escalation.version}`
  const { id, status, connection, scope, decisionId, grant } = review
  const data = {
    review: id,
    status: grant?.status === 'revoked' ? 'revoked' : status,
    connection,
    scope,
    // Nobody was asked first: somebody has to look at it now.
    ...(brokeGlass(review) ? { brokeGlass: true } : {}),
    decisionId,
    reasons: [...new Set(review.reasons.map(({ code }) => code))],
    groups: [...new Set([...review.needs, ...review.escalations].flatMap(({ groups }) => groups))],
    ...(escalation === undefined ? {} : { escalatedTo: escalation.groups }),
    ...stillToCome(review),
    expiresAt: new Date(review.expiresAt).toISOString(),
    url: url.href,
  }
  const body = JSON.stringify({
    type,
    timestamp: new Date(timeOf(change, review)).toISOString(),
    data,
  })
  return { id: `evt_${id.slice('rev_'.length)}_${type.replace('.', '_')}${which}`, type, body }
}

/** Who may answer as well later on, and when. */
function stillToCome(review: Review): object {
  const { status, escalatesAt } = review
  if (status !== 'pending' || escalatesAt === null) return {}
  const escalations = plannedEscalations(review)
    .filter(({ at }) => at >= escalatesAt)
    .map(({ at, groups }) => ({ at: new Date(at).toISOString(), groups }))
  return { escalations }
}

const TYPES = {
  created: 'review.created',
  escalated: 'review.escalated',
  settled: 'review.settled',
  revoked: 'grant.revoked',
} as const satisfies Record<ReviewChange, WebhookEventType>

function timeOf(change: ReviewChange, review: Review): number {
  const { approvals, createdAt, settledAt } = review
  if (change === 'revoked') return approvals.at(-1)?.at ?? createdAt
  if (change === 'escalated') return latestEscalation(review)?.at ?? createdAt
  return settledAt ?? createdAt
}
