import { brokeGlass, type UnchainedRecord } from '../domain/index.ts'
import type { GrantUse, Review, Vote } from '../schema/index.ts'

/**
 * The record of a change to a review.
 * @param version that the change made; uses of the grant may have made later ones
 */
export function changedRecord(
  review: Review,
  version: number,
  labels: Readonly<Record<string, string>>,
): UnchainedRecord {
  const said = review.approvals.find((vote) => vote.version === version)
  const escalation = review.escalations.find((one) => one.version === version)
  // Who asked is named where nobody else did it: what was asked, and what time has ended.
  const detail =
    said?.reason ??
    escalation?.groups.join(', ') ??
    (version === 1 ? review.requestReason : null) ??
    ''
  return {
    decision_id: review.decisionId,
    labels: { ...labels },
    requested_by: said?.by ?? review.principal,
    custom: {
      kind: 'review',
      review: review.id,
      reviewStatus: escalation === undefined ? becameOf(review, said) : 'escalated',
      principal: review.principal,
      connection: review.connection,
      session: review.session,
      reviewDigest: review.reviewDigest,
      ...(detail === '' ? {} : { detail: detail.slice(0, 500) }),
    },
  }
}

function becameOf(review: Review, said: Vote | undefined): string {
  if (said === undefined && review.grant?.status === 'expired') return 'grant-expired'
  if (brokeGlass(review) && said?.verdict === 'approve') return 'justified'
  if (brokeGlass(review) && said?.verdict === 'deny') return 'unjustified'
  return statusOf(review)
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
