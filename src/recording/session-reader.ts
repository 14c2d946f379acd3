import type { FrameRow } from '../domain/index.ts'
import { openFrame } from './frame.ts'
import { decodeFrame, type OpenedFrame } from './head.ts'
import type { SessionKey } from './key-slots.ts'
import { unpacked } from './packing.ts'
import { fromRuns } from './runs.ts'
import type { Segments } from './segments.ts'

/** What is numbered through a session, and stands in the frame that brought it. */
type Numbered = 'leaf' | 'piece'

/** Where the frames of a session stand. */
export interface FramePlaces {
  /** @throws Error when there is no such frame */
  at(n: number): FrameRow | Promise<FrameRow>
  /** The frame that brought a leaf or a piece. */
  holding(number: number, of: Numbered): FrameRow | Promise<FrameRow>
  /** A frame as it stands on disk. */
  read(row: FrameRow): Promise<Buffer>
}

/** The frames of a session, read in any order. */
export interface FrameReader {
  /** @throws Error when the frame is not what was written */
  frame(n: number): Promise<OpenedFrame>
  leaf(number: number): Promise<Buffer>
  /** A piece: the letter of its kind, and its leaves by number. */
  piece(number: number): Promise<ReadPiece>
  /** The pieces of a frame's body, in order. */
  body(n: number): Promise<readonly number[]>
  /** The body, byte for byte. */
  bytes(n: number): Promise<Buffer>
}

export interface ReadPiece {
  readonly kind: string
  readonly bytes: Buffer
  readonly leaves: readonly (readonly [number: number, bytes: Buffer])[]
}

/** One session's recording, read in any order. */
export interface SessionReader extends FrameReader {
  /** In order. */
  readonly rows: readonly FrameRow[]
}

/** Frames that are kept decrypted at a time. */
const MOST_OPEN = 512

export function openReader(
  key: SessionKey,
  rows: readonly FrameRow[],
  segments: Segments,
): SessionReader {
  const places = { ...placesIn(rows), read: (row: FrameRow) => segments.read(row, row.length) }
  return { rows, ...openFrames(key, places) }
}

export function openFrames({ key }: SessionKey, places: FramePlaces): FrameReader {
  const open = new Map<number, Promise<OpenedFrame>>()
  const read = async (row: FrameRow): Promise<OpenedFrame> => {
    const bytes = await places.read(row)
    try {
      const frame = decodeFrame(unpacked(openFrame(key, bytes)))
      if (frame.head.n === row.n) return frame
    } catch {
      // Told below: what a parser says quotes the text.
    }
    throw new Error(`frame ${row.n} of a recording is not what was written`)
  }
  const opened = (row: FrameRow): Promise<OpenedFrame> => {
    const known = open.get(row.n)
    if (known !== undefined) return known
    if (open.size >= MOST_OPEN) open.clear()
    const reading = read(row)
    open.set(row.n, reading)
    return reading
  }
  const frame = async (n: number): Promise<OpenedFrame> => opened(await places.at(n))
  const leaf = async (number: number): Promise<Buffer> => {
    const { head, leaves } = await opened(await places.holding(number, 'leaf'))
    const found = leaves[number - head.l[0]]
    if (found === undefined) throw new Error('a recording lacks a text that it names')
    return found
  }
  const body = async (n: number): Promise<readonly number[]> => {
    const { head } = await frame(n)
    const own = fromRuns(head.b.r)
    if (head.b.of === undefined) return own
    const [before, count] = head.b.of
    return [...(await body(before)).slice(0, count), ...own]
  }
  const piece = async (number: number): Promise<ReadPiece> => {
    const { head } = await opened(await places.holding(number, 'piece'))
    const index = number - head.c[0]
    const runs = head.c[index + 1]
    if (typeof runs !== 'object') throw new Error('a recording lacks a piece that it names')
    const leaves = await Promise.all(
      fromRuns(runs).map(async (one) => [one, await leaf(one)] as const),
    )
    const bytes = Buffer.concat(leaves.map(([, text]) => text))
    return { kind: head.k[index] ?? '-', bytes, leaves }
  }
  return {
    frame,
    piece,
    async bytes(n) {
      const parts: Buffer[] = []
      for (const number of await body(n)) parts.push((await piece(number)).bytes)
      return Buffer.concat(parts)
    },
    leaf,
    body,
  }
}

function placesIn(rows: readonly FrameRow[]): Omit<FramePlaces, 'read'> {
  const at = (n: number): FrameRow => {
    const row = rows[n]
    if (row?.n !== n) throw new Error(`a recording has no frame ${n}`)
    return row
  }
  return {
    at,
    holding(number, of) {
      let low = 0
      let high = rows.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((rows[middle]?.[of] ?? Infinity) <= number) low = middle
        else high = middle - 1
      }
      return at(low)
    },
  }
}
