import type { UnchainedRecord } from '../domain/index.ts'
import type { GrantUse, Review } from '../schema/index.ts'

/** The record of a change to a review. */
export function changedRecord(
  review: Review,
  labels: Readonly<Record<string, string>>,
): UnchainedRecord {
  const { by, detail } = latest(review)
  return {
    decision_id: review.decisionId,
    labels: { ...labels },
    requested_by: by,
    custom: {
      kind: 'review',
      review: review.id,
      reviewStatus: review.grant?.status === 'expired' ? 'grant-expired' : statusOf(review),
      principal: review.principal,
      connection: review.connection,
      session: review.session,
      reviewDigest: review.reviewDigest,
      ...(detail === '' ? {} : { detail: detail.slice(0, 500) }),
    },
  }
}

/** Who made the latest change, and what they said: time makes some as well. */
function latest({ status, grant, approvals, principal, requestReason }: Review): {
  readonly by: string
  readonly detail: string
} {
  const said = approvals.at(-1)
  if (status === 'expired' || grant?.status === 'expired') return { by: principal, detail: '' }
  return { by: said?.by ?? principal, detail: said?.reason ?? requestReason ?? '' }
}

/** The record of a use that was under way when phigate ended: nobody knows what became of it. */
export function lostUseRecord(
  { id, principal, connection, session, reviewDigest }: Review,
  { decisionId }: GrantUse,
  labels: Readonly<Record<string, string>>,
): UnchainedRecord {
  return {
    decision_id: decisionId,
    labels: { ...labels },
    requested_by: principal,
    custom: {
      kind: 'grant-use',
      connection,
      session,
      reviewDigest,
      review: id,
      use: 'outcome-unknown',
    },
  }
}

/** What a review and its grant have become, in one word. */
export function statusOf({ status, grant }: Review): string {
  return grant?.status === 'revoked' ? 'revoked' : status
}
