/** Exchanges that did not wait: policy let the requester break the glass, and reviewers look at it afterwards. */
import { brokeGlass } from '../domain/index.ts'
import type { Review } from '../schema/index.ts'
import { openNeeds } from './needs.ts'

/** What every need says of itself: there is no time to ask. */
export function breaksGlass({ needs }: Pick<Review, 'needs'>): boolean {
  return needs.every(({ breakGlass }) => breakGlass === true)
}

/** Whether reviewers have still to look at it. */
export function awaitsReview(review: Review, now: number): boolean {
  if (!brokeGlass(review) || isUnjustified(review)) return false
  return openNeeds(review, now).some(({ missing }) => missing > 0)
}

/** Whether somebody who has looked at it afterwards says that the glass should not have been broken. */
export function isUnjustified(review: Review): boolean {
  return brokeGlass(review) && review.approvals.some(({ verdict }) => verdict === 'deny')
}
