import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A client that writes its own bytes: for what fetch would not send, or would repair. */
export interface RawClient {
  readonly socket: Socket
  send(bytes: string | Uint8Array): void
  /** All that came so far. */
  received(): string
  /** Waits until what came matches. */
  until(pattern: RegExp): Promise<string>
  close(): void
}

export async function rawClient(url: URL): Promise<RawClient> {
  const socket = connect(Number(url.port), url.hostname)
  await once(socket, 'connect')
  let received = ''
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => (received += text))
  // A server may close while this side still writes.
  socket.on('error', () => {})
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    received: () => received,
    async until(pattern) {
      while (!pattern.test(received)) {
        if (socket.readableEnded || socket.destroyed) throw new Error('the connection was closed')
        await Promise.race([once(socket, 'data'), once(socket, 'close')])
      }
      return received
    },
    close: () => socket.destroy(),
  }
}

/** The head of a request, with the blank line that ends it. */
export function head(
  method: string,
  path: string,
  headers: Readonly<Record<string, string | number>>,
): string {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(([n, v]) => `${n}: ${v}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`
}
