import { createServer } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { close, listen } from '../../src/demo/loopback.ts'

/** A delivery as the receiver sees it. */
export interface Received {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly event: {
    readonly type: string
    readonly timestamp: string
    readonly data: Readonly<Record<string, unknown>>
  }
}

/** A receiver of webhooks on loopback. */
export interface Receiver {
  readonly url: URL
  readonly received: Received[]
  /** What it answers from now on: a status, or nothing at all. */
  answer: number | 'nothing'
  /** Waits for so many deliveries. */
  got(count: number): Promise<readonly Received[]>
  close(): Promise<void>
}

export async function startReceiver(port = 0): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      )
      received.push({ headers, body, event: JSON.parse(body) as Received['event'] })
      if (receiver.answer === 'nothing') request.socket.destroy()
      else response.writeHead(receiver.answer, { location: '/elsewhere' }).end('told you')
    })
  })
  const receiver: Receiver = {
    url: new URL('/hooks', await listen(server, port)),
    received,
    answer: 204,
    async got(count) {
      while (received.length < count) await pause(10)
      return received
    },
    close: () => close(server),
  }
  return receiver
}

const TOLERANCE_SECONDS = 300

/**
 * The check of a receiver, written from the specification of Standard Webhooks and not from what signs: the secret is
 * base64 behind `whsec_`; one of the signatures has to be `v1,` and the HMAC-SHA-256 of `id.timestamp.body`.
 * @param now milliseconds since the epoch
 */
export async function isAuthentic(
  { headers, body }: Pick<Received, 'headers' | 'body'>,
  secret: string,
  now: number,
): Promise<boolean> {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures } = headers
  if (id === undefined || at === undefined || signatures === undefined) return false
  if (!(Math.abs(now / 1000 - Number(at)) <= TOLERANCE_SECONDS)) return false
  const raw = Uint8Array.from(atob(secret.replace(/^whsec_/, '')), (c) => c.charCodeAt(0))
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', raw, algorithm, false, ['verify'])
  const signed = new TextEncoder().encode(`${id}.${at}.${body}`)
  const checks = signatures.split(' ').map(async (one) => {
    const [version, mac = ''] = one.split(',')
    const bytes = Uint8Array.from(atob(mac), (c) => c.charCodeAt(0))
    return version === 'v1' ? crypto.subtle.verify('HMAC', key, bytes, signed) : false
  })
  return (await Promise.all(checks)).includes(true)
}
