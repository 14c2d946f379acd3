import { GatewayError, toError } from '../domain/index.ts'
import type { Review, ReviewStatus } from '../schema/index.ts'
import type { SideCall } from './beside.ts'
import { Claims, type Claim } from './claims.ts'
import type { Asked } from './coverage.ts'
import { fallDue } from './due.ts'
import { openLedger, type Ledger } from './ledger.ts'
import type { ApprovalsOptions } from './approvals-options.ts'
import { lostUseRecord } from './records.ts'
import * as reviews from './review.ts'
import type { Answer, Voter } from './review.ts'
import { payloadOf } from './payload.ts'
import { openWaitingRoom } from './waiting-room.ts'

/** How an exchange that used a grant ended: `returned` where nothing came of it. */
export type UseOutcome = 'consumed' | 'outcome-unknown' | 'returned'

/** Reviews and grants: what exchanges ask, what persons answer. */
export interface Approvals {
  /**
   * Finds what binds the exchange; where nothing does, opens a review.
   * @param payload the masked body that would be forwarded
   */
  claim(asked: Asked, payload: Uint8Array): Promise<Claim>
  /** The same for a call beside a conversation; undefined where no review speaks for it, and it opens none. */
  claimBeside(asked: Asked, payload: Uint8Array, kind: SideCall): Promise<Claim | undefined>
  settleUse(id: string, decisionId: string, outcome: UseOutcome): Promise<void>
  /** The review when it is not pending any more, or when the time has passed. */
  settled(id: string, ms: number, signal?: AbortSignal): Promise<Review>
  /** The newest first. @param most 1,000 when not given */
  list(status: ReviewStatus | undefined, most?: number): Promise<readonly Review[]>
  /** @throws GatewayError `not-found` */
  get(id: string): Promise<Review>
  /** The masked body that was asked about. */
  payload(id: string): Promise<Uint8Array>
  /** @throws GatewayError `not-found`, `forbidden`, `conflict` */
  vote(id: string, voter: Voter, verdict: 'approve' | 'deny', reason: string): Promise<Review>
  /**
   * Allows once more what was allowed once, where nobody knows what became of that.
   * @throws GatewayError `not-found`, `forbidden`, `conflict`
   */
  renew(id: string, voter: Voter, reason: string): Promise<Review>
  /** @throws GatewayError `not-found`, `forbidden`, `conflict` */
  revoke(id: string, voter: Voter, reason: string): Promise<Review>
  /** What this person could do to the review now. */
  may(review: Review, voter: Voter): readonly Answer[]
  /** Takes back what a caller asked and was given: it is blocked. */
  cancelAll(principal: string, by: string, reason: string): Promise<void>
  /** The same for a session that is over: nobody could read any more what they answer. */
  endSession(session: string, by: string, reason: string): Promise<void>
  /** Whether nobody is waited for any more, because phigate stops. */
  closed(): boolean
  close(): void
}

const SWEEP_MS = 1000
const MOST_LISTED = 1000

/** Opens the reviews, and tidies up after a crash: a use that was under way has an unknown outcome. */
export async function openApprovals(options: ApprovalsOptions): Promise<Approvals> {
  const desk = new Desk(options)
  await desk.recover()
  return desk
}

class Desk implements Approvals {
  readonly #options: ApprovalsOptions
  readonly #waiting = openWaitingRoom()
  readonly #ledger: Ledger
  readonly #claims: Claims
  readonly #sweep: NodeJS.Timeout
  #sweeping = false
  #sweepFailed = false

  constructor(options: ApprovalsOptions) {
    this.#options = options
    this.#ledger = openLedger(options)
    this.#claims = new Claims(options, this.#ledger)
    this.#sweep = setInterval(() => void this.#keepUp(), options.sweepMs ?? SWEEP_MS).unref()
  }

  claim(asked: Asked, payload: Uint8Array): Promise<Claim> {
    return this.#claims.claim(asked, payload)
  }

  claimBeside(asked: Asked, payload: Uint8Array, kind: SideCall): Promise<Claim | undefined> {
    return this.#claims.claimBeside(asked, payload, kind)
  }

