import { toError, type Clock, type Delivery, type DeliveryStore } from '../domain/index.ts'
import { signedHeaders, type WebhookKey } from './sign.ts'

/** Sends one body. @returns the HTTP status @throws when no answer comes, or not before the signal aborts */
export type Post = (
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  signal: AbortSignal,
) => Promise<number>

export interface QueueOptions {
  readonly store: DeliveryStore
  /** The active one first, then those still accepted. */
  readonly keys: () => readonly WebhookKey[]
  readonly clock: Clock
  readonly post: Post
  /** Seconds until the next attempt after so many; those of Standard Webhooks when not given. */
  readonly retrySeconds?: readonly number[]
  /** Told of failures: where, and after how many attempts. */
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}

/** The deliveries to one receiver. */
export interface Queue {
  /** Looks for what is due, now or as soon as it is done with what it does. */
  look(): void
  stop(): Promise<void>
}

/** The schedule that Standard Webhooks recommends: ten attempts in about three days. */
const RETRY_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
const TIMEOUT_MS = 15_000
const LOOK_MS = 1000
const AT_ONCE = 4

export function openQueue(url: URL, options: QueueOptions): Queue {
  const stopping = new AbortController()
  let round: Promise<void> | undefined
  let again = false
  const look = (): void => {
    if (stopping.signal.aborted) return
    again = round !== undefined
    if (again) return
    round = deliverDue(url, options, stopping.signal)
      .catch((thrown: unknown) => options.log('webhooks-failed', { error: toError(thrown).name }))
      .finally(() => {
        round = undefined
        if (again) look()
      })
  }
  // Retries become due by themselves.
  const timer = setInterval(look, LOOK_MS).unref()
  look()
  return {
    look,
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await round
    },
  }
}

async function deliverDue(url: URL, options: QueueOptions, stopped: AbortSignal): Promise<void> {
  const { store, clock } = options
  for (;;) {
    const due = await store.due(url.href, clock.now(), AT_ONCE)
    await Promise.all(due.map((delivery) => deliver(delivery, url, options, stopped)))
    if (due.length < AT_ONCE || stopped.aborted) return
  }
}

async function deliver(
  delivery: Delivery,
  url: URL,
  options: QueueOptions,
  stopped: AbortSignal,
): Promise<void> {
  const { store, clock, log, retrySeconds = RETRY_SECONDS } = options
  const outcome = await attempt(delivery, url, options, stopped)
  if (outcome === 'delivered') return store.delivered(delivery)
  // Cut short by the stop, which is not the receiver's doing.
  if (stopped.aborted) return
  const { id, attempts } = delivery
  log('webhook-not-delivered', {
    webhook: id,
    to: url.host,
    attempt: attempts + 1,
    problem: outcome,
  })
  const wait = retrySeconds[attempts]
  // 410: the receiver wants no more of it.
  if (wait === undefined || outcome === 'status 410') return store.failed(delivery, outcome)
  return store.later(delivery, clock.now() + wait * 1000, outcome)
}

/** @returns `delivered`, or what was wrong */
async function attempt(
  delivery: Delivery,
  url: URL,
  { keys, clock, post }: QueueOptions,
  stopped: AbortSignal,
): Promise<string> {
  const signed = signedHeaders(keys(), delivery, clock.now())
  const headers = { 'content-type': 'application/json', ...signed }
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)])
  try {
    const status = await post(url, headers, delivery.body, signal)
    return status >= 200 && status < 300 ? 'delivered' : `status ${status}`
  } catch {
    return 'no answer'
  }
}
