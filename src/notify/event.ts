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
  const happened = typeOf(review)
  if (happened === undefined) return undefined
  const [type, at] = happened
  const escalation = latestEscalation(review)
  // A review may escalate more than once.
  const which = escalation === undefined ? '' : `_${escalation.version}`
  const { id, status, connection, scope, decisionId, grant } = review
  const brokeGlass = review.approvals.some(({ verdict }) => verdict === 'break-glass')
  const data = {
    review: id,
    status: grant?.status === 'revoked' ? 'revoked' : status,
    connection,
    scope,
    // Nobody was asked first: somebody has to look at it now.
    ...(brokeGlass ? { brokeGlass } : {}),
    decisionId,
    reasons: [...new Set(review.reasons.map(({ code }) => code))],
    groups: [...new Set([...review.needs, ...review.escalations].flatMap(({ groups }) => groups))],
    ...(escalation === undefined ? {} : { escalatedTo: escalation.groups }),
    ...stillToCome(review),
    expiresAt: new Date(review.expiresAt).toISOString(),
    url: url.href,
  }
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
  return { id: `evt_${id.slice('rev_'.length)}_${type.replace('.', '_')}${which}`, type, body }
}

/** Who may answer as well later on, and when. */
function stillToCome({ status, needs, createdAt, escalatesAt }: Review): object {
  if (status !== 'pending' || escalatesAt === null) return {}
  const all = needs.flatMap(({ escalate }) => escalate ?? [])
  const escalations = all
    .map(({ afterSeconds, groups }) => ({ at: createdAt + afterSeconds * 1000, groups }))
    .filter(({ at }) => at >= escalatesAt)
    .map(({ at, groups }) => ({ at: new Date(at).toISOString(), groups }))
  return { escalations }
}

/** The one that made this version. */
function latestEscalation({
  escalations,
  version,
}: Review): Review['escalations'][number] | undefined {
  const latest = escalations.at(-1)
  return latest?.version === version ? latest : undefined
}

function typeOf(review: Review): readonly [WebhookEventType, number] | undefined {
  const { status, grant, approvals, createdAt, settledAt } = review
  if (grant?.status === 'revoked') return ['grant.revoked', approvals.at(-1)?.at ?? createdAt]
  // What comes after the first answer: somebody looked at it afterwards, or the grant ran out.
  if (grant !== null && isLater(review)) return undefined
  if (status !== 'pending') return ['review.settled', settledAt ?? createdAt]
  const escalation = latestEscalation(review)
  if (escalation !== undefined) return ['review.escalated', escalation.at]
  return approvals.length === 0 ? ['review.created', createdAt] : undefined
}

function isLater({ grant, approvals, settledAt }: Review): boolean {
  return (
    grant?.status === 'expired' || (settledAt !== null && (approvals.at(-1)?.at ?? 0) > settledAt)
  )
}
