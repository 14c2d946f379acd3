import { hash } from 'node:crypto'
import type { PieceKind, Recorded, RecordedMark, RecordedPiece } from '../domain/index.ts'
import { encodeHead, type FrameHead } from './head.ts'
import { leavesOf } from './leaves.ts'
import { toRuns } from './runs.ts'

/** The next frame of a session. */
export interface NextFrame {
  readonly head: FrameHead
  /** Joined they are its text. */
  readonly parts: readonly Uint8Array[]
}

const LETTERS: Readonly<Record<PieceKind, string>> = {
  tools: 't',
  system: 's',
  message: 'm',
  block: 'b',
  around: 'a',
  between: '-',
}

/** A body that is named by another one goes back over so many frames at most. */
const DEEPEST = 32
/** Texts up to here are told apart by themselves, longer ones by their digests. */
const SHORT = 63
/** What a session weighs before it knows anything. */
const OF_ITSELF = 10

/** A conversation of its own inside the session. */
export interface Thread {
  readonly number: number
  /** Its latest request: frame, pieces, and over how many frames it goes back. */
  readonly frame: number
  readonly pieces: readonly number[]
  readonly depth: number
}

/** How far a session's recording had come when it goes on. */
export interface Resumed {
  readonly frames: number
  readonly leaves: number
  readonly pieces: number
  readonly threads: number
  readonly marks: readonly RecordedMark[]
  /** Threads of exchanges without an answer. */
  readonly open: ReadonlyMap<string, number>
}

/** What was read of a thread, with the leaves of the latest answers. */
export interface TakenUp {
  readonly key: string
  /** Undefined where no request has begun like this. */
  readonly thread: Thread | undefined
  readonly pieces: readonly {
    readonly number: number
    readonly kind: string
    readonly digest: string
    readonly leaves: readonly ReadLeaf[]
  }[]
  readonly said: readonly { readonly frame: number; readonly leaves: readonly ReadLeaf[] }[]
}

/** A leaf that was read: its number, and what it is told apart by. */
export interface ReadLeaf {
  readonly number: number
  readonly name: string
  readonly isLong: boolean
}

/**
 * What a session's recording holds already: numbers of leaves and pieces by their content. Of a session that goes on
 * it knows what was taken up; what it does not know is stored again, under a new number.
 */
export class SessionState {
  #next = 0
  #leafCount = 0
  #pieceCount = 0
  #threadCount = 0
  /** Of a session that goes on: threads that were looked up, whether found or not. */
  #lookedUp: Set<string> | undefined
  readonly #leaves = new Map<string, number>()
  readonly #pieces = new Map<string, number>()
  // Most sessions are short, and there are many of them: what they do not need is not made.
  #marks: Set<string> | undefined
  readonly #threads = new Map<string, Thread>()
  /** What is kept of first messages, by the digest of each. */
  readonly #beginnings = new Map<string, string>()
  /** Threads of exchanges without an answer yet. */
  #open: Map<string, number> | undefined
  /** Long leaves that an answer brought, and its frame. */
  #said: Map<number, number> | undefined

  /** @param resumed undefined for a session that begins */
  constructor(resumed?: Resumed) {
    if (resumed === undefined) return
    this.#next = resumed.frames
    this.#leafCount = resumed.leaves
    this.#pieceCount = resumed.pieces
    this.#threadCount = resumed.threads
    this.#lookedUp = new Set()
    for (const mark of resumed.marks) this.#isNewMark(mark)
    this.#open = new Map(resumed.open)
  }

  /** A measure of memory, some 100 bytes each: leaves and pieces that are known, and the session itself. */
  weight(): number {
    return OF_ITSELF + this.#leaves.size + this.#pieces.size
  }

