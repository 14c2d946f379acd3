import {
  awaitsReview,
  entitled,
  isLost,
  openNeeds,
  statusOf,
  type Answer,
  type Approvals,
} from '../approve/index.ts'
import { GatewayError, type Clock, type Principal } from '../domain/index.ts'
import type { Review, ReviewStatus } from '../schema/index.ts'
import type { Call, Route } from './openapi.ts'
import { LONGEST_REASON, REASON, REVIEW, STATUSES } from './review-schema.ts'

/** Reviews as the composition root gives them to the console. */
export interface ReviewsDesk {
  readonly approvals: Approvals
  readonly url: (id: string) => URL
  readonly clock: Clock
}

/** See everything, and answer nothing that they are not asked. */
const READERS: ReadonlySet<string> = new Set(['auditors', 'admins', 'privacy-officers'])
const LONGEST_WAIT_SECONDS = 60
const MOST_LISTED = 10_000

/** What waits for a person, and how a person answers. */
export function reviewRoutes(desk: ReviewsDesk): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/reviews',
      summary: 'Reviews that the caller may see, the newest first, 10,000 at most.',
      action: 'reviews:read',
      query: { status: [...STATUSES, ...LOOKED_FOR.keys()].join(' | ') },
      answer: { type: 'object', properties: { reviews: { type: 'array', items: REVIEW } } },
      respond: async ({ principal, query }) => {
        const all = await listed(desk, query['status'])
        const seen = all.filter((review) => maySee(review, principal, desk))
        return { reviews: seen.map((review) => reviewFor(principal, review, desk)) }
      },
    },
    {
      method: 'get',
      path: '/api/reviews/:id',
      summary: 'One review, with the masked payload for those who may answer it.',
      action: 'reviews:read',
      query: { wait: `seconds to wait for an answer, ${LONGEST_WAIT_SECONDS} at most` },
      answer: REVIEW,
      respond: (call) => one(desk, call),
    },
    ...VERBS.map((verb): Route => ({
      method: 'post',
      path: `/api/reviews/:id/${verb}`,
      summary: SUMMARIES[verb],
      action: 'reviews:write',
      body: REASON,
      answer: REVIEW,
      refusals: { 409: 'The review does not stand for that, or the caller has said it already.' },
      respond: async (call) => reviewFor(call.principal, await answer(desk, verb, call), desk),
    })),
  ]
}

const SUMMARIES = {
  approve: 'Approves; the exchange goes on when nothing more is needed.',
  deny: 'Denies; the exchange is refused.',
  renew: 'Allows once more what was allowed once, where nobody knows what became of that.',
  revoke: 'Takes back what was granted.',
} as const satisfies Readonly<Record<Answer, string>>

/** What a person may say to a review. */
export const VERBS: readonly Answer[] = ['approve', 'deny', 'renew', 'revoke']

async function one(desk: ReviewsDesk, { principal, params, query, signal }: Call): Promise<object> {
  const { approvals } = desk
  let review = await approvals.get(params['id'] ?? '')
  // Whoever may not see it is not told that it is there.
  if (!maySee(review, principal, desk)) throw new GatewayError('not-found', 'No such review')
  if (query['wait'] !== undefined) {
    const seconds = Number(query['wait'])
    if (!(seconds >= 0 && seconds <= LONGEST_WAIT_SECONDS)) {
      throw new GatewayError('invalid-request', `wait must be 0 to ${LONGEST_WAIT_SECONDS} seconds`)
    }
    review = await approvals.settled(review.id, seconds * 1000, signal)
  }
  const shown = reviewFor(principal, review, desk)
  if (!mayRead(review, principal, desk)) return shown
  return { ...shown, payload: payloadOf(await approvals.payload(review.id)) }
}

function payloadOf(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes)
  return text === '' ? {} : JSON.parse(text)
}

