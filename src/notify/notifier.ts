import { toError, type Clock, type Delivery, type DeliveryStore } from '../domain/index.ts'
import type { Review, WebhookEventType } from '../schema/index.ts'
import { eventOf } from './event.ts'
import { signedHeaders, type WebhookKey } from './sign.ts'

/** A receiver, and what it wants to hear of. */
export interface Endpoint {
  readonly url: URL
  readonly events: readonly WebhookEventType[]
}

/** Sends one body. @returns the HTTP status @throws when no answer comes, or not before the signal aborts */
export type Post = (
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
) => Promise<number>

/** Tells others what happens to reviews. */
export interface Notifier {
  /** Puts what the change means into the queue. Resolves when that is on disk; nobody waits for a receiver. */
  changed(review: Review): Promise<void>
  endpoints(): readonly Endpoint[]
  /** What could not be delivered, the newest first, and what still waits. */
  undelivered(): Promise<readonly Delivery[]>
  /** Lets go of what is under way; the queue keeps it. */
  stop(): Promise<void>
}

export interface NotifierOptions {
  readonly endpoints: readonly Endpoint[]
  readonly store: DeliveryStore
  /** The active one first, then those still accepted. */
  readonly keys: readonly WebhookKey[]
  readonly clock: Clock
  readonly post: Post
  readonly reviewUrl: (id: string) => URL
  /** Seconds until the next attempt after so many; those of Standard Webhooks when not given. */
  readonly retrySeconds?: readonly number[]
  /** Told of failures: where, and after how many attempts. */
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}

/** The schedule that Standard Webhooks recommends: ten attempts in about three days. */
const RETRY_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
const TIMEOUT_MS = 15_000
const LOOK_MS = 1000
const AT_ONCE = 8

/** Opens the queue: what a stop or a crash left in it goes on. */
export function openNotifier(options: NotifierOptions): Notifier {
  return new Queue(options)
}

class Queue implements Notifier {
  readonly #options: NotifierOptions
  readonly #stopping = new AbortController()
  readonly #timer: NodeJS.Timeout
  #round: Promise<void> = Promise.resolve()
  #busy = false

  constructor(options: NotifierOptions) {
    this.#options = options
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref()
    this.#look()
  }

  async changed(review: Review): Promise<void> {
    const { endpoints, store, clock, reviewUrl } = this.#options
    const event = eventOf(review, reviewUrl(review.id))
    if (event === undefined) return
    const { id, type, body } = event
    const to = endpoints.filter(({ events }) => events.includes(type))
    await store.add(to.map(({ url }) => ({ id, endpoint: url.href, body, at: clock.now() })))
    this.#look()
  }

  endpoints(): readonly Endpoint[] {
    return this.#options.endpoints
  }

  undelivered(): Promise<readonly Delivery[]> {
    return this.#options.store.undelivered()
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.#stopping.abort()
    await this.#round
  }

  /** One round at a time; what becomes due meanwhile is found by the next. */
  #look(): void {
    if (this.#busy || this.#stopping.signal.aborted || this.#options.endpoints.length === 0) return
    this.#busy = true
    this.#round = this.#deliverDue()
      .catch((thrown: unknown) =>
        this.#options.log('webhooks-failed', { error: toError(thrown).name }),
      )
      .finally(() => {
        this.#busy = false
      })
  }

  async #deliverDue(): Promise<void> {
    const { store, clock, endpoints } = this.#options
    for (;;) {
      const due = await store.due(clock.now(), AT_ONCE)
      await Promise.all(
        due.map((delivery) => {
          const to = endpoints.find(({ url }) => url.href === delivery.endpoint)
          // An address that the configuration does not have any more gets nothing.
          return to === undefined
            ? store.failed(delivery, 'not in the configuration')
            : this.#deliver(delivery, to.url)
        }),
      )
      if (due.length < AT_ONCE || this.#stopping.signal.aborted) return
    }
  }

  async #deliver(delivery: Delivery, url: URL): Promise<void> {
    const { store, clock, log, retrySeconds = RETRY_SECONDS } = this.#options
    const outcome = await this.#attempt(delivery, url)
    if (this.#stopping.signal.aborted && outcome !== 'delivered') return
    if (outcome === 'delivered') return store.delivered(delivery)
    const wait = retrySeconds[delivery.attempts]
    log('webhook-not-delivered', {
      webhook: delivery.id,
      to: url.host,
      attempt: delivery.attempts + 1,
      problem: outcome,
    })
    // 410: the receiver wants no more of it.
    if (wait === undefined || outcome === 'status 410') return store.failed(delivery, outcome)
    return store.later(delivery, clock.now() + wait * 1000, outcome)
  }

  /** @returns `delivered`, or what was wrong */
  async #attempt(delivery: Delivery, url: URL): Promise<string> {
    const { keys, clock, post } = this.#options
    const headers = {
      'content-type': 'application/json',
      ...signedHeaders(keys, delivery, clock.now()),
    }
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(TIMEOUT_MS)])
    try {
      const status = await post(url, headers, delivery.body, signal)
      return status >= 200 && status < 300 ? 'delivered' : `status ${status}`
    } catch {
      return 'no answer'
    }
  }
}
