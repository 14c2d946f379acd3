import { createHash } from 'node:crypto'
import type { FrameRow, RecordingIndex } from '../domain/index.ts'
import { threadDigest } from './index-keeper.ts'
import type { SessionKey } from './key-slots.ts'
import type { Segments } from './segments.ts'
import { openFrames, type FramePlaces, type FrameReader } from './session-reader.ts'
import { SessionState, type TakenUp } from './session-state.ts'

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
const AT_ONCE = 32

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
  const reader = openFrames(keyOf, placesIn(slot, index, last), segments)
  const { head } = await reader.frame(last.n)
  const state = new SessionState({
    frames: last.n + 1,
    leaves: head.l[0] + head.l.length - 1,
    pieces: head.c[0] + head.c.length - 1,
    threads: await index.threads(slot),
    marks: await index.marks(slot),
    open: openExchanges(latest),
  })
  const answers = latest.filter(isAnswer).slice(-LATEST_ANSWERS)
  return {
    state,
    async lookUp(key) {
      const found = await index.thread(slot, threadDigest(keyOf.key, key))
      // One that begins now shares tools and system prompt with the beginning of another.
      const like = found ?? (await index.thread(slot, last.thread))
      if (like === undefined) return nothing(key)
      const from = found === undefined ? like.first : like.last
      const body = await reader.body(from)
      const pieces = await piecesOf(reader, body)
      const said = []
      const answer = found === undefined ? undefined : await answerTo(reader, index, slot, from)
      for (const { n } of answer === undefined ? answers : [...answers, answer]) {
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
  for (let at = 0; at < body.length; at += AT_ONCE) {
    const some = body.slice(at, at + AT_ONCE)
    const read = await Promise.all(some.map((number) => reader.piece(number)))
    for (const [index, { kind, bytes, leaves }] of read.entries()) {
      const digest = createHash('sha256').update(bytes).digest('hex')
      pieces.push({ number: some[index] ?? 0, kind, digest, leaves })
    }
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
async function leavesOf(
  reader: FrameReader,
  n: number,
): Promise<readonly (readonly [number, Buffer])[]> {
  const { head, leaves } = await reader.frame(n)
  return leaves.map((bytes, at) => [head.l[0] + at, bytes] as const)
}

/** Over how many frames a body goes back. */
async function depthOf(reader: FrameReader, n: number): Promise<number> {
  let depth = 0
  for (let { head } = await reader.frame(n); head.b.of !== undefined; depth += 1) {
    ;({ head } = await reader.frame(head.b.of[0]))
  }
  return depth
}

/** Found by halves: the frames of a long session are not read for it, and neither are all of their places. */
function placesIn(slot: number, index: RecordingIndex, last: FrameRow): FramePlaces {
  const known = new Map<number, FrameRow>([[last.n, last]])
  const at = async (n: number): Promise<FrameRow> => {
    const row = known.get(n) ?? (await index.frame(slot, n))
    if (row === undefined) throw new Error(`a recording has no frame ${n}`)
    known.set(n, row)
    return row
  }
  return {
    at,
    async holding(number, of) {
      let low = 0
      let high = last.n
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((await at(middle))[of] <= number) low = middle
        else high = middle - 1
      }
      return at(low)
    },
  }
}
