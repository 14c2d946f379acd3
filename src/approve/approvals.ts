import {
  GatewayError,
  type Clock,
  type ReviewStore,
  type UnchainedRecord,
} from '../domain/index.ts'
import type { Review, ReviewStatus } from '../schema/index.ts'
import { covers, joins, type Asked } from './coverage.ts'
import { entitled } from './needs.ts'
import { changedRecord } from './records.ts'
import * as reviews from './review.ts'
import type { Voter } from './review.ts'
import { seal, unseal, type SealKey } from './seal.ts'
import { openWaitingRoom } from './waiting-room.ts'

/** What stands between an exchange that needs an approval and the upstream. */
export type Claim =
  /** It may go on; the use is to be settled when it has ended. */
  | { readonly kind: 'granted'; readonly review: Review }
  | { readonly kind: 'pending'; readonly review: Review }
  | { readonly kind: 'denied'; readonly review: Review }

/** How an exchange that used a grant ended: `returned` where nothing came of it. */
export type UseOutcome = 'consumed' | 'outcome-unknown' | 'returned'

/** Reviews and grants: what exchanges ask, what persons answer. */
export interface Approvals {
  /**
   * Finds what binds the exchange; where nothing does, opens a review.
   * @param payload the masked body that would be forwarded
   */
  claim(asked: Asked, payload: Uint8Array): Promise<Claim>
  settleUse(id: string, decisionId: string, outcome: UseOutcome): Promise<void>
  /** The review when it is not pending any more, or when the time has passed. */
  settled(id: string, ms: number, signal?: AbortSignal): Promise<Review>
  list(status: ReviewStatus | undefined): Promise<readonly Review[]>
  /** @throws GatewayError `not-found` */
  get(id: string): Promise<Review>
  /** The masked body that was asked about. */
  payload(id: string): Promise<Uint8Array>
  /** @throws GatewayError `not-found`, `forbidden`, `conflict` */
  vote(id: string, voter: Voter, verdict: 'approve' | 'deny', reason: string): Promise<Review>
  /** @throws GatewayError `not-found`, `forbidden`, `conflict` */
  revoke(id: string, voter: Voter, reason: string): Promise<Review>
  /** What this person could do to the review now. */
  may(review: Review, voter: Voter): 'answer' | 'revoke' | 'nothing'
  /** Takes back what a caller asked and was given: it is blocked. */
  cancelAll(principal: string, by: string, reason: string): Promise<void>
  /** Whether nobody is waited for any more, because phigate stops. */
  closed(): boolean
  close(): void
}

export interface ApprovalsOptions {
  readonly store: ReviewStore
  readonly record: (record: UnchainedRecord) => Promise<unknown>
  readonly clock: Clock
  readonly labels: Readonly<Record<string, string>>
  /** The active one first. */
  readonly keys: () => readonly [SealKey, ...SealKey[]]
  readonly newId: () => string
  readonly randomBytes: (count: number) => Uint8Array
  /** How long a review may be answered. */
  readonly lifeMs: () => number
  /** Whose request it counts as besides the caller's own: the owners of a service account. */
  readonly ownersOf: (principal: string) => readonly string[]
  /**
   * Told of every change that the log has. One that it fails at, or that a crash keeps from it, it is told again at the
   * next start.
   */
  readonly onChange?: (review: Review) => Promise<void>
}

const SWEEP_MS = 1000

/** Opens the reviews, and tidies up after a crash: a use that was under way has an unknown outcome. */
export async function openApprovals(options: ApprovalsOptions): Promise<Approvals> {
  const desk = new Desk(options)
  await desk.recover()
  return desk
}

class Desk implements Approvals {
  readonly #options: ApprovalsOptions
  readonly #waiting = openWaitingRoom()
  readonly #sweep: NodeJS.Timeout
  /** Claims go one after the other, so that two equal requests never open two reviews. */
  #claims: Promise<unknown> = Promise.resolve()

  constructor(options: ApprovalsOptions) {
    this.#options = options
    this.#sweep = setInterval(() => void this.#expireOverdue().catch(() => {}), SWEEP_MS).unref()
  }

  claim(asked: Asked, payload: Uint8Array): Promise<Claim> {
    const claim = this.#claims.then(() => this.#claim(asked, payload))
    this.#claims = claim.catch(() => {})
    return claim
  }

