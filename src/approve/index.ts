export { openApprovals, type Approvals, type UseOutcome } from './approvals.ts'
export type { ApprovalsOptions } from './approvals-options.ts'
export type { SideCall } from './beside.ts'
export type { Claim } from './claims.ts'
export { hoursOf, type Asked } from './coverage.ts'
export { entitled, openNeeds, type OpenNeed } from './needs.ts'
export { statusOf } from './records.ts'
export {
  awaitsReview,
  isLost,
  isUnjustified,
  lacksReason,
  type Answer,
  type Voter,
} from './review.ts'
export type { SealKey } from './seal.ts'
