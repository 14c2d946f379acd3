/**
 * The life of a review: pending -> approved | denied | expired | cancelled. Approval gives a grant: active -> revoked |
 * expired; each use of it: consuming -> consumed | outcome-unknown | returned. A single use of which nobody knows what
 * became of it may be renewed. Every function takes a review and gives its next version; what is not in this list is a
 * `conflict`.
 */
import { GatewayError } from '../domain/index.ts'
import type { GrantUse, Review, Vote } from '../schema/index.ts'
import { awaitsReview, breaksGlass } from './break-glass.ts'
import { covers, type Asked, type Grant } from './coverage.ts'
import { nextEscalation } from './due.ts'
import { entitled, openNeeds } from './needs.ts'

/** Somebody who answers. */
export interface Voter {
  readonly id: string
  readonly groups: readonly string[]
}

const SCOPES = ['exchange', 'session', 'job'] as const

export function newReview(asked: Asked, id: string, now: number, lifeMs: number): Review {
  const scopes = asked.needs.map(({ scope }) => SCOPES.indexOf(scope))
  const needs = [...asked.needs] as Review['needs']
  const times = { createdAt: now, expiresAt: now + lifeMs }
  return {
    ...asked,
    ...times,
    needs,
    id,
    version: 1,
    status: 'pending',
    scope: SCOPES[Math.min(...scopes)] ?? 'exchange',
    approvals: [],
    settledAt: null,
    escalatesAt: nextEscalation({ needs, ...times }, now),
    escalations: [],
    grant: null,
  }
}

/**
 * Grants at once where policy lets the requester break the glass: they answer for it with their reason, and reviewers
 * look at it afterwards.
 * @returns undefined where somebody has to be asked first
 */
export function brokenGlass(review: Review, now: number): Review | undefined {
  if (!breaksGlass(review) || review.requestReason === null) return undefined
  const { principal: by, requestReason } = review
  const said: Vote = {
    by,
    groups: [],
    verdict: 'break-glass',
    reason: requestReason.slice(0, 500),
    at: now,
    version: review.version,
  }
  return {
    ...review,
    status: 'approved',
    settledAt: now,
    approvals: [said],
    grant: newGrant(review, now),
  }
}

/** Whether the requester has to say why, and does not. */
export function lacksReason({
  needs,
  requestReason,
}: Pick<Asked, 'needs' | 'requestReason'>): boolean {
  const wanted = needs.some(
    ({ reasonFrom, breakGlass }) =>
      breakGlass === true || reasonFrom?.includes('requester') === true,
  )
  return wanted && requestReason === null
}

/**
 * @param requesters ids that count as the one who asked: nobody approves what they asked for, whatever they may else
 * @throws GatewayError `forbidden`, `conflict`
 */
export function vote(
  review: Review,
  voter: Voter,
  verdict: 'approve' | 'deny',
  reason: string,
  requesters: ReadonlySet<string>,
  now: number,
): Review {
  mayAnswer(review, voter, requesters, now)
  const afterwards = awaitsReview(review, now)
  if (!afterwards && (review.status !== 'pending' || review.expiresAt <= now)) {
    throw conflict(review, now)
  }
  if (verdict === 'approve' && review.approvals.some(({ by }) => by === voter.id)) {
    throw new GatewayError('conflict', 'The caller has approved this review already')
  }
  const said = { by: voter.id, groups: [...voter.groups], verdict, reason, at: now }
  const next = voted(review, said)
  if (afterwards) return verdict === 'deny' ? withoutGrant(next) : next
  if (verdict === 'deny') return { ...next, status: 'denied', settledAt: now }
  if (openNeeds(next, now).some(({ missing }) => missing > 0)) return next
  return { ...next, status: 'approved', settledAt: now, grant: newGrant(review, now) }
}

/** What still runs is taken back. */
function withoutGrant(review: Review): Review {
  const { grant } = review
  return grant?.status === 'active' ? { ...review, grant: { ...grant, status: 'revoked' } } : review
}

/** @throws GatewayError `forbidden` */
export function mayAnswer(
  review: Review,
  voter: Voter,
  requesters: ReadonlySet<string>,
  now: number,
): void {
  if (requesters.has(voter.id)) {
    throw new GatewayError('forbidden', 'Nobody answers a review of their own request')
  }
  if (!entitled(review, voter.groups, now)) {
    throw new GatewayError('forbidden', 'The caller is in none of the groups that this review asks')
  }
}

/** @throws GatewayError `conflict` when there is nothing to take back */
export function revoke(review: Review, voter: Voter, reason: string, now: number): Review {
  const { grant } = review
  if (grant === null || grant.status !== 'active' || grant.until <= now) throw conflict(review, now)
  const said = { by: voter.id, groups: [...voter.groups], verdict: 'revoke' as const, reason }
  return { ...voted(review, { ...said, at: now }), grant: { ...grant, status: 'revoked' } }
}

function cancel(review: Review, by: string, reason: string, now: number): Review {
  const said = { by, groups: [], verdict: 'cancel' as const, reason, at: now }
  return { ...voted(review, said), status: 'cancelled', settledAt: now }
}

/**
 * Takes back what was asked or given, on the word of somebody who is not asked by the review.
 * @throws GatewayError `conflict` when nothing is open
 */
export function withdraw(review: Review, by: string, reason: string, now: number): Review {
  return review.status === 'pending'
    ? cancel(review, by, reason, now)
    : revoke(review, { id: by, groups: [] }, reason, now)
}

