import type { Review } from '../schema/index.ts'

/** What happened to a review, as others want to hear of it. */
export type ReviewChange = 'created' | 'escalated' | 'settled' | 'revoked'

/** The latest of them; undefined for one approval of several, and for what comes after the end. */
export function latestChange(review: Review): ReviewChange | undefined {
  const { status, grant, approvals, settledAt } = review
  if (grant?.status === 'revoked') return 'revoked'
  // Somebody looked at it afterwards, or the grant ran out.
  const isLater = settledAt !== null && (approvals.at(-1)?.at ?? 0) > settledAt
  if (grant?.status === 'expired' || isLater) return undefined
  if (status !== 'pending') return 'settled'
  if (latestEscalation(review) !== undefined) return 'escalated'
  return approvals.length === 0 ? 'created' : undefined
}

type Escalation = Review['escalations'][number]

/** The one that made this version. */
export function latestEscalation({ escalations, version }: Review): Escalation | undefined {
  const latest = escalations.at(-1)
  return latest?.version === version ? latest : undefined
}

/** Which groups may answer as well, and from when on, as policy said. Times in milliseconds since the epoch. */
export function plannedEscalations({
  needs,
  createdAt,
}: Pick<Review, 'needs' | 'createdAt'>): readonly Pick<Escalation, 'at' | 'groups'>[] {
  return needs.flatMap(({ escalate }) =>
    escalate === undefined
      ? []
      : [{ at: createdAt + escalate.afterSeconds * 1000, groups: escalate.groups }],
  )
}

/** Whether it went on without an answer: policy let the requester break the glass. */
export function brokeGlass({ approvals }: Review): boolean {
  return approvals.some(({ verdict }) => verdict === 'break-glass')
}
