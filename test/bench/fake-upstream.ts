import { createServer, type ServerResponse } from 'node:http'
import { close, listen } from '../../src/demo/loopback.ts'

export const ANSWER_TEXT = 'The findings are stable and the plan stays as it is.'
const ANSWER = JSON.stringify({
  id: 'msg_bench',
  type: 'message',
  role: 'assistant',
  model: 'claude-bench',
  content: [{ type: 'text', text: ANSWER_TEXT }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 12, output_tokens: 34 },
})

export const DELTAS = 50

/** A stream that was answered, by its number: what was sent, and when the first delta and the last event were. */
export interface SentStream {
  readonly text: string
  readonly firstDeltaAt: number
  lastEventAt: number
}

export interface FakeUpstream {
  readonly url: URL
  readonly streams: Map<number, SentStream>
  /** Ends the streams that are open. */
  endOpen(): void
  close(): Promise<void>
}

const QUICK_MS = 10
const PLAIN = 'the plan stays '
/** Eight characters a delta: cut inside of words, as models cut. */
const QUICK = piecesOf('the wound is healing well and the next visit stays as planned, ')
/** The same with a number, which is held until four words follow. */
const NUMBERS = piecesOf('12 beds are free, and the next visit stays as it was planned ')

/** What an open stream shows before it waits, and how: so many deltas at once, so often. */
export const SHOWN_KB = 16
const SHOWN = piecesOf('12 beds are free, and the wound is healing well ', (SHOWN_KB * 1024) / 8)
const SHOWN_AT_ONCE = 16
const SHOWN_MS = 2
/** Comes behind what is shown. phigate writes its own otherwise. */
export const SHOWN_PING = 'event: ping\ndata: {"type":"ping"}\n\n'

/** Answers at once, and looks at nothing of a body but the beginning. */
export async function startFakeUpstream(paceMs: number): Promise<FakeUpstream> {
  const streams = new Map<number, SentStream>()
  const open: (() => void)[] = []
  let next = 0
  const paces: readonly (readonly [name: string, deltas: readonly string[], paceMs: number])[] = [
    ['paced', Array.from({ length: DELTAS }, () => PLAIN), paceMs],
    ['unpaced', Array.from({ length: DELTAS }, () => PLAIN), 0],
    ['quick', QUICK, QUICK_MS],
    ['quick-numbers', NUMBERS, QUICK_MS],
  ]
  const server = createServer((request, response) => {
    let head = ''
    request.on('data', (chunk: Buffer) => {
      if (head === '') head = chunk.toString('latin1', 0, 80)
    })
    request.on('end', () => {
      const pace = paces.find(([name]) => head.includes(`"claude-bench-${name}"`))
      if (head.includes('"claude-bench-open"')) void show(response, eventsOf(next++, SHOWN), open)
      else if (pace === undefined) respond(response)
      else void stream(response, eventsOf(next, pace[1]), streams, next++, pace[2])
    })
  })
  // A connection that ends between two cells is met by the bare proxy's next request: it answers that with 504.
  server.keepAliveTimeout = 0
  const url = await listen(server, 0)
  const endOpen = (): void => {
    for (const end of open.splice(0)) end()
  }
  return { url, streams, endOpen, close: () => close(server) }
}

function piecesOf(sentence: string, count = DELTAS): readonly string[] {
  const text = sentence.repeat(Math.ceil((count * 8) / sentence.length))
  return Array.from({ length: count }, (_, at) => text.slice(at * 8, (at + 1) * 8))
}

function respond(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_bench' })
  response.end(ANSWER)
}

async function stream(
  response: ServerResponse,
  [begin, deltas, end]: readonly [string, readonly string[], string],
  streams: Map<number, SentStream>,
  number: number,
  paceMs: number,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_bench' })
  const now = performance.now()
  const text = begin + deltas.join('') + end
  const sent: SentStream = { text, firstDeltaAt: now, lastEventAt: now }
  streams.set(number, sent)
  if (paceMs === 0) {
    response.end(text)
    return
  }
  response.write(begin)
  for (const delta of deltas) {
    response.write(delta)
    await new Promise((resolve) => setTimeout(resolve, paceMs))
    if (response.destroyed) return
  }
  sent.lastEventAt = performance.now()
  response.end(end)
}

async function show(
  response: ServerResponse,
  [begin, deltas, end]: readonly [string, readonly string[], string],
  open: (() => void)[],
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_bench' })
  response.write(begin)
  for (let at = 0; at < deltas.length; at += SHOWN_AT_ONCE) {
    response.write(deltas.slice(at, at + SHOWN_AT_ONCE).join(''))
    await new Promise((resolve) => setTimeout(resolve, SHOWN_MS))
  }
  response.write(SHOWN_PING)
  open.push(() => response.end(end))
}

function eventsOf(
  number: number,
  texts: readonly string[],
): readonly [string, readonly string[], string] {
  const event = (data: Readonly<Record<string, unknown>>): string =>
    `event: ${String(data['type'])}\ndata: ${JSON.stringify(data)}\n\n`
  const message = { id: `msg_bench_${number}`, type: 'message', role: 'assistant', content: [] }
  const block = { type: 'text', text: '' }
  const delta = (text: string): string =>
    event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })
  return [
    event({ type: 'message_start', message }) +
      event({ type: 'content_block_start', index: 0, content_block: block }),
    texts.map(delta),
    event({ type: 'content_block_stop', index: 0 }) + event({ type: 'message_stop' }),
  ]
}
