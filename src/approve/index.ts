export {
  openApprovals,
  type Approvals,
  type ApprovalsOptions,
  type Claim,
  type UseOutcome,
} from './approvals.ts'
export type { Asked } from './coverage.ts'
export { entitled, openNeeds, type OpenNeed } from './needs.ts'
export { statusOf } from './records.ts'
export { awaitsReview, lacksReason, type Voter } from './review.ts'
export type { SealKey } from './seal.ts'
