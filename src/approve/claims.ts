import type { Review } from '../schema/index.ts'
import type { ApprovalsOptions } from './approvals-options.ts'
import { findBeside, type SideCall } from './beside.ts'
import { covers, isDeniedWith, isOutsideHours, waitsFor, type Asked } from './coverage.ts'
import type { Ledger } from './ledger.ts'
import { payloadOf, sealedPayload } from './payload.ts'
import * as reviews from './review.ts'

/** What stands between an exchange that needs an approval and the upstream. */
export type Claim =
  /** It may go on; the use is to be settled when it has ended. */
  | { readonly kind: 'granted'; readonly review: Review }
  | { readonly kind: 'pending'; readonly review: Review }
  | { readonly kind: 'denied'; readonly review: Review }
  /**
   * What was approved does not cover it: a call beside an exchange that was approved by itself, or a job at another
   * time of the day.
   */
  | { readonly kind: 'beside'; readonly review: Review }

/** What exchanges ask of the reviews. */
export class Claims {
  readonly #options: ApprovalsOptions
  readonly #ledger: Ledger
  /** Claims go one after the other, so that two equal requests never open two reviews. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: ApprovalsOptions, ledger: Ledger) {
    this.#options = options
    this.#ledger = ledger
  }

  /**
   * Finds what binds the exchange; where nothing does, opens a review.
   * @param payload the masked body that would be forwarded
   */
  claim(asked: Asked, payload: Uint8Array): Promise<Claim> {
    return this.#inTurn(async () => (await this.#known(asked)) ?? this.#open(asked, payload))
  }

  /** The same for a call beside a conversation; undefined where no review speaks for it, and it opens none. */
  claimBeside(asked: Asked, payload: Uint8Array, kind: SideCall): Promise<Claim | undefined> {
    return this.#inTurn(
      async () => (await this.#known(asked)) ?? this.#beside(asked, payload, kind),
    )
  }

  #inTurn<T extends Claim | undefined>(look: () => Promise<T | 'changed'>): Promise<T> {
    const claim = this.#last.then(async () => {
      for (;;) {
        const found = await look()
        if (found !== 'changed') return found
      }
    })
    this.#last = claim.catch(() => {})
    return claim
  }

  async #beside(
    asked: Asked,
    payload: Uint8Array,
    kind: SideCall,
  ): Promise<Claim | 'changed' | undefined> {
    const { store, clock } = this.#options
    const binding = await store.binding(asked, clock.now())
    const review = await findBeside(binding, asked, { payload, kind }, (id) =>
      payloadOf(id, this.#options),
    )
    if (review === undefined) return undefined
    if (covers(review, asked, clock.now(), true)) return this.#use(review, asked, true)
    const { status } = review
    return { kind: status === 'pending' || status === 'denied' ? status : 'beside', review }
  }

  /** What was asked or answered before; undefined where nothing binds the exchange. */
  async #known(asked: Asked): Promise<Claim | 'changed' | undefined> {
    const { store, clock } = this.#options
    const now = clock.now()
    const binding = await store.binding(asked, now)
    const granted = binding.find((review) => covers(review, asked, now))
    if (granted !== undefined) return this.#use(granted, asked)
    const open = binding.find(
      (review) => review.status === 'pending' && review.expiresAt > now && waitsFor(review, asked),
    )
    if (open !== undefined) return { kind: 'pending', review: open }
    const early = binding.find((review) => isOutsideHours(review, asked, now))
    if (early !== undefined) return { kind: 'beside', review: early }
    const denied = binding.find(
      (review) => review.status === 'denied' && isDeniedWith(review, asked),
    )
    return denied === undefined ? undefined : { kind: 'denied', review: denied }
  }

  async #open(asked: Asked, payload: Uint8Array): Promise<Claim | 'changed'> {
    const { store, clock, newId, lifeMs } = this.#options
    const now = clock.now()
    const fresh = reviews.newReview(asked, newId(), now, lifeMs())
    const review = reviews.brokenGlass(fresh, now) ?? fresh
    await store.insert(review, sealedPayload(review.id, payload, this.#options))
    await this.#ledger.tell(review)
    return review.grant === null ? { kind: 'pending', review } : this.#use(review, asked)
  }

  /** Takes the grant. No grant works before the log has it. The exchange records the use itself, with what it is for. */
  async #use(review: Review, asked: Asked, beside = false): Promise<Claim | 'changed'> {
    const { store, clock } = this.#options
    await this.#ledger.paid(review.id)
    const now = clock.now()
    if (!covers(review, asked, now, beside)) return 'changed'
    const next = reviews.consume(review, asked, now, beside)
    return (await store.replace(next, false)) ? { kind: 'granted', review: next } : 'changed'
  }
}
