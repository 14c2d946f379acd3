import type { UnchainedRecord } from '../domain/index.ts'
import type { Review } from '../schema/index.ts'

/** The record of a change to a review. */
export function changedRecord(
  review: Review,
  by: string,
  detail: string,
  labels: Readonly<Record<string, string>>,
): UnchainedRecord {
  return {
    decision_id: review.decisionId,
    labels: { ...labels },
    requested_by: by,
    custom: {
      kind: 'review',
      review: review.id,
      reviewStatus: statusOf(review),
      principal: review.principal,
      connection: review.connection,
      session: review.session,
      reviewDigest: review.reviewDigest,
      ...(detail === '' ? {} : { detail: detail.slice(0, 500) }),
    },
  }
}

/** What a review and its grant have become, in one word. */
export function statusOf({ status, grant }: Review): string {
  return grant !== null && grant.status !== 'active' ? grant.status : status
}