  /**
   * Makes the next frame and counts it as written: when it does not reach the disk, the state MUST be thrown away.
   * @throws Error when a piece is not what its digest says
   */
  next(recorded: Recorded): NextFrame {
    const firstLeaf = this.#leafCount
    const firstPiece = this.#pieceCount
    const fresh: Uint8Array[] = []
    const added: number[][] = []
    let kinds = ''
    const leaf = (bytes: Uint8Array): number => {
      const name = leafName(bytes)
      const known = this.#leaves.get(name)
      if (known !== undefined) return known
      fresh.push(bytes)
      return this.#addLeaf(name)
    }
    const about = leaf(Buffer.from(JSON.stringify(recorded.about)))
    const pieces = recorded.pieces.map((piece) => {
      const name = pieceName(LETTERS[piece.kind], piece.digest)
      const known = this.#pieces.get(name)
      if (known !== undefined) return known
      const bytes = bytesOf(recorded, piece)
      if (sha256(bytes) !== piece.digest) throw new Error('a piece is not what its digest says')
      added.push(toRuns(leavesOf(bytes).map(leaf)))
      kinds += LETTERS[piece.kind]
      return this.#addPiece(name)
    })
    const frame = this.#next
    this.#next += 1
    const { thread, ...begun } = this.#placeOf(recorded, pieces, frame)
    if (recorded.direction === 'answer') {
      for (const [index, bytes] of fresh.entries()) this.#note(bytes, firstLeaf + index, frame)
    }
    const marks = recorded.marks.filter((mark) => this.#isNewMark(mark))
    const head: FrameHead = {
      n: frame,
      x: recorded.exchange,
      d: recorded.direction,
      t: recorded.at,
      h: thread.number,
      ...begun,
      w: about,
      l: [firstLeaf, ...fresh.map(({ byteLength }) => byteLength)],
      c: [firstPiece, ...added],
      k: kinds,
      b: bodyBy(recorded, thread, pieces),
      ...(marks.length === 0 ? {} : { m: marks }),
      i: { ...recorded.info },
    }
    return { head, parts: [encodeHead(head), ...fresh] }
  }

  /** Of a session that goes on: the thread of a request that has to be looked up before its frame is made. */
  lacks(recorded: Recorded): string | undefined {
    if (this.#lookedUp === undefined || recorded.direction === 'answer') return undefined
    const key = this.#threadKey(recorded)
    return this.#threads.has(key) || this.#lookedUp.has(key) ? undefined : key
  }

  /** Takes up what was looked up, and what was read with it: it is named by its number from now on. */
  takeUp({ key, thread, pieces, said }: TakenUp): void {
    this.#lookedUp?.add(key)
    if (thread !== undefined) this.#threads.set(key, thread)
    for (const { number, kind, digest, leaves } of pieces) {
      this.#pieces.set(pieceName(kind, digest), number)
      for (const leaf of leaves) this.#leaves.set(leaf.name, leaf.number)
    }
    for (const { frame, leaves } of said) {
      for (const { number, name, isLong } of leaves) {
        this.#leaves.set(name, number)
        if (isLong) this.#noteSaid(number, frame)
      }
    }
  }

  /** The thread of a frame as it was before it, and what begins with it. */
  #placeOf(
    recorded: Recorded,
    pieces: readonly number[],
    frame: number,
  ): { readonly thread: Thread; readonly a?: string; readonly p?: number } {
    const { exchange } = recorded
    if (recorded.direction === 'answer') {
      const number = this.#open?.get(exchange) ?? 0
      this.#open?.delete(exchange)
      if (this.#open?.size === 0) this.#open = undefined
      return { thread: { number, frame: 0, pieces: [], depth: DEEPEST } }
    }
    const key = this.#threadKey(recorded)
    const before = this.#threads.get(key)
    const number = before?.number ?? this.#threadCount++
    const thread = before ?? { number, frame, pieces: [], depth: DEEPEST }
    const depth = thread.depth >= DEEPEST ? 0 : thread.depth + 1
    this.#threads.set(key, { number, frame, pieces, depth })
    this.#open ??= new Map()
    this.#open.set(exchange, number)
    if (before !== undefined) return { thread }
    const from = this.#startedBy(recorded)
    return { thread, a: key, ...(from === undefined ? {} : { p: from }) }
  }

  /** Who asks, and with what its conversation begins. */
  #threadKey(recorded: Recorded): string {
    const index = recorded.pieces.findIndex(({ kind }) => kind === 'message')
    const { digest = '' } = recorded.pieces[index] ?? {}
    const beginning = this.#beginnings.get(digest) ?? digestOf(essence(recorded, index))
    this.#beginnings.set(digest, beginning)
    return `${recorded.about.agent ?? ''} ${beginning}`
  }

  /** The answer that gave the first message to a tool. */
  #startedBy(recorded: Recorded): number | undefined {
    const first = recorded.pieces.find(({ kind }) => kind === 'message')
    const said = this.#said
    if (first === undefined || said === undefined) return undefined
    return leavesOf(bytesOf(recorded, first))
      .filter(isLongText)
      .map((bytes) => said.get(this.#leaves.get(leafName(bytes)) ?? -1))
      .find((frame) => frame !== undefined)
  }

  #note(bytes: Uint8Array, leaf: number, frame: number): void {
    if (isLongText(bytes)) this.#noteSaid(leaf, frame)
  }

  #noteSaid(leaf: number, frame: number): void {
    this.#said ??= new Map()
    this.#said.set(leaf, frame)
  }

