import { GatewayError, toError, type Clock } from '../domain/index.ts'
import type { IssuerAccess, IssuerMetadata, KeySet } from './ports.ts'

/** Keys older than this are asked for anew in the background, so that a withdrawn key stops working. */
const REFRESH_AFTER_MS = 10 * 60_000
/** After a failure nobody asks the issuer again for this long. */
const PAUSE_AFTER_FAILURE_MS = 1_000
/** Unknown keys may cause this many fetches at once, then one per interval: a flood of bad tokens is not passed on. */
const REFETCH_BURST = 3
const REFETCH_INTERVAL_MS = 5_000

export interface HeldKeys {
  readonly keys: KeySet
  readonly metadata: IssuerMetadata
  readonly fetchedAt: number
}

interface Settings {
  readonly issuer: URL
  readonly clock: Clock
  readonly timeoutMs: number
  /** How long the last good keys serve while the issuer cannot be reached. */
  readonly maxAgeMs: number
}

/** Holds the issuer's keys: fetched when first needed, kept while the issuer is away, one fetch at a time. */
export class IssuerKeys {
  readonly #access: IssuerAccess
  readonly #settings: Settings
  readonly #closed = new AbortController()
  #held: HeldKeys | undefined
  #pending: Promise<HeldKeys> | undefined
  #failedAt: number | undefined
  #refetches = REFETCH_BURST
  #refilledAt = 0

  constructor(access: IssuerAccess, settings: Settings) {
    this.#access = access
    this.#settings = settings
  }

  /** Whether there are keys to verify with. Where there are none, or old ones, asking starts a fetch. */
  ready(): boolean {
    const held = this.#usable()
    this.#refresh(held)
    return held !== undefined
  }

  /** @throws GatewayError `issuer-unavailable` when there are none and none can be had */
  async get(): Promise<HeldKeys> {
    const held = this.#usable()
    if (held === undefined) return this.#fetch()
    this.#refresh(held)
    return held
  }

  /**
   * Keys other than those given, for a token that they did not verify: undefined when the issuer has no others or may
   * not be asked again yet.
   * @throws GatewayError `issuer-unavailable` when the issuer could not be asked
   */
  async otherThan(known: HeldKeys): Promise<HeldKeys | undefined> {
    const other = (held: HeldKeys | undefined): HeldKeys | undefined =>
      held?.keys.digest === known.keys.digest ? undefined : held
    if (this.#held !== known) return other(this.#usable())
    if (this.#pending === undefined && this.#failedAt === undefined && !this.#takeRefetch()) {
      return undefined
    }
    return other(await this.#fetch())
  }

  close(): void {
    this.#closed.abort()
    this.#held = undefined
  }

  #now(): number {
    return this.#settings.clock.now()
  }

  #usable(): HeldKeys | undefined {
    const held = this.#held
    if (held === undefined) return undefined
    return this.#now() - held.fetchedAt < this.#settings.maxAgeMs ? held : undefined
  }

  /** Well before the keys get too old, so that a request or a probe finds them too old only in an outage. */
  #refresh(held: HeldKeys | undefined): void {
    const after = Math.min(REFRESH_AFTER_MS, this.#settings.maxAgeMs / 2)
    if (held !== undefined && this.#now() - held.fetchedAt < after) return
    // Whoever needs keys and has none learns of the failure from its own get().
    this.#fetch().catch(() => undefined)
  }

  #fetch(): Promise<HeldKeys> {
    if (this.#pending !== undefined) return this.#pending
    const sinceFailure = this.#now() - (this.#failedAt ?? Number.NEGATIVE_INFINITY)
    if (this.#closed.signal.aborted || sinceFailure < PAUSE_AFTER_FAILURE_MS) {
      return Promise.reject(unavailable())
    }
    this.#pending = this.#load().finally(() => {
      this.#pending = undefined
    })
    return this.#pending
  }

  async #load(): Promise<HeldKeys> {
    const { issuer, timeoutMs } = this.#settings
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(timeoutMs)])
    try {
      const held = await beforeAbort(signal, this.#ask(issuer, signal))
      this.#failedAt = undefined
      this.#held = held
      return held
    } catch (thrown) {
      this.#failedAt = this.#now()
      throw unavailable(toError(thrown))
    }
  }

  async #ask(issuer: URL, signal: AbortSignal): Promise<HeldKeys> {
    const metadata = await this.#access.discover(issuer, signal)
    const keys = await this.#access.fetchKeys(metadata.jwksUri, signal)
    return { keys, metadata, fetchedAt: this.#now() }
  }

  #takeRefetch(): boolean {
    const earned = Math.floor((this.#now() - this.#refilledAt) / REFETCH_INTERVAL_MS)
    if (earned > 0) {
      this.#refetches = Math.min(REFETCH_BURST, this.#refetches + earned)
      this.#refilledAt = this.#now()
    }
    if (this.#refetches === 0) return false
    this.#refetches -= 1
    return true
  }
}

/** The promise, or a rejection at the abort: an adapter that forgets its signal cannot hang a request. */
function beforeAbort<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Error('the issuer did not answer in time'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

function unavailable(cause?: Error): GatewayError {
  return new GatewayError(
    'issuer-unavailable',
    'The issuer of access tokens cannot be reached, and there are no keys of it to verify a token with',
    { retryAfter: 1, ...(cause === undefined ? {} : { cause }) },
  )
}
