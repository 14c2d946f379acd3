import { createServer, request as forward, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as a client sent it, and the status it got. */
export interface SentRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  status: number | undefined
}

/** Stands between a client and the gateway, and keeps the bytes that the client sent. */
export interface Recorder {
  readonly url: URL
  readonly sent: readonly SentRequest[]
  /** The messages.create calls among them. */
  posts(): SentRequest[]
  forget(): void
  close(): Promise<void>
}

export async function startRecorder(target: URL): Promise<Recorder> {
  const sent: SentRequest[] = []
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const { method = '', url = '', headers } = req
      const body = Buffer.concat(chunks)
      const entry: SentRequest = { method, url, headers, body, status: undefined }
      sent.push(entry)
      const to = { host: target.hostname, port: target.port, path: url, method, headers }
      const onward = forward(to, (answer) => {
        entry.status = answer.statusCode
        res.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(res)
        answer.on('error', () => res.destroy())
      })
      onward.on('error', () => res.destroy())
      res.on('close', () => onward.destroy())
      onward.end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    sent,
    posts: () =>
      sent.filter(({ method, url }) => method === 'POST' && /\/v1\/messages(?:\?|$)/.test(url)),
    forget: () => sent.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
