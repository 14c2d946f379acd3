import type { Delivery, DeliveryStore } from '../domain/index.ts'
import type { Review, WebhookEventType } from '../schema/index.ts'
import { eventOf } from './event.ts'
import { openQueue, type QueueOptions } from './queue.ts'

/** A receiver, and what it wants to hear of. */
export interface Endpoint {
  readonly url: URL
  readonly events: readonly WebhookEventType[]
}

/** Tells others what happens to reviews. */
export interface Notifier {
  /** Puts what the change means into the queue. Resolves when that is on disk; nobody waits for a receiver. */
  changed(review: Review): Promise<void>
  endpoints(): readonly Endpoint[]
  /** What could not be delivered and what still waits, the newest first. */
  undelivered(): Promise<readonly Delivery[]>
  /**
   * Tries what was given up once more, from the first attempt on, where the receiver is still configured.
   * @param id only this one
   * @returns how many
   */
  resend(id?: string): Promise<number>
  /** Lets go of what is under way; the queue keeps it. */
  stop(): Promise<void>
}

export interface NotifierOptions extends QueueOptions {
  readonly endpoints: readonly Endpoint[]
  readonly store: DeliveryStore
  readonly reviewUrl: (id: string) => URL
}

/**
 * Opens the queues, one for each receiver, so that one that hangs holds up no other. What a stop or a crash left goes
 * on; what is for an address that the configuration does not have any more is given up.
 */
export async function openNotifier(options: NotifierOptions): Promise<Notifier> {
  const { endpoints, store, clock, reviewUrl } = options
  await store.keepOnly(endpoints.map(({ url }) => url.href))
  const queues = new Map(endpoints.map(({ url }) => [url.href, openQueue(url, options)]))
  return {
    async changed(review) {
      const event = eventOf(review, reviewUrl(review.id))
      if (event === undefined) return
      const { id, type, body } = event
      const to = endpoints.filter(({ events }) => events.includes(type))
      await store.add(to.map(({ url }) => ({ id, endpoint: url.href, body, at: clock.now() })))
      for (const { url } of to) queues.get(url.href)?.look()
    },
    endpoints: () => endpoints,
    undelivered: () => store.undelivered(),
    async resend(id) {
      const count = await store.again([...queues.keys()], clock.now(), id)
      for (const queue of queues.values()) queue.look()
      return count
    },
    async stop() {
      await Promise.all([...queues.values()].map((queue) => queue.stop()))
    },
  }
}
