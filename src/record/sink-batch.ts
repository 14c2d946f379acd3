import { existsSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { checkpointsIn } from './checkpoint-file.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { logFiles } from './segments.ts'
import type { Cursor } from './sink-cursor.ts'

/** What is sent at once: lines of the log, and the checkpoints of what was sent. */
export interface Batch {
  readonly body: Buffer
  /** The records in it; none where it is of checkpoints alone. */
  readonly records: number
  /** Where the sink stands when it has it. */
  readonly next: Cursor
}

const PLACE = /,"seq":(\d{1,15}),"prev":"([0-9a-f]{64})","hash":"([0-9a-f]{64})"\}\}$/
const TAIL_LENGTH = 200
const NEWLINE = 0x0a

/**
 * The next batch behind a cursor; undefined when there is none.
 * @param upTo the last record that is on disk for good
 * @throws Error when the log does not go on where the cursor stands
 */
export async function nextBatch(
  directory: string,
  cursor: Cursor,
  upTo: number,
  mostBytes: number,
): Promise<Batch | undefined> {
  if (cursor.seq > upTo) {
    throw new Error(
      `the receiver has record ${cursor.seq}, the log ends at ${upTo}: it was cut short`,
    )
  }
  const { lines, at } = await nextLines(directory, cursor, upTo, mostBytes)
  const last = lines.at(-1)
  const seq = last?.seq ?? cursor.seq
  const signed = await nextCheckpoints(directory, cursor.checkpoints, seq)
  if (lines.length === 0 && signed.length === 0) return undefined
  return {
    body: Buffer.concat([...lines.map(({ bytes }) => bytes), signed]),
    records: lines.length,
    next: {
      ...at,
      seq,
      hash: last?.hash ?? cursor.hash,
      checkpoints: cursor.checkpoints + signed.length,
    },
  }
}

interface PlacedLine {
  readonly seq: number
  readonly prev: string
  readonly hash: string
  /** With its newline. */
  readonly bytes: Buffer
}

interface Lines {
  readonly lines: readonly PlacedLine[]
  readonly at: Pick<Cursor, 'first' | 'offset'>
}

async function nextLines(
  directory: string,
  cursor: Cursor,
  upTo: number,
  mostBytes: number,
): Promise<Lines> {
  let { first, offset } = cursor
  for (;;) {
    const file = fileAt(directory, first, cursor.seq)
    const here = { first: file.first, offset: file.first === first ? offset : 0 }
    const lines = await linesAt(file.path, here.offset, mostBytes)
    const durable = lines.filter(({ seq }) => seq <= upTo)
    const [next] = durable
    if (next !== undefined) {
      // Where files were removed by hand there is a gap, which the receiver sees; anything else is another log.
      if (file.first === first && (next.seq !== cursor.seq + 1 || next.prev !== cursor.hash)) {
        throw new Error(`the log does not go on behind record ${cursor.seq}: it was rewritten`)
      }
      const bytes = durable.reduce((sum, line) => sum + line.bytes.length, 0)
      return { lines: durable, at: { ...here, offset: here.offset + bytes } }
    }
    if (file.last === undefined || lines.length > 0) return { lines: [], at: here }
    first = file.last + 1
    offset = 0
  }
}

/** The file that begins with a record; where it was removed, the oldest that is left. */
function fileAt(
  directory: string,
  first: number,
  seq: number,
): { readonly path: string; readonly first: number; readonly last?: number } {
  const { closed, current } = logFiles(directory)
  const found =
    closed.find((file) => file.first === first) ?? closed.find((file) => file.last > seq)
  return found ?? { path: current, first: (closed.at(-1)?.last ?? 0) + 1 }
}

/** Whole lines from a place on, as many as fit, but one at least. */
async function linesAt(
  path: string,
  offset: number,
  mostBytes: number,
): Promise<readonly PlacedLine[]> {
  const handle = await open(path, 'r').catch(() => undefined)
  if (handle === undefined) return []
  try {
    for (let want = mostBytes; ; want *= 2) {
      const buffer = Buffer.alloc(want)
      const { bytesRead } = await handle.read(buffer, 0, want, offset)
      const lines = split(buffer.subarray(0, bytesRead))
      if (lines.length > 0 || bytesRead < want) return lines
    }
  } finally {
    await handle.close()
  }
}

function split(bytes: Buffer): readonly PlacedLine[] {
  const lines: PlacedLine[] = []
  let from = 0
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
    const tail = bytes.toString('latin1', Math.max(from, end - TAIL_LENGTH), end)
    const [, seq, prev, hash] = PLACE.exec(tail) ?? []
    if (seq === undefined || prev === undefined || hash === undefined) {
      throw new Error('a line of the log is no record; see `audit verify`')
    }
    lines.push({ seq: Number(seq), prev, hash, bytes: bytes.subarray(from, end + 1) })
    from = end + 1
  }
  return lines
}

const CHECKPOINT_BYTES = 1 << 16

async function nextCheckpoints(directory: string, offset: number, seq: number): Promise<Buffer> {
  const path = checkpointsIn(directory)
  if (!existsSync(path)) return Buffer.alloc(0)
  const handle = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(CHECKPOINT_BYTES)
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset)
    let end = 0
    for (;;) {
      const newline = buffer.subarray(0, bytesRead).indexOf(NEWLINE, end)
      const checkpoint = newline === -1 ? undefined : parseCheckpoint(buffer.subarray(end, newline))
      if (checkpoint === undefined || checkpoint.seq > seq) return buffer.subarray(0, end)
      end = newline + 1
    }
  } finally {
    await handle.close()
  }
}

/** Bytes of the log behind a cursor. */
export function backlogOf(directory: string, { first, offset, seq }: Cursor): number {
  const { closed, current } = logFiles(directory)
  const sizes = [...closed.filter(({ last }) => last > seq), { path: current }]
  const all = sizes.reduce((sum, { path }) => sum + sizeOf(path), 0)
  // What the sink has of the file that it is in.
  const inside = fileAt(directory, first, seq).first === first ? offset : 0
  const counted = sizes.some(({ path }) => path === fileAt(directory, first, seq).path)
  return Math.max(0, all - (counted ? inside : 0))
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
