import { createHmac, type KeyObject } from 'node:crypto'
import type { FrameRow, IndexBatch, Mark, RecordingIndex } from '../domain/index.ts'
import { openFrame } from './frame.ts'
import { decodeFrame, type FrameHead } from './head.ts'
import type { KeySlots, SessionKey } from './key-slots.ts'
import { unpacked } from './packing.ts'
import type { PlacedFrame, Segments } from './segments.ts'

/** Keeps an index up with the files. */
export interface IndexKeeper {
  /** The latest slot of a session, after catching up if need be. */
  slotOf(session: string): Promise<number | undefined>
  frames(slot: number): Promise<readonly FrameRow[]>
  /** Takes up what was just written; it is found from now on, and goes to the index a little later. */
  add(batch: IndexBatch): void
  /**
   * Indexes what stands behind the mark.
   * @throws Error when a frame there does not check
   */
  catchUp(): Promise<void>
  /** Writes to the index what was taken up. Never rejects: what could not be indexed is caught up with later. */
  flush(): Promise<void>
  /** The index itself, with everything that was taken up in it. */
  upToDate(): Promise<RecordingIndex>
}

/** One transaction for what a short time brings costs a fraction of one for each frame. */
const FLUSH_MS = 100
const MOST_HELD = 500

/** What the files hold between two marks and the index does not know of yet. */
interface Held {
  readonly rows: FrameRow[]
  readonly sessions: Map<number, string>
  /** The latest slot of each session. */
  readonly slots: Map<string, number>
  from: Mark | undefined
  to: Mark | undefined
}

/**
 * The files are the truth: frames are durable before the index knows of them, and whatever it missed, through a crash
 * or a full disk, it catches up with before it is asked again.
 */
export function indexKeeper(
  segments: Segments,
  slots: KeySlots,
  index: RecordingIndex,
): IndexKeeper {
  let behind = true
  let scanning: Promise<void> | undefined
  let flushing = Promise.resolve()
  let held = nothingHeld()
  /** On its way to the index. */
  let leaving = nothingHeld()
  let timer: NodeJS.Timeout | undefined

  async function scan(): Promise<void> {
    held = nothingHeld()
    leaving = nothingHeld()
    if (!reaches(segments, await index.mark())) await index.clear()
    let from = await index.mark()
    while (!isSame(from, segments.end())) {
      for await (const frames of segments.from(from)) {
        await slots.passOver(frames.map(({ slot }) => slot))
        const batch = batchOf(frames, slots, from)
        await index.add(batch)
        from = batch.to
      }
      const end = segments.end()
      // Behind the last frame of a segment and before the first of the next is the same place.
      if (from.segment < end.segment && end.offset === 0) {
        await index.add({ rows: [], sessions: new Map(), from, to: end })
        from = end
      }
    }
    behind = false
  }

  const catchUp = async (): Promise<void> => {
    if (!behind) return
    scanning ??= scan().finally(() => {
      scanning = undefined
    })
    await scanning
  }

  const write = async (): Promise<void> => {
    const { from, to, rows, sessions } = held
    if (from === undefined || to === undefined || behind) return
    leaving = held
    held = nothingHeld()
    try {
      await index.add({ rows, sessions, from, to })
      leaving = nothingHeld()
    } catch {
      behind = true
    }
  }

  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    flushing = flushing.then(write)
    return flushing
  }

  return {
    catchUp,
    flush,
    async slotOf(session) {
      await catchUp()
      return held.slots.get(session) ?? leaving.slots.get(session) ?? index.slotOf(session)
    },
    async frames(slot) {
      await catchUp()
      const indexed = await index.frames(slot)
      const last = indexed.at(-1)?.n ?? -1
      const here = [...leaving.rows, ...held.rows]
      return [...indexed, ...here.filter((row) => row.slot === slot && row.n > last)]
    },
    add(batch) {
      if (behind) return
      held.from ??= batch.from
      held.to = batch.to
      held.rows.push(...batch.rows)
      for (const [slot, session] of batch.sessions) {
        held.sessions.set(slot, session)
        held.slots.set(session, slot)
      }
      if (held.rows.length >= MOST_HELD) void flush()
      else timer ??= setTimeout(() => void flush(), FLUSH_MS).unref()
    },
    async upToDate() {
      await flush()
      await catchUp()
      return index
    },
  }
}

function nothingHeld(): Held {
  return { rows: [], sessions: new Map(), slots: new Map(), from: undefined, to: undefined }
}

/** Whether a mark stands in what is there: another index, or files that were cut, begin anew. */
function reaches(segments: Segments, { segment, offset }: Mark): boolean {
  const end = segments.end()
  return segment < end.segment || (segment === end.segment && offset <= end.offset)
}

function isSame(a: Mark, b: Mark): boolean {
  return a.segment === b.segment && a.offset === b.offset
}

function batchOf(frames: readonly PlacedFrame[], slots: KeySlots, from: Mark): IndexBatch {
  const keys = new Map<number, SessionKey | undefined>()
  const rows: FrameRow[] = []
  for (const { slot, segment, offset, length, bytes } of frames) {
    if (!keys.has(slot)) keys.set(slot, slots.readIfKnown(slot))
    const key = keys.get(slot)
    if (key === undefined) continue
    rows.push(rowOf(key, { slot, segment, offset, length }, opened(key, bytes, segment, offset)))
  }
  const last = frames.at(-1)
  const to =
    last === undefined ? from : { segment: last.segment, offset: last.offset + last.length }
  const sessions = new Map(
    [...keys.values()].flatMap((key) => (key === undefined ? [] : [[key.slot, key.session]])),
  )
  return { rows, sessions, from, to }
}

function opened(
  { key }: SessionKey,
  bytes: Buffer,
  segment: number,
  offset: number,
): ReturnType<typeof decodeFrame> {
  try {
    return decodeFrame(unpacked(openFrame(key, bytes)))
  } catch {
    // What the parser says would quote the text.
    throw new Error(`recordings segment ${segment} at byte ${offset}: a frame does not check`)
  }
}

type Place = Pick<FrameRow, 'slot' | 'segment' | 'offset' | 'length'>

/** What the index keeps of a frame. */
export function rowOf(
  { key }: SessionKey,
  place: Place,
  { head, leaves }: { readonly head: FrameHead; readonly leaves: readonly Uint8Array[] },
): FrameRow {
  const about = leaves[head.w - head.l[0]]
  return {
    ...place,
    n: head.n,
    at: head.t,
    exchange: head.x,
    direction: head.d,
    thread: head.h,
    ...(head.a === undefined ? {} : { begins: threadDigest(key, head.a) }),
    from: head.p ?? null,
    leaf: head.l[0],
    piece: head.c[0],
    info: JSON.stringify(head.i),
    ...(head.m === undefined ? {} : { marks: head.m }),
    ...(about === undefined ? {} : { about: Buffer.from(about).toString('utf8') }),
  }
}

/** What the index knows a thread by: who has not the session's key learns nothing of how it begins. */
export function threadDigest(key: KeyObject, thread: string): string {
  const digest = createHmac('sha256', key).update('thread\n').update(thread).digest('base64url')
  return digest.slice(0, 22)
}
