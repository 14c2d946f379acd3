import { createServer, type Server } from 'node:http'
import { close, listen } from '../../src/demo/loopback.ts'
import type { AuditRecord, Checkpoint } from '../../src/schema/index.ts'

/** A receiver of the audit log on loopback. */
export interface LogReceiver {
  readonly url: URL
  /** Batches that it has answered with 2xx, as they came. */
  readonly batches: { readonly id: string; readonly authorization: string; readonly body: string }[]
  /** What it answers from now on: a status; nothing at all; or 200 behind a connection that is cut. */
  answer: number | 'nothing' | 'cut'
  attempts: number
  records(): AuditRecord[]
  checkpoints(): Checkpoint[]
  close(): Promise<void>
}

export async function startLogReceiver(port = 0): Promise<LogReceiver> {
  const server: Server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      receiver.attempts += 1
      const { 'x-phigate-batch': id, authorization = '' } = request.headers
      const { answer } = receiver
      const takes = answer === 'cut' || (typeof answer === 'number' && answer < 300)
      if (takes) receiver.batches.push({ id: String(id), authorization, body })
      if (answer === 'nothing' || answer === 'cut') request.socket.destroy()
      else response.writeHead(answer, { location: '/elsewhere' }).end()
    })
  })
  const at = await listen(server, port)
  const lines = (): unknown[] =>
    receiver.batches.flatMap(({ body }) =>
      body
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as unknown),
    )
  const isCheckpoint = (line: unknown): line is Checkpoint =>
    typeof line === 'object' && line !== null && 'signature' in line
  const receiver: LogReceiver = {
    url: new URL('/logs', at),
    batches: [],
    answer: 200,
    attempts: 0,
    records: () => lines().filter((line): line is AuditRecord => !isCheckpoint(line)),
    checkpoints: () => lines().filter(isCheckpoint),
    close: () => close(server),
  }
  return receiver
}