  #addLeaf(name: string): number {
    this.#leaves.set(name, this.#leafCount)
    return this.#leafCount++
  }

  #addPiece(name: string): number {
    this.#pieces.set(name, this.#pieceCount)
    return this.#pieceCount++
  }

  /** A mask that was remembered names no recognizer: the first time it was made one did. */
  #isNewMark(mark: RecordedMark): boolean {
    const [mask, , recognizer] = mark
    const name = mark.join(' ')
    this.#marks ??= new Set()
    const isNew = !this.#marks.has(recognizer === '' ? mask : name)
    this.#marks.add(name)
    this.#marks.add(mask)
    return isNew
  }
}

export function readLeaf(number: number, bytes: Uint8Array): ReadLeaf {
  return { number, name: leafName(bytes), isLong: isLongText(bytes) }
}

/** A body in terms of the one before it in its thread, as long as that does not go back too far. */
function bodyBy(recorded: Recorded, thread: Thread, pieces: readonly number[]): FrameHead['b'] {
  if (recorded.direction === 'answer' || thread.depth >= DEEPEST) return { r: toRuns(pieces) }
  let count = 0
  while (count < pieces.length && pieces[count] === thread.pieces[count]) count += 1
  return { of: [thread.frame, count], r: toRuns(pieces.slice(count)) }
}

/** What stays of a first message whatever the cache is told: its long texts, else all of it but `cache_control`. */
function essence(recorded: Recorded, index: number): string[] {
  const first = recorded.pieces[index]
  if (first === undefined) return []
  const bytes = bytesOf(recorded, first)
  const long = leavesOf(bytes).filter(isLongText)
  if (long.length > 0) return long.map(leafName)
  return [Buffer.from(bytes).toString('utf8').replaceAll(CACHE_CONTROL, '')]
}

const CACHE_CONTROL = /,?\s*"cache_control":\s*\{[^{}]*\}/g

/** A string, and not what stands between strings. */
function isLongText(leaf: Uint8Array): boolean {
  return leaf.byteLength > SHORT && leaf[0] === 0x22
}

function bytesOf(recorded: Recorded, { start, end }: RecordedPiece): Uint8Array {
  return recorded.bytes.subarray(start, end)
}

function leafName(bytes: Uint8Array): string {
  if (bytes.byteLength > SHORT) return hash('sha256', bytes, 'base64')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

const PIECE_NAME = Buffer.alloc(21)

/** The letter and 160 bits of the digest, as a string of its own: parts of strings would keep these as a whole. */
function pieceName(letter: string, digest: string): string {
  PIECE_NAME.write(letter, 0, 1, 'latin1')
  PIECE_NAME.write(digest, 1, 20, 'hex')
  return PIECE_NAME.toString('latin1')
}

function sha256(bytes: Uint8Array): string {
  return hash('sha256', bytes)
}

function digestOf(texts: readonly string[]): string {
  return hash('sha256', JSON.stringify(texts), 'base64url').slice(0, 16)
}
