import type { MessagePort } from 'node:worker_threads'
import { GatewayError, toError } from '../domain/index.ts'
import {
  inspectJsonAnswer,
  inspectRequest,
  inspectStream,
  type Inspector,
  type StreamInspection,
} from '../inspect/index.ts'
import { movable, READY, type Ask, type CallKind, type Calls, type Reply } from './protocol.ts'

/** Answers the asks of the main thread, one after the other. */
export function serveInspection(port: MessagePort, by: Inspector): void {
  const streams = new Map<number, StreamInspection>()
  const streamOf = (stream: number): StreamInspection => {
    const found = streams.get(stream)
    if (found === undefined) throw new Error('a stream that was not opened')
    return found
  }
  const handlers: { [K in CallKind]: (ask: Calls[K]['ask']) => Promise<Calls[K]['answer']> } = {
    request: (ask) => inspectRequest(ask, by),
    'json-answer': ({ body, context }) => inspectJsonAnswer(body, context, by),
    'stream-open': async ({ stream, context }) => {
      streams.set(stream, inspectStream(context, by))
    },
    'stream-push': async ({ stream, events }) => streamOf(stream).push(events),
    'stream-finish': ({ stream }) => streamOf(stream).finish(),
    'stream-drop': async ({ stream }) => {
      streams.delete(stream)
    },
  }
  const handle = async <K extends CallKind>(message: Ask<K>): Promise<void> => {
    try {
      const value = await handlers[message.kind](message.ask)
      const reply: Reply = { id: message.id, ok: true, value }
      port.postMessage(reply, bytesOf(value))
    } catch (thrown) {
      port.postMessage(failure(message.id, thrown))
    }
  }
  port.on('message', (message: Ask) => {
    void handle(message)
  })
  port.postMessage(READY)
}

function bytesOf(value: unknown): ArrayBuffer[] {
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
