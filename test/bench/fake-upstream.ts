import { createServer, type ServerResponse } from 'node:http'
import { close, listen } from '../../src/demo/loopback.ts'

const ANSWER = JSON.stringify({
  id: 'msg_bench',
  type: 'message',
  role: 'assistant',
  model: 'claude-bench',
  content: [{ type: 'text', text: 'The findings are stable and the plan stays as it is.' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 12, output_tokens: 34 },
})

export const DELTAS = 50

/** A stream that was answered, by its number: what was sent, and when the first delta was. */
export interface SentStream {
  readonly text: string
  readonly firstDeltaAt: number
}

export interface FakeUpstream {
  readonly url: URL
  readonly streams: Map<number, SentStream>
  close(): Promise<void>
}

/** Answers at once, and looks at nothing of a body but the beginning. */
export async function startFakeUpstream(paceMs: number): Promise<FakeUpstream> {
  const streams = new Map<number, SentStream>()
  let next = 0
  const server = createServer((request, response) => {
    let head = ''
    request.on('data', (chunk: Buffer) => {
      if (head === '') head = chunk.toString('latin1', 0, 80)
    })
    request.on('end', () => {
      if (head.includes('claude-bench-paced')) void stream(response, next++, streams, paceMs)
      else if (head.includes('claude-bench-unpaced')) void stream(response, next++, streams, 0)
      else respond(response)
    })
  })
  const url = await listen(server, 0)
  return { url, streams, close: () => close(server) }
}

function respond(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_bench' })
  response.end(ANSWER)
}

async function stream(
  response: ServerResponse,
  number: number,
  streams: Map<number, SentStream>,
  paceMs: number,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_bench' })
  const [begin, deltas, end] = eventsOf(number)
  streams.set(number, {
    text: begin + deltas.join('') + end,
    firstDeltaAt: performance.now(),
  })
  if (paceMs === 0) {
    response.end(begin + deltas.join('') + end)
    return
  }
  response.write(begin)
  for (const delta of deltas) {
    response.write(delta)
    await new Promise((resolve) => setTimeout(resolve, paceMs))
    if (response.destroyed) return
  }
  response.end(end)
}

function eventsOf(number: number): readonly [string, readonly string[], string] {
  const event = (data: Readonly<Record<string, unknown>>): string =>
    `event: ${String(data['type'])}\ndata: ${JSON.stringify(data)}\n\n`
  const message = { id: `msg_bench_${number}`, type: 'message', role: 'assistant', content: [] }
  const block = { type: 'text', text: '' }
  const deltas = Array.from({ length: DELTAS }, () => ({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text: 'the plan stays ' },
  }))
  return [
    event({ type: 'message_start', message }) +
      event({ type: 'content_block_start', index: 0, content_block: block }),
    deltas.map(event),
    event({ type: 'content_block_stop', index: 0 }) + event({ type: 'message_stop' }),
  ]
}