  async settleUse(id: string, decisionId: string, outcome: UseOutcome): Promise<void> {
    await this.#swap(id, (review) => reviews.settleUse(review, decisionId, outcome))
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

  list(status: ReviewStatus | undefined, most = MOST_LISTED): Promise<readonly Review[]> {
    return this.#options.store.list(status, most)
  }

  async get(id: string): Promise<Review> {
    const found = await this.#options.store.get(id)
    if (found === undefined) throw new GatewayError('not-found', 'No such review')
    return found.review
  }

  async payload(id: string): Promise<Uint8Array> {
    return payloadOf(id, this.#options)
  }

  async vote(
    id: string,
    voter: Voter,
    verdict: 'approve' | 'deny',
    reason: string,
  ): Promise<Review> {
    const { clock } = this.#options
    this.#letIn(voter)
    return this.#change(id, (review) =>
      reviews.vote(review, voter, verdict, reason, this.#requesters(review), clock.now()),
    )
  }

  async renew(id: string, voter: Voter, reason: string): Promise<Review> {
    const { clock } = this.#options
    this.#letIn(voter)
    return this.#change(id, (review) =>
      reviews.renew(review, voter, reason, this.#requesters(review), clock.now()),
    )
  }

  async revoke(id: string, voter: Voter, reason: string): Promise<Review> {
    const { clock } = this.#options
    this.#letIn(voter)
    return this.#change(id, (review) => {
      reviews.mayAnswer(review, voter, this.#requesters(review), clock.now())
      return reviews.revoke(review, voter, reason, clock.now())
    })
  }

  may(review: Review, voter: Voter): readonly Answer[] {
    if (this.#options.isBlocked(voter.id)) return []
    return reviews.answersOf(review, voter, this.#requesters(review), this.#options.clock.now())
  }

  cancelAll(principal: string, by: string, reason: string): Promise<void> {
    return this.#withdraw(
      (review) => review.principal === principal || review.onBehalfOf === principal,
      by,
      reason,
    )
  }

  endSession(session: string, by: string, reason: string): Promise<void> {
    return this.#withdraw((review) => review.session === session, by, reason)
  }

  async #withdraw(isMeant: (review: Review) => boolean, by: string, reason: string): Promise<void> {
    const { clock, store } = this.#options
    const meant = (await store.bindingAny(clock.now())).filter(isMeant)
    await this.#changeOpen(meant, (one) => reviews.withdraw(one, by, reason, clock.now()))
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
    const { store, record, labels } = this.#options
    for (const { review } of await store.unfinished()) {
      for (const use of review.grant?.uses ?? []) {
        if (use.status !== 'consuming') continue
        // First, so that a crash in between tells it twice, not never.
        await record(lostUseRecord(review, use, labels))
        await this.settleUse(review.id, use.decisionId, 'outcome-unknown')
      }
      await this.#ledger.paid(review.id)
    }
  }

  /** @throws GatewayError `forbidden` */
  #letIn({ id }: Voter): void {
    if (this.#options.isBlocked(id)) throw new GatewayError('forbidden', 'The caller is blocked')
  }

  #requesters(review: Review): ReadonlySet<string> {
    const { principal, onBehalfOf } = review
    const owners = this.#options.ownersOf(principal)
    return new Set([principal, ...owners, ...(onBehalfOf === null ? [] : [onBehalfOf])])
  }

  /** What is due expires or escalates, and what the log lacks is told to it. A failure is said once, and so is its end. */
  async #keepUp(): Promise<void> {
    const { store, clock, log } = this.#options
    if (this.#sweeping) return
    this.#sweeping = true
    try {
      await this.#ledger.catchUp()
      const due = await store.due(clock.now())
      await this.#changeOpen(due, (one) => fallDue(one, clock.now()))
      if (this.#sweepFailed) log('reviews-kept-up-again', {})
      this.#sweepFailed = false
    } catch (thrown) {
      if (!this.#sweepFailed) log('reviews-not-kept-up', { error: toError(thrown).name })
      this.#sweepFailed = true
    } finally {
      this.#sweeping = false
    }
  }

  /** Changes each; one that somebody else has settled meanwhile needs it no more. */
  async #changeOpen(found: readonly Review[], step: (review: Review) => Review): Promise<void> {
    for (const { id } of found) {
      await this.#change(id, step).catch((error: unknown) => {
        if (!(error instanceof GatewayError && error.code === 'conflict')) throw error
      })
    }
  }

  /**
   * A change that has a record, on top of a version whose change the log has. Where the log does not take this one, it
   * stands, and the record is owed.
   */
  async #change(id: string, step: (review: Review) => Review): Promise<Review> {
    for (;;) {
      await this.#ledger.paid(id)
      const stored = await this.#options.store.get(id)
      if (stored?.owed !== undefined) continue
      const next = step(stored?.review ?? (await this.get(id)))
      if (!(await this.#options.store.replace(next, true))) continue
      const told = this.#ledger.tell(next)
      this.#waiting.wake(id)
      await told
      return next
    }
  }

  /** A change that others record. Where somebody else was first, the version that they made is changed. */
  async #swap(id: string, step: (review: Review) => Review): Promise<void> {
    while (!(await this.#options.store.replace(step(await this.get(id)), false)));
  }
}
