import { createHash } from 'node:crypto'
import { setImmediate as othersFirst } from 'node:timers/promises'
import type { FrameRow, RecordingIndex } from '../domain/index.ts'
import { threadDigest } from './index-keeper.ts'
import type { SessionKey } from './key-slots.ts'
import type { Segments } from './segments.ts'
import { openFrames, type FramePlaces, type FrameReader } from './session-reader.ts'
import { readLeaf, SessionState, type ReadLeaf, type TakenUp } from './session-state.ts'

/** A recorded session that goes on. */
export interface Resuming {
  readonly state: SessionState
  /** Reads what a thread's next request is likely to hold: its latest body, and the answer to that. */
  lookUp(key: string): Promise<TakenUp>
}

/** Frames that are looked at for exchanges without an answer, and for answers whose texts may come back. */
const LATEST = 256
const LATEST_ANSWERS = 16
/** How far behind a request its answer is looked for. */
const ANSWER_WITHIN = 1024
/** Pieces that are read before others have their turn. */
const AT_ONCE = 16

/**
 * Reads of a session what its next exchange needs, however long it is: places come from the index, texts from the
 * frames of one body.
 */
export async function resume(
  keyOf: SessionKey,
  index: RecordingIndex,
  segments: Segments,
): Promise<Resuming> {
  const { slot } = keyOf
  const latest = await index.lastFrames(slot, LATEST)
  const last = latest.at(-1)
  if (last === undefined) return { state: new SessionState(), lookUp: nothing }
  const { n: end, thread: latestThread } = last
  // Anew each time: what was read is not kept for as long as the session is.
  const open = (): FrameReader => openFrames(keyOf, placesIn(slot, index, segments, end))
  const { head } = await open().frame(end)
  const state = new SessionState({
    frames: end + 1,
    leaves: head.l[0] + head.l.length - 1,
    pieces: head.c[0] + head.c.length - 1,
    threads: await index.threads(slot),
    marks: await index.marks(slot),
    open: openExchanges(latest),
  })
  const answers = latest
    .filter(isAnswer)
    .slice(-LATEST_ANSWERS)
    .map(({ n }) => n)
  return {
    state,
    async lookUp(key) {
      const reader = open()
      const found = await index.thread(slot, threadDigest(keyOf.key, key))
      // One that begins now shares tools and system prompt with the beginning of another.
      const like = found ?? (await index.thread(slot, latestThread))
      if (like === undefined) return nothing(key)
      const from = found === undefined ? like.first : like.last
      const body = await reader.body(from)
      const pieces = await piecesOf(reader, body)
      const answer = found === undefined ? undefined : await answerTo(reader, index, slot, from)
      const said = []
      for (const n of answer === undefined ? answers : [...answers, answer.n]) {
        said.push({ frame: n, leaves: await leavesOf(reader, n) })
      }
      if (found === undefined) return { key, thread: undefined, pieces, said }
      const depth = await depthOf(reader, from)
      const thread = { number: found.thread, frame: from, pieces: body, depth }
      return { key, thread, pieces, said }
    },
  }
}

async function nothing(key: string): Promise<TakenUp> {
  return { key, thread: undefined, pieces: [], said: [] }
}

/** Threads of the exchanges that have no answer yet. */
function openExchanges(rows: readonly FrameRow[]): ReadonlyMap<string, number> {
  const answered = new Set(rows.filter(isAnswer).map(({ exchange }) => exchange))
  const waiting = rows.filter((row) => !isAnswer(row) && !answered.has(row.exchange))
  return new Map(waiting.map(({ exchange, thread }) => [exchange, thread]))
}

function isAnswer({ direction }: FrameRow): boolean {
  return direction === 'answer'
}

async function piecesOf(
  reader: FrameReader,
  body: readonly number[],
): Promise<TakenUp['pieces'][number][]> {
  const pieces: TakenUp['pieces'][number][] = []
  for (const [at, number] of body.entries()) {
    if (at % AT_ONCE === 0) await othersFirst()
    const { kind, bytes, leaves } = await reader.piece(number)
    const digest = createHash('sha256').update(bytes).digest('hex')
    pieces.push({ number, kind, digest, leaves: leaves.map(([one, text]) => readLeaf(one, text)) })
  }
  return pieces
}

async function answerTo(
  reader: FrameReader,
  index: RecordingIndex,
  slot: number,
  request: number,
): Promise<{ readonly n: number } | undefined> {
  const { head } = await reader.frame(request)
  return index.answerTo(slot, head.x, request, ANSWER_WITHIN)
}

/** The leaves that a frame brought. */
async function leavesOf(reader: FrameReader, n: number): Promise<readonly ReadLeaf[]> {
  const { head, leaves } = await reader.frame(n)
  return leaves.map((bytes, at) => readLeaf(head.l[0] + at, bytes))
}

/** Over how many frames a body goes back. */
async function depthOf(reader: FrameReader, n: number): Promise<number> {
  let depth = 0
  for (let { head } = await reader.frame(n); head.b.of !== undefined; depth += 1) {
    ;({ head } = await reader.frame(head.b.of[0]))
  }
  return depth
}

/** Frames whose places are asked for at a time. */
const TOGETHER = 64
/** They are read at a time as well where they stand close together: no more bytes than so many, most of them theirs. */
const MOST_BYTES = 256 * 1024

/** Frames that follow each other in the session. */
interface Stretch {
  readonly rows: readonly FrameRow[]
  bytes: Promise<Buffer> | undefined
}

/** Found by halves: the frames of a long session are not read for it, and neither are all of their places. */
function placesIn(
  slot: number,
  index: RecordingIndex,
  segments: Segments,
  end: number,
): FramePlaces {
  const stretches = new Map<number, Stretch>()
  const stretchOf = (n: number): Stretch | undefined => stretches.get(Math.floor(n / TOGETHER))
  const known = (n: number): FrameRow | undefined => stretchOf(n)?.rows[n % TOGETHER]
  const asked = async (n: number): Promise<FrameRow> => {
    const from = n - (n % TOGETHER)
    const rows = await index.frames(slot, from, from + TOGETHER - 1)
    stretches.set(from / TOGETHER, { rows, bytes: undefined })
    const row = known(n)
    if (row?.n !== n) throw new Error(`a recording has no frame ${n}`)
    return row
  }
  const at = (n: number): FrameRow | Promise<FrameRow> => known(n) ?? asked(n)
  return {
    at,
    async holding(number, of) {
      let low = 0
      let high = end
      while (low < high) {
        const middle = (low + high + 1) >> 1
        const row = known(middle) ?? (await asked(middle))
        if (row[of] <= number) low = middle
        else high = middle - 1
      }
      return at(low)
    },
    async read(row) {
      const stretch = stretchOf(row.n)
      const [first, last] = [stretch?.rows[0], stretch?.rows.at(-1)]
      if (stretch === undefined || first === undefined || last === undefined) {
        return segments.read(row, row.length)
      }
      if (!isClose(stretch.rows, first, last)) return segments.read(row, row.length)
      stretch.bytes ??= segments.read(first, last.offset + last.length - first.offset)
      const start = row.offset - first.offset
      return (await stretch.bytes).subarray(start, start + row.length)
    },
  }
}

function isClose(rows: readonly FrameRow[], first: FrameRow, last: FrameRow): boolean {
  const span = last.offset + last.length - first.offset
  if (first.segment !== last.segment || span > MOST_BYTES) return false
  return span <= 2 * rows.reduce((sum, { length }) => sum + length, 0)
}