  async #claim(asked: Asked, payload: Uint8Array): Promise<Claim> {
    const { store, clock, newId, lifeMs, keys, randomBytes } = this.#options
    const now = clock.now()
    const binding = await store.binding(asked.principal, asked.connection, now)
    for (const review of binding) {
      if (!covers(review, asked, now)) continue
      const next = reviews.consume(review, asked, now)
      // The exchange records the use itself, with what it is for.
      if (await store.replace(next, false)) return { kind: 'granted', review: next }
    }
    const same = binding.filter((review) => joins(review, asked))
    const open = same.find(({ status, expiresAt }) => status === 'pending' && expiresAt > now)
    if (open !== undefined) return { kind: 'pending', review: open }
    const denied = same.find(({ status }) => status === 'denied')
    if (denied !== undefined) return { kind: 'denied', review: denied }
    const fresh = reviews.newReview(asked, newId(), now, lifeMs())
    const review = reviews.brokenGlass(fresh, now) ?? fresh
    await store.insert(review, seal(keys()[0], review.id, randomBytes(12), payload))
    await this.#tell(review, asked.principal, review.requestReason ?? '')
    if (review.grant === null) return { kind: 'pending', review }
    const next = reviews.consume(review, asked, now)
    // Nobody else knows of it yet.
    if (!(await store.replace(next, false))) throw new Error('a new review was changed')
    return { kind: 'granted', review: next }
  }

  async settleUse(id: string, decisionId: string, outcome: UseOutcome): Promise<void> {
    await this.#change(id, (review) => reviews.settleUse(review, decisionId, outcome), false)
  }

  async settled(id: string, ms: number, signal?: AbortSignal): Promise<Review> {
    const leave = new AbortController()
    const signals = signal === undefined ? [leave.signal] : [leave.signal, signal]
    // Before the look at it: an answer in between must not be missed.
    const waited = this.#waiting.wait(id, ms, AbortSignal.any(signals))
    try {
      const review = await this.get(id)
      if (review.status !== 'pending') return review
      await waited
      return await this.get(id)
    } finally {
      leave.abort()
    }
  }

  list(status: ReviewStatus | undefined): Promise<readonly Review[]> {
    return this.#options.store.list(status)
  }

  async get(id: string): Promise<Review> {
    const found = await this.#options.store.get(id)
    if (found === undefined) throw new GatewayError('not-found', 'No such review')
    return found.review
  }

  async payload(id: string): Promise<Uint8Array> {
    const sealed = await this.#options.store.payload(id)
    if (sealed === undefined) throw new GatewayError('not-found', 'No such review')
    return unseal(this.#options.keys(), id, sealed)
  }

  async vote(
    id: string,
    voter: Voter,
    verdict: 'approve' | 'deny',
    reason: string,
  ): Promise<Review> {
    const { clock } = this.#options
    const next = await this.#change(id, (review) =>
      reviews.vote(review, voter, verdict, reason, this.#requesters(review), clock.now()),
    )
    await this.#tell(next, voter.id, reason)
    return next
  }

  async revoke(id: string, voter: Voter, reason: string): Promise<Review> {
    const now = this.#options.clock.now()
    const next = await this.#change(id, (review) => {
      reviews.mayAnswer(review, voter, this.#requesters(review), now)
      return reviews.revoke(review, voter, reason, now)
    })
    await this.#tell(next, voter.id, reason)
    return next
  }

  may(review: Review, voter: Voter): 'answer' | 'revoke' | 'nothing' {
    const { status, expiresAt, grant, approvals } = review
    const now = this.#options.clock.now()
    if (this.#requesters(review).has(voter.id)) return 'nothing'
    if (!entitled(review, voter.groups, now)) return 'nothing'
    if (grant?.status === 'active' && grant.until > now) return 'revoke'
    const isOpen = status === 'pending' && expiresAt > now
    return isOpen && !approvals.some(({ by }) => by === voter.id) ? 'answer' : 'nothing'
  }

  async cancelAll(principal: string, by: string, reason: string): Promise<void> {
    const { clock, store } = this.#options
    const theirs = (await store.bindingAny(clock.now())).filter(
      (review) => review.principal === principal || review.onBehalfOf === principal,
    )
    await this.#changeOpen(theirs, by, reason, (one) =>
      reviews.withdraw(one, by, reason, clock.now()),
    )
  }

  closed(): boolean {
    return this.#waiting.closed()
  }

  close(): void {
    clearInterval(this.#sweep)
    this.#waiting.close()
  }

  /** What a crash left: uses whose end nobody saw, and changes that the log does not have. */
  async recover(): Promise<void> {
    for (const { review, owed } of await this.#options.store.unfinished()) {
      for (const use of review.grant?.uses ?? []) {
        if (use.status === 'consuming') {
          await this.settleUse(review.id, use.decisionId, 'outcome-unknown')
        }
      }
      const latest = await this.get(review.id)
      if (owed) await this.#tell(latest, latest.principal, 'after a restart')
    }
  }

  #requesters(review: Review): ReadonlySet<string> {
    const { principal, onBehalfOf } = review
    const owners = this.#options.ownersOf(principal)
    return new Set([principal, ...owners, ...(onBehalfOf === null ? [] : [onBehalfOf])])
  }

  async #expireOverdue(): Promise<void> {
    const { store, clock } = this.#options
    for (const review of await store.overdue(clock.now())) {
      await this.#changeOpen([review], review.principal, '', (one) =>
        reviews.expire(one, clock.now()),
      )
    }
  }

  /** Changes each; one that somebody else has settled meanwhile needs it no more. */
  async #changeOpen(
    found: readonly Review[],
    by: string,
    detail: string,
    step: (review: Review) => Review,
  ): Promise<void> {
    for (const { id } of found) {
      const next = await this.#change(id, step).catch((error: unknown) => {
        if (error instanceof GatewayError && error.code === 'conflict') return undefined
        throw error
      })
      if (next !== undefined) await this.#tell(next, by, detail)
    }
  }

  /** Changes the latest version; where somebody else was first, the one that they made. */
  async #change(id: string, step: (review: Review) => Review, owed = true): Promise<Review> {
    for (;;) {
      const next = step(await this.get(id))
      if (!(await this.#options.store.replace(next, owed))) continue
      this.#waiting.wake(id)
      return next
    }
  }

  /** A change that the log does not get is in the store, and recorded at the next start. */
  async #tell(review: Review, by: string, detail: string): Promise<void> {
    const { record, labels, store, onChange } = this.#options
    await record(changedRecord(review, by, detail, labels))
    await onChange?.(review)
    await store.recorded(review.id)
  }
}