function answer(
  desk: ReviewsDesk,
  verb: Answer,
  { principal, params, body }: Call,
): Promise<Review> {
  const { reason, ...more } =
    typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  if (!isReason(reason)) {
    throw new GatewayError('invalid-request', 'The body must be {"reason"}, a text')
  }
  if (Object.keys(more).length > 0) {
    throw new GatewayError('invalid-request', 'The body must be {"reason"} and nothing more')
  }
  return answerAs(desk, verb, principal, { id: params['id'] ?? '', reason })
}

/** Something, and no more than the audit log takes. */
export function isReason(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_REASON
}

/** @throws GatewayError `not-found`, `forbidden`, `conflict` */
export function answerAs(
  { approvals }: ReviewsDesk,
  verb: Answer,
  principal: Principal,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<Review> {
  const voter = { id: principal.id, groups: principal.groups }
  if (verb === 'revoke') return approvals.revoke(id, voter, reason)
  if (verb === 'renew') return approvals.renew(id, voter, reason)
  return approvals.vote(id, voter, verb, reason)
}

/**
 * What somebody should look at: exchanges that did not wait, because policy let the requester break the glass, and those
 * of which nobody knows what became of them.
 */
const LOOKED_FOR: ReadonlyMap<string, (review: Review, now: number) => boolean> = new Map([
  ['afterwards', awaitsReview],
  ['outcome-unknown', isLost],
])

async function listed(
  { approvals, clock }: ReviewsDesk,
  status: string | undefined,
): Promise<readonly Review[]> {
  const wanted = status === undefined ? undefined : LOOKED_FOR.get(status)
  if (wanted === undefined) return approvals.list(statusIn(status), MOST_LISTED)
  const approved = await approvals.list('approved', MOST_LISTED)
  return approved.filter((review) => wanted(review, clock.now()))
}

function statusIn(status: string | undefined): ReviewStatus | undefined {
  if (status === undefined) return undefined
  const known = STATUSES.find((name) => name === status)
  if (known === undefined) {
    throw new GatewayError(
      'invalid-request',
      `status must be one of ${[...STATUSES, ...LOOKED_FOR.keys()].join(', ')}`,
    )
  }
  return known
}

/** Who asked sees the state of it, but not what somebody may have masked of somebody else. */
export function maySee(review: Review, principal: Principal, desk: ReviewsDesk): boolean {
  const { principal: asked, onBehalfOf } = review
  return asked === principal.id || onBehalfOf === principal.id || mayRead(review, principal, desk)
}

/** Whether the principal may read the masked payload. */
export function mayRead(
  review: Review,
  { kind, groups }: Principal,
  { clock }: ReviewsDesk,
): boolean {
  if (kind !== 'person') return false
  return groups.some((group) => READERS.has(group)) || entitled(review, groups, clock.now())
}

/** A program is told how its own review stands, not who said what of it. */
function reviewFor({ kind }: Principal, review: Review, { url, clock }: ReviewsDesk): object {
  const { signals, patients, createdAt, expiresAt, grant, approvals, escalations, ...rest } = review
  const said = approvals.map(({ at, version: _made, ...vote }) => ({ ...vote, at: iso(at) }))
  const {
    anchor: _anchor,
    frame: _frame,
    version: _version,
    settledAt: _settledAt,
    escalatesAt: _escalatesAt,
    ...shown
  } = rest
  return {
    ...shown,
    status: statusOf(review),
    signals: [...new Set(signals.map(({ name }) => name))],
    patients: patients.length,
    needs: openNeeds(review, clock.now()),
    ...(kind === 'person' ? { approvals: said } : {}),
    createdAt: iso(createdAt),
    expiresAt: iso(expiresAt),
    escalations: escalations.map(({ at, groups }) => ({ at: iso(at), groups })),
    grant:
      grant === null
        ? null
        : {
            status: grant.status,
            until: iso(grant.until),
            used: grant.used,
            outcomeUnknown: isLost(review),
          },
    url: url(review.id).href,
  }
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
