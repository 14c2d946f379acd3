import type { FrameRow } from '../domain/index.ts'
import { openFrame } from './frame.ts'
import { decodeFrame, type OpenedFrame } from './head.ts'
import type { SessionKey } from './key-slots.ts'
import { unpacked } from './packing.ts'
import { fromRuns } from './runs.ts'
import type { Segments } from './segments.ts'

/** One session's recording, read in any order. */
export interface SessionReader {
  /** In order. */
  readonly rows: readonly FrameRow[]
  /** @throws Error when the frame is not what was written */
  frame(n: number): Promise<OpenedFrame>
  all(): AsyncGenerator<OpenedFrame>
  leaf(number: number): Promise<Buffer>
  /** A piece, and the letter of its kind. */
  piece(number: number): Promise<{ readonly kind: string; readonly bytes: Buffer }>
  /** The pieces of a frame's body, in order. */
  body(n: number): Promise<readonly number[]>
  /** The body, byte for byte. */
  bytes(n: number): Promise<Buffer>
}

/** Frames that are kept decrypted at a time. */
const MOST_OPEN = 512
const AT_ONCE = 32

export function openReader(
  { key }: SessionKey,
  rows: readonly FrameRow[],
  segments: Segments,
): SessionReader {
  const open = new Map<number, Promise<OpenedFrame>>()
  const read = async (row: FrameRow): Promise<OpenedFrame> => {
    const bytes = await segments.read(row, row.length)
    try {
      const frame = decodeFrame(unpacked(openFrame(key, bytes)))
      if (frame.head.n === row.n) return frame
    } catch {
      // Told below: what a parser says quotes the text.
    }
    throw new Error(`frame ${row.n} of a recording is not what was written`)
  }
  const frame = (n: number): Promise<OpenedFrame> => {
    const known = open.get(n)
    if (known !== undefined) return known
    const row = rows[n]
    if (row?.n !== n) throw new Error(`a recording has no frame ${n}`)
    if (open.size >= MOST_OPEN) open.clear()
    const reading = read(row)
    open.set(n, reading)
    return reading
  }
  const leaf = async (number: number): Promise<Buffer> => {
    const { head, leaves } = await frame(lastUpTo(rows, number, 'leaf'))
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
  const piece: SessionReader['piece'] = async (number) => {
    const { head } = await frame(lastUpTo(rows, number, 'piece'))
    const index = number - head.c[0]
    const runs = head.c[index + 1]
    if (typeof runs !== 'object') throw new Error('a recording lacks a piece that it names')
    const leaves = await Promise.all(fromRuns(runs).map(leaf))
    return { kind: head.k[index] ?? '-', bytes: Buffer.concat(leaves) }
  }
  return {
    rows,
    frame,
    piece,
    async bytes(n) {
      const parts: Buffer[] = []
      for (const number of await body(n)) parts.push((await piece(number)).bytes)
      return Buffer.concat(parts)
    },
    leaf,
    body,
    async *all() {
      for (let from = 0; from < rows.length; from += AT_ONCE) {
        yield* await Promise.all(rows.slice(from, from + AT_ONCE).map(({ n }) => frame(n)))
      }
    },
  }
}

/** The last frame that begins at or before a number and has something of it. */
function lastUpTo(rows: readonly FrameRow[], number: number, of: 'leaf' | 'piece'): number {
  let low = 0
  let high = rows.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((rows[middle]?.[of] ?? Infinity) <= number) low = middle
    else high = middle - 1
  }
  return low
}
