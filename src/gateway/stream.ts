import { once } from 'node:events'
import { GatewayError } from '../domain/index.ts'
import type { UpstreamAnswer } from '../forward/index.ts'
import { emptyInput, sseEvents, formatEvent, SseError, sseReader } from '../messages/index.ts'
import type { AnswerContext, AnswerReport } from '../inspect/index.ts'
import type { StreamHandle } from '../lanes/index.ts'
import { failed, type Partial } from './failure.ts'
import { IN_STREAM } from './report.ts'
import { complete, refusalOf, type Relay } from './relay.ts'
import { streamTiming, type StreamTiming } from './stream-timing.ts'
import { sendRefusal, type Refusal } from './error-response.ts'

/** nginx keeps what comes until its buffers are full, pings too, unless the answer asks it not to. */
export const NOT_BUFFERED = { 'x-accel-buffering': 'no' }

/** Relays a streamed answer. Until the first byte is out, a refusal keeps its true status. */
export async function relayStream(
  relay: Relay,
  answer: UpstreamAnswer,
  context: AnswerContext,
): Promise<void> {
  const { parts, sent } = relay
  const handle = parts.lanes.openStream(context, sent.bodyBytes)
  const client = clientStream(relay)
  const timing = streamTiming(() => performance.now())
  try {
    await relayEvents(relay, answer, handle, client, timing)
  } catch (thrown) {
    await failed(relay, thrown, client.begun() ? await soFar(handle, timing, thrown) : undefined)
  } finally {
    client.stop()
    handle.drop()
  }
}

async function relayEvents(
  relay: Relay,
  answer: UpstreamAnswer,
  handle: StreamHandle,
  client: ClientStream,
  timing: StreamTiming,
): Promise<void> {
  const reader = sseReader()
  let bytes = 0
  for await (const chunk of answer.body) {
    bytes += chunk.byteLength
    const text = orGarbage(() => reader.push(chunk))
    if (text === '') continue
    const pings = pingsIn(text)
    if (pings !== undefined) {
      await client.write(pings)
      continue
    }
    timing.came(bytes)
    const { out, ended, refused, report, usage, holds } = await handle.push(text, bytes)
    relay.usage(usage)
    client.holds(holds)
    if (report === undefined) {
      await client.write(out)
      continue
    }
    if (refused !== undefined) {
      // What was held is not in the report, and not in the answer.
      await client.write(out)
      await finishRefused(relay, client, refusalOf(relay, { decision: refused }), report)
      return
    }
    const end = ended === 'stop' ? 'complete' : 'upstream-error'
    await finish(relay, client, { end, out, timing: timing.entries() }, report)
    return
  }
  orGarbage(() => reader.end())
  throw new GatewayError('upstream-cut', 'the upstream ended the stream before its end')
}

/**
 * What was released of a stream that broke off, masked: whether the client's machine had all of it nobody knows.
 * @returns undefined where its worker is gone, and the state of the stream with it
 */
async function soFar(
  handle: StreamHandle,
  timing: StreamTiming,
  thrown: unknown,
): Promise<Partial | undefined> {
  // There is nowhere to record it.
  if (thrown instanceof GatewayError && thrown.code === 'audit-unavailable') return undefined
  try {
    return { report: await handle.finish(), timing: timing.entries() }
  } catch {
    return undefined
  }
}

/** The last words wait for the completion record. */
async function finish(
  relay: Relay,
  client: ClientStream,
  last: {
    readonly end: 'complete' | 'upstream-error'
    readonly out: string
    readonly timing: readonly number[]
  },
  report: AnswerReport,
): Promise<void> {
  const refusal = refusalOf(relay, report)
  if (refusal !== undefined) {
    await complete(relay, { end: 'denied', status: client.begun() ? 200 : refusal.status, report })
    client.refuse(refusal)
    return
  }
  await complete(relay, { end: last.end, status: 200, report, timing: last.timing })
  // Not waited for: a client that goes now would end the exchange, and record it, a second time.
  client.end(last.out)
}

async function finishRefused(
  relay: Relay,
  client: ClientStream,
  refusal: Refusal | undefined,
  report: AnswerReport,
): Promise<void> {
  if (refusal === undefined) throw new Error('a refusal without a decision')
  await complete(relay, { end: 'denied', status: client.begun() ? 200 : refusal.status, report })
  client.refuse(refusal)
}

/** Longer ones are no pings alone: what is in them is not looked at here. */
const LONGEST_PINGS = 1024
const PING = /^\{\s*"type"\s*:\s*"ping"\s*\}$/

/** @returns the same without anything but their data; undefined where something else is among them */
function pingsIn(text: string): string | undefined {
  if (text.length > LONGEST_PINGS || !text.includes('"ping"')) return undefined
  const events = sseEvents(text)
  if (!events.every(({ data }) => PING.test(data))) return undefined
  return events.map(({ data }) => formatEvent('ping', data)).join('')
}

function orGarbage<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof SseError)) throw cause
    throw new GatewayError('upstream-garbage', 'the upstream sent a stream that cannot be read', {
      cause,
    })
  }
}

interface ClientStream {
  begun(): boolean
  /** Resolves when the client takes more. */
  write(text: string): Promise<void>
  /** The upstream goes on with a block of which the client has the beginning; undefined where it has all there is. */
  holds(index: number | undefined): void
  refuse(refusal: Refusal): void
  end(text: string): void
  stop(): void
}

/**
 * A client hears something at least every so often, whatever is held here: some give up after 300 s of silence, and the
 * Agent SDK after 600 s of pings alone. So a block that goes on gets an event that adds nothing to it.
 */
function clientStream(relay: Relay): ClientStream {
  const { response, signal } = relay.exchange
  let held: number | undefined
  const begin = (): void => {
    if (response.headersSent) return
    const about = { ...relay.headers, ...NOT_BUFFERED, 'x-phigate-answer-report': IN_STREAM }
    response.writeHead(200, about)
  }
  const everyMs = relay.parts.holdTimes.pingMs
  const ping = setInterval(() => {
    begin()
    response.write(formatEvent('ping', '{"type": "ping"}'))
  }, everyMs)
  // Not put off by pings that the upstream sends meanwhile.
  const beat = setInterval(() => {
    if (held !== undefined) response.write(emptyInput(held))
    // Told again with the next read: of an upstream that is silent nothing is made up.
    held = undefined
  }, everyMs)
  return {
    begun: () => response.headersSent,
    async write(text) {
      if (text === '' || response.destroyed) return
      begin()
      ping.refresh()
      if (!response.write(text)) await once(response, 'drain', { signal })
    },
    holds(index) {
      held = index
    },
    refuse(refusal) {
      if (!response.headersSent) sendRefusal(response, refusal)
      else response.end(formatEvent('error', JSON.stringify(refusal.envelope)))
    },
    end(text) {
      if (response.destroyed) return
      begin()
      response.end(text)
    },
    stop() {
      clearInterval(ping)
      clearInterval(beat)
    },
  }
}
