import { createServer } from 'node:http'
import { close, listen } from '../../../src/demo/loopback.ts'

/** The model of requests that wait for a person: the upstream tells them by it from other traffic. */
export const HELD_MODEL = 'claude-bench-held'

export interface HeldUpstream {
  readonly url: URL
  /** When the next request that had waited begins to arrive, in milliseconds of performance.now(). */
  nextHeld(): Promise<number>
  /** How many of them have come. */
  held(): number
  close(): Promise<void>
}

const ANSWER = JSON.stringify({
  id: 'msg_bench',
  type: 'message',
  role: 'assistant',
  model: 'claude-bench',
  content: [{ type: 'text', text: 'The findings are stable.' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 12, output_tokens: 34 },
})

/** Answers at once, and notes when a request that had waited began to come. */
export async function startHeldUpstream(): Promise<HeldUpstream> {
  let held = 0
  let waiting: ((at: number) => void) | undefined
  const server = createServer((request, response) => {
    const at = performance.now()
    let head = ''
    request.on('data', (chunk: Buffer) => {
      if (head.length < 80) head += chunk.toString('latin1', 0, 80)
    })
    request.on('end', () => {
      if (head.includes(HELD_MODEL)) {
        held += 1
        waiting?.(at)
      }
      response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_bench' })
      response.end(ANSWER)
    })
  })
  // A connection that is closed here while phigate begins to use it again would be a failure of the bench's own.
  server.keepAliveTimeout = 600_000
  const url = await listen(server, 0)
  return {
    url,
    nextHeld: () => new Promise((resolve) => (waiting = resolve)),
    held: () => held,
    close: () => close(server),
  }
}
