import type { ErrorCode } from '../domain/index.ts'
import type {
  AnswerContext,
  AnswerReport,
  RequestJob,
  RequestVerdict,
  ScanJob,
  ScanVerdict,
  StreamStep,
} from '../inspect/index.ts'
import type { Watch } from './watch.ts'

/** What a read of a stream brought. With the last one, or a refusal, comes the report, and the worker forgets the stream. */
export interface StreamNews extends StreamStep {
  readonly report: AnswerReport | undefined
}

/** What a worker is asked, and what it answers: plain data, large bytes moved. */
export interface Calls {
  request: { ask: RequestJob; answer: RequestVerdict }
  'json-answer': {
    ask: { body: Uint8Array; context: AnswerContext }
    answer: { body: Uint8Array; report: AnswerReport }
  }
  scan: { ask: ScanJob; answer: ScanVerdict }
  'stream-push': {
    /** `text`: whole events. `context` comes with the first read, and opens the stream. */
    ask: { stream: number; text: string; context: AnswerContext | undefined }
    answer: StreamNews
  }
  'stream-finish': { ask: { stream: number }; answer: AnswerReport }
  'stream-drop': { ask: { stream: number }; answer: undefined }
}

export type CallKind = keyof Calls

export interface Ask<K extends CallKind = CallKind> {
  readonly id: number
  readonly kind: K
  readonly ask: Calls[K]['ask']
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly code: ErrorCode; readonly message: string }

/** What a worker is sent: first the memory in which it says what it works on, then asks, several at a time. */
export type Sent = { readonly watch: Watch } | readonly Ask[]

/** The first message of a worker that can work; after it come lists of replies. */
export const READY = 'ready'

/**
 * The buffers of these bytes that can be moved instead of copied: those that the bytes fill. A pooled Buffer shares
 * its memory with others and cannot be moved.
 */
export function movable(...all: readonly Uint8Array[]): ArrayBuffer[] {
  return all
    .filter((bytes) => bytes.byteLength > 0 && bytes.byteLength === bytes.buffer.byteLength)
    .map((bytes) => bytes.buffer)
    .filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer)
}
