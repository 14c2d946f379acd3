/** Which exchanges a review speaks for: those that its grant lets pass, and those that wait for the same answer. */
import { isWithinWindow } from '../domain/index.ts'
import type { ApprovalObligation, Review } from '../schema/index.ts'

type Job = NonNullable<ApprovalObligation['job']>

export type Grant = NonNullable<Review['grant']>

/** What is asked, as the exchange that asks knows it. */
export type Asked = Pick<
  Review,
  | 'principal'
  | 'onBehalfOf'
  | 'purpose'
  | 'connection'
  | 'session'
  | 'operation'
  | 'model'
  | 'reviewDigest'
  | 'anchor'
  | 'frame'
  | 'reasons'
  | 'signals'
  | 'totals'
  | 'patients'
  | 'policyRevision'
  | 'decisionId'
  | 'requestReason'
> & { readonly needs: readonly ApprovalObligation[] }

/**
 * Whether the grant lets an exchange pass that needs an approval.
 * @param beside whether it is known to stand beside the conversation that was approved
 */
export function covers(review: Review, asked: Asked, now: number, beside = false): boolean {
  const { grant } = review
  if (grant === null || grant.status !== 'active' || grant.until <= now) return false
  if (!sameCaller(review, asked) || !withinNeeds(review, asked)) return false
  switch (review.scope) {
    case 'exchange':
      return grant.used === 0 && review.reviewDigest === asked.reviewDigest
    case 'session':
      return beside || sameQuestion(review, asked)
    case 'job':
      return withinJob(review, grant, asked) && withinHours(review, now)
    default:
      return false
  }
}

/** Whether an exchange waits for the same answer as the review: an approval of it would let the exchange pass. */
export function waitsFor(review: Review, asked: Asked): boolean {
  if (!sameCaller(review, asked) || !withinNeeds(review, asked)) return false
  return review.scope === 'session'
    ? sameQuestion(review, asked)
    : review.reviewDigest === asked.reviewDigest
}

/** Whether a denial is one of the exchange as well: of the same content in whatever session. */
export function isDeniedWith(review: Review, asked: Asked): boolean {
  if (!sameCaller(review, asked) || !withinNeeds(review, asked)) return false
  if (review.reviewDigest === asked.reviewDigest) return true
  return review.scope === 'session' && sameQuestion(review, asked)
}

export function sameCaller(review: Review, asked: Asked): boolean {
  const { principal, onBehalfOf, purpose, connection } = review
  return (
    principal === asked.principal &&
    onBehalfOf === asked.onBehalfOf &&
    purpose === asked.purpose &&
    connection === asked.connection
  )
}

/** A new bundle decides anew: the approval holds as long as nothing is needed that was not given. */
export function withinNeeds(review: Review, asked: Asked): boolean {
  const given = new Set(review.needs.map((need) => JSON.stringify(need)))
  const codes = new Set(review.reasons.map(({ code }) => code))
  return (
    asked.needs.every((need) => given.has(JSON.stringify(need))) &&
    asked.reasons.every(({ code }) => codes.has(code))
  )
}

/**
 * The approved conversation, gone on with by answers and tool results alone: what a person adds, a tool, a model or a
 * beta changes the anchor; a new signal or patient is a new question.
 */
function sameQuestion(review: Review, asked: Asked): boolean {
  const signals = new Set(review.signals.map(({ name, message }) => `${name} ${message}`))
  const patients = new Set(review.patients)
  return (
    review.session === asked.session &&
    review.anchor === asked.anchor &&
    asked.signals.every(({ name, message }) => signals.has(`${name} ${message}`)) &&
    asked.patients.every((patient) => patients.has(patient))
  )
}

/** Whether the exchange is of a job that was approved, and comes at another time of the day than it may run at. */
export function isOutsideHours(review: Review, asked: Asked, now: number): boolean {
  const { grant, scope } = review
  if (scope !== 'job' || grant?.status !== 'active' || grant.until <= now) return false
  if (!sameCaller(review, asked) || !withinNeeds(review, asked)) return false
  return withinJob(review, grant, asked) && !withinHours(review, now)
}

function withinJob(review: Review, grant: Grant, asked: Asked): boolean {
  const jobs = review.needs.map(({ job }) => job)
  const patients = new Set([...grant.patients, ...asked.patients])
  return jobs.every(
    (job) => job !== undefined && grant.used < job.maxExchanges && patients.size <= job.maxPatients,
  )
}

function withinHours({ needs }: Review, now: number): boolean {
  return needs.every(({ job }) => job !== undefined && isWithinWindow(job, now))
}

/** When a job may run, for people. */
export function hoursOf({ window, timeZone = 'UTC' }: Job): string {
  return `${window} ${timeZone} each day`
}
