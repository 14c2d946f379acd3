import type { MessagePort } from 'node:worker_threads'
import { GatewayError, toError } from '../domain/index.ts'
import {
  inspectJsonAnswer,
  inspectRequest,
  inspectStream,
  scanRecorded,
  type AnswerReport,
  type Inspector,
  type StreamInspection,
} from '../inspect/index.ts'
import {
  movable,
  READY,
  type Ask,
  type CallKind,
  type Calls,
  type Reply,
  type Sent,
} from './protocol.ts'
import { writeWatch, type Watch } from './watch.ts'

/** Answers the asks of the main thread, one after the other. */
export function serveInspection(port: MessagePort, by: Inspector): void {
  const streams = new Map<number, StreamInspection>()
  const streamOf = (stream: number): StreamInspection => {
    const found = streams.get(stream)
    if (found === undefined) throw new Error('a stream that was not opened')
    return found
  }
  const finish = (stream: number): Promise<AnswerReport> => {
    const inspection = streamOf(stream)
    streams.delete(stream)
    return inspection.finish()
  }
  const handlers: { [K in CallKind]: (ask: Calls[K]['ask']) => Promise<Calls[K]['answer']> } = {
    request: (ask) => inspectRequest(ask, by),
    'json-answer': ({ body, context }) => inspectJsonAnswer(body, context, by),
    scan: async (ask) => scanRecorded(ask, by),
    'stream-push': async ({ stream, text, context }) => {
      if (context !== undefined) streams.set(stream, inspectStream(context, by))
      const step = streamOf(stream).push(text)
      const isLast = step.ended !== undefined || step.refused !== undefined
      return { ...step, report: isLast ? await finish(stream) : undefined }
    },
    'stream-finish': ({ stream }) => finish(stream),
    'stream-drop': async ({ stream }) => {
      streams.delete(stream)
    },
  }
  const handle = async <K extends CallKind>({ id, kind, ask }: Ask<K>): Promise<Reply> => {
    try {
      return { id, ok: true, value: await handlers[kind](ask) }
    } catch (thrown) {
      return failure(id, thrown)
    }
  }
  const outbox = openOutbox(port)
  let watch: Watch | undefined
  const work = async (asks: readonly Ask[]): Promise<void> => {
    for (const ask of asks) {
      if (watch !== undefined) writeWatch(watch, ask.id)
      outbox.add(await handle(ask))
    }
    outbox.flush()
  }
  let working = Promise.resolve()
  port.on('message', (message: Sent) => {
    if ('watch' in message) watch = message.watch
    else working = working.then(() => work(message))
  })
  port.postMessage(READY)
}

/** Replies that are ready within this time of each other travel together: each message wakes the main thread. */
const TOGETHER_MS = 1

function openOutbox(port: MessagePort): { add(reply: Reply): void; flush(): void } {
  let replies: Reply[] = []
  let since = 0
  const flush = (): void => {
    if (replies.length === 0) return
    const together = replies
    replies = []
    try {
      port.postMessage(together, together.flatMap(bytesOf))
    } catch (thrown) {
      port.postMessage(together.map(({ id }) => failure(id, thrown)))
    }
  }
  return {
    flush,
    add(reply) {
      const now = performance.now()
      if (replies.length === 0) since = now
      replies.push(reply)
      if (now - since >= TOGETHER_MS) flush()
    },
  }
}

function bytesOf(reply: Reply): ArrayBuffer[] {
  const value = reply.ok ? reply.value : undefined
  if (typeof value !== 'object' || value === null) return []
  const { body, context } = value as { body?: Uint8Array; context?: { restore: Uint8Array } }
  return movable(...[body, context?.restore].filter((bytes) => bytes !== undefined))
}

/** An error of a stage may hold anything in its text: only our own messages leave the worker. */
function failure(id: number, thrown: unknown): Reply {
  if (thrown instanceof GatewayError) {
    return { id, ok: false, code: thrown.code, message: thrown.message }
  }
  const message = `the inspection failed (${toError(thrown).name})`
  return { id, ok: false, code: 'inspection-failed', message }
}
