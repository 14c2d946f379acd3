import { GatewayError } from '../domain/index.ts'
import type {
  AnswerContext,
  AnswerReport,
  RequestJob,
  RequestVerdict,
  ScanJob,
  ScanVerdict,
} from '../inspect/index.ts'
import { Lane } from './lane.ts'
import { movable, type CallKind, type Calls, type StreamNews } from './protocol.ts'
import { Slot, type StartWorker } from './slot.ts'

export interface LaneLimits {
  /** Bodies up to this size go to the lane of the small ones. */
  readonly smallBodyBytes: number
  /** CPU time that a task may take, and so much more for each megabyte. */
  readonly inspectionBaseMs: number
  readonly inspectionPerMegabyteMs: number
}

/** A streamed answer whose decoder lives in one worker, from the first read on. */
export interface StreamHandle {
  /**
   * @param text whole events
   * @param bytes of the stream so far: a block is inspected when its last ones come, and all of it may be held by then
   */
  push(text: string, bytes: number): Promise<StreamNews>
  /** The report of a stream that breaks off; where it came to its end, the one that came with that. */
  finish(): Promise<AnswerReport>
  /** Forgets the stream, whatever its state. */
  drop(): void
}

/** How a lane is doing. */
export interface LaneState {
  readonly lane: 'small' | 'large'
  readonly waiting: number
  /** Workers that died or were ended, since the start. */
  readonly kills: number
}

/**
 * The inspection in worker threads. Two lanes, because one worker for all lets a large body stall every small one.
 * @throws GatewayError `inspection-failed` when a task takes too long or its worker dies: the exchange is refused
 */
export interface Lanes {
  inspect(job: RequestJob, unseenBytes: number): Promise<RequestVerdict>
  inspectAnswer(
    body: Uint8Array,
    context: AnswerContext,
  ): Promise<{ body: Uint8Array; report: AnswerReport }>
  openStream(context: AnswerContext, unseenBytes: number): StreamHandle
  /** Looks at what was recorded, in the lane of the large ones. */
  scan(job: ScanJob): Promise<ScanVerdict>
  ready(): boolean
  state(): readonly LaneState[]
  whenReady(): Promise<void>
  stop(): Promise<void>
}

const MEGABYTE = 1024 * 1024
/** Up to here a copy costs no more than moving the memory, and it can be given to another worker. */
const COPIED_BYTES = 16 * 1024

export function startLanes(start: StartWorker, limits: LaneLimits): Lanes {
  let spare: Slot | undefined
  let stopped = false
  let begun = false
  const keepSpare = (): void => {
    if (!stopped) spare = new Slot(start)
  }
  const take = (): Slot => {
    const next = spare !== undefined && !spare.dead ? spare : new Slot(start)
    spare = undefined
    if (begun) keepSpare()
    return next
  }
  const small = new Lane(take)
  const large = new Lane(take)
  // After those that are waited for: a worker that starts takes the processor, and twice the memory that it keeps.
  void Promise.all([small.whenReady(), large.whenReady()]).then(() => {
    begun = true
    if (spare === undefined) keepSpare()
  })
  const laneFor = (bytes: number): Lane => (bytes <= limits.smallBodyBytes ? small : large)
  const budget = (bytes: number): number =>
    limits.inspectionBaseMs + Math.ceil((bytes / MEGABYTE) * limits.inspectionPerMegabyteMs)
  const call = <K extends CallKind>(
    lane: Lane,
    kind: K,
    ask: Calls[K]['ask'],
    bytes: number,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Calls[K]['answer']> =>
    new Promise((resolve, reject) => {
      lane.push({
        message: { kind, ask },
        transfer: bytes > COPIED_BYTES ? transfer : [],
        replayable: bytes <= COPIED_BYTES && !kind.startsWith('stream-'),
        budgetMs: budget(bytes),
        reject,
        resolve: (value) => resolve(value as Calls[K]['answer']),
      })
    })
  let streams = 0
  return {
    inspect: (job, unseen) =>
      call(laneFor(unseen), 'request', job, job.body.byteLength, movable(job.body)),
    inspectAnswer: (body, context) => {
      const bytes = body.byteLength + context.restore.byteLength
      const transfer = movable(body, context.restore)
      return call(laneFor(body.byteLength), 'json-answer', { body, context }, bytes, transfer)
    },
    scan: (job) => call(large, 'scan', job, job.body.byteLength, movable(job.body)),
    openStream: (context, unseen) => streamHandle(laneFor(unseen), ++streams, context, call),
    ready: () => small.ready && large.ready,
    state: () => [
      { lane: 'small', waiting: small.waiting, kills: small.generation },
      { lane: 'large', waiting: large.waiting, kills: large.generation },
    ],
    whenReady: async () => {
      await Promise.all([small.whenReady(), large.whenReady()])
    },
    stop: async () => {
      stopped = true
      await Promise.all([small.stop(), large.stop(), spare?.stop()])
    },
  }
}

function streamHandle(
  lane: Lane,
  stream: number,
  context: AnswerContext,
  call: <K extends CallKind>(
    lane: Lane,
    kind: K,
    ask: Calls[K]['ask'],
    bytes: number,
    transfer?: readonly ArrayBuffer[],
  ) => Promise<Calls[K]['answer']>,
): StreamHandle {
  /** Of the worker that has the stream. */
  let generation: number | undefined
  let report: AnswerReport | undefined
  const ask = async <K extends CallKind>(
    kind: K,
    message: Calls[K]['ask'],
    bytes: number,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Calls[K]['answer']> => {
    generation ??= lane.generation
    if (lane.generation === generation) return call(lane, kind, message, bytes, transfer)
    const lost = 'the worker that inspected this stream is gone'
    throw new GatewayError('inspection-failed', lost)
  }
  let soFar = 0
  const push = async (text: string, bytes: number): Promise<StreamNews> => {
    soFar = bytes
    const isFirst = generation === undefined
    const { restore } = context
    const news = isFirst
      ? await ask('stream-push', { stream, text, context }, bytes, movable(restore))
      : await ask('stream-push', { stream, text, context: undefined }, bytes)
    report = news.report
    return news
  }
  return {
    push,
    async finish() {
      if (generation === undefined) await push('', 0)
      report ??= await ask('stream-finish', { stream }, soFar)
      return report
    },
    drop() {
      // The worker has forgotten it already, never had it, or is gone with it.
      if (report !== undefined || generation !== lane.generation) return
      ask('stream-drop', { stream }, 0).catch(() => {})
    },
  }
}