/** Whether nobody knows what became of the single use that the grant allows. */
export function isLost({ scope, grant }: Review): boolean {
  if (scope !== 'exchange' || grant === null || grant.used === 0) return false
  return grant.uses.at(-1)?.status === 'outcome-unknown'
}

/** Those who would allow it once more: they have to be as many as for an approval. */
function renewals({ approvals, grant }: Review): readonly Vote[] {
  // By versions, not by times: the clock may have been set meanwhile.
  const since = grant?.uses.at(-1)?.version ?? 0
  return approvals.filter(({ verdict, version }) => verdict === 'renew' && version > since)
}

function mayRenew(review: Review): boolean {
  return isLost(review) && review.grant?.status !== 'revoked'
}

/**
 * Allows once more what was allowed once, where phigate ended before it knew what became of that.
 * @throws GatewayError `forbidden`, `conflict`
 */
export function renew(
  review: Review,
  voter: Voter,
  reason: string,
  requesters: ReadonlySet<string>,
  now: number,
): Review {
  mayAnswer(review, voter, requesters, now)
  if (!mayRenew(review)) throw conflict(review, now)
  if (renewals(review).some(({ by }) => by === voter.id)) {
    throw new GatewayError('conflict', 'The caller has renewed this review already')
  }
  const said = { by: voter.id, groups: [...voter.groups], verdict: 'renew' as const, reason }
  const next = voted(review, { ...said, at: now })
  if (openNeeds(next, now, renewals(next)).some(({ missing }) => missing > 0)) return next
  const uses = review.grant?.uses ?? []
  return { ...next, grant: { ...newGrant(review, now), uses } }
}

/** What somebody may say to a review. */
export type Answer = 'approve' | 'deny' | 'revoke' | 'renew'

/** What somebody could say to it now. */
export function answersOf(
  review: Review,
  voter: Voter,
  requesters: ReadonlySet<string>,
  now: number,
): readonly Answer[] {
  const { status, expiresAt, grant, approvals } = review
  if (requesters.has(voter.id) || !entitled(review, voter.groups, now)) return []
  const has = (verdict: Vote['verdict'], votes: readonly Vote[] = approvals): boolean =>
    votes.some((one) => one.by === voter.id && one.verdict === verdict)
  if (status === 'pending') {
    return expiresAt > now && !has('approve') ? ['approve', 'deny'] : []
  }
  const runs = grant?.status === 'active' && grant.until > now
  return [
    ...(awaitsReview(review, now) && !has('approve') ? (['approve', 'deny'] as const) : []),
    ...(mayRenew(review) && !has('renew', renewals(review)) ? (['renew'] as const) : []),
    ...(runs ? (['revoke'] as const) : []),
  ]
}

/** Ended uses that are kept in the review; the audit log has all of them. */
const MOST_ENDED_USES = 100

/**
 * Takes the grant for an exchange.
 * @throws GatewayError `conflict` when it does not cover what is asked
 */
export function consume(review: Review, asked: Asked, now: number, beside = false): Review {
  const { grant } = review
  if (grant === null || !covers(review, asked, now, beside)) throw conflict(review, now)
  const version = review.version + 1
  const use: GrantUse = { decisionId: asked.decisionId, status: 'consuming', at: now, version }
  const patients = [...new Set([...grant.patients, ...asked.patients])]
  const uses = [...latestUses(grant.uses), use]
  return { ...review, version, grant: { ...grant, used: grant.used + 1, patients, uses } }
}

/** Without the oldest ended ones. One that is under way stays, however many came after it: its end is still to be told. */
function latestUses(uses: readonly GrantUse[]): GrantUse[] {
  const ended = uses.filter(({ status }) => status !== 'consuming')
  const dropped = new Set(ended.slice(0, -MOST_ENDED_USES))
  return uses.filter((use) => !dropped.has(use))
}

/** After so many uses that came to nothing, a grant is not given back any more: something else is wrong. */
const MOST_RETURNS = 5

/** @throws GatewayError `conflict` when no such use is under way */
export function settleUse(
  review: Review,
  decisionId: string,
  outcome: 'consumed' | 'outcome-unknown' | 'returned',
): Review {
  const { grant } = review
  const use = grant?.uses.find((one) => one.decisionId === decisionId)
  if (grant === null || use?.status !== 'consuming') {
    throw new GatewayError('conflict', 'No such use of the grant is under way')
  }
  const returns = grant.uses.filter(({ status }) => status === 'returned').length
  const status = outcome === 'returned' && returns >= MOST_RETURNS ? 'consumed' : outcome
  const used = status === 'returned' ? grant.used - 1 : grant.used
  const uses = grant.uses.map((one) => (one === use ? { ...one, status } : one))
  return { ...review, version: review.version + 1, grant: { ...grant, used, uses } }
}

function newGrant(review: Review, now: number): Grant {
  const seconds = Math.min(...review.needs.map(({ ttlSeconds }) => ttlSeconds))
  return {
    status: 'active',
    until: now + seconds * 1000,
    used: 0,
    patients: review.scope === 'job' ? [] : [...review.patients],
    uses: [],
  }
}

function voted(review: Review, said: Omit<Vote, 'version'>): Review {
  const version = review.version + 1
  return { ...review, version, approvals: [...review.approvals, { ...said, version }] }
}

function conflict(review: Review, now: number): GatewayError {
  const late = review.status === 'pending' && review.expiresAt <= now
  return new GatewayError('conflict', `The review is ${late ? 'expired' : review.status}`)
}
