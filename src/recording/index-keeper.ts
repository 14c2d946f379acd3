import { readLines } from '../durable/index.ts'
import type { IndexedPiece, Location, RecordingIndex } from './recording-index.ts'
import { decodePiece } from './recording-line.ts'

/** Keeps an index up with the recordings file. */
export interface IndexKeeper {
  /** Where pieces stand, after catching up if need be. */
  find(session: string, digests: readonly string[]): Promise<readonly (Location | undefined)[]>
  /** Takes up what was just written; it is found from now on, and goes to the index a little later. */
  add(pieces: readonly IndexedPiece[], from: number, to: number): void
  /**
   * Indexes what stands behind the mark.
   * @throws Error when a line there does not check
   */
  catchUp(): Promise<void>
  /** Writes to the index what was taken up. Never rejects: what could not be indexed is caught up with later. */
  flush(): Promise<void>
}

/** One transaction for what a short time brings costs a fraction of one for each piece. */
const FLUSH_MS = 100
const MOST_HELD = 500

/**
 * The file is the truth: pieces are durable before the index knows of them, and whatever it missed, through a crash or
 * a full disk, it catches up with before it is asked again.
 */
export function indexKeeper(
  path: string,
  index: RecordingIndex,
  fileLength: () => number,
): IndexKeeper {
  let behind = true
  let scanning: Promise<void> | undefined
  let held: Held = nothingHeld(0)
  /** On its way to the index. */
  let leaving: Held = nothingHeld(0)
  let timer: NodeJS.Timeout | undefined

  async function scan(): Promise<void> {
    held = nothingHeld(0)
    if ((await index.mark()) > fileLength()) await index.clear()
    let mark = await index.mark()
    while (mark < fileLength()) {
      const reached = await scanTo(path, index, mark, fileLength())
      if (reached === mark) throw new Error('the index and recordings.ndjson do not meet')
      mark = reached
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

  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    if (held.pieces.size === 0 || behind) return
    leaving = held
    held = nothingHeld(leaving.to)
    try {
      await index.add([...leaving.pieces.values()], leaving.from, leaving.to)
    } catch {
      behind = true
    }
  }

  return {
    catchUp,
    flush,
    find: async (session, digests) => {
      await catchUp()
      const known = digests.map((digest) => {
        const name = nameOf(session, digest)
        return held.pieces.get(name) ?? leaving.pieces.get(name)
      })
      const asked = digests.filter((_, at) => known[at] === undefined)
      const found = (asked.length === 0 ? [] : await index.find(session, asked)).values()
      return known.map((here) => here ?? found.next().value)
    },
    add: (pieces, from, to) => {
      if (behind) return
      held = { pieces: held.pieces, from: held.pieces.size === 0 ? from : held.from, to }
      for (const piece of pieces) held.pieces.set(nameOf(piece.session, piece.digest), piece)
      if (held.pieces.size >= MOST_HELD) void flush()
      else timer ??= setTimeout(() => void flush(), FLUSH_MS).unref()
    },
  }
}

/** What the file holds between two places and the index does not know of yet. */
interface Held {
  readonly pieces: Map<string, IndexedPiece>
  readonly from: number
  readonly to: number
}

function nothingHeld(at: number): Held {
  return { pieces: new Map(), from: at, to: at }
}

function nameOf(session: string, digest: string): string {
  return `${digest} ${session}`
}

/** Indexes the lines between a mark and a length of the file; resolves with the new mark. */
async function scanTo(
  path: string,
  index: RecordingIndex,
  from: number,
  limit: number,
): Promise<number> {
  let mark = from
  for await (const group of readLines(path, from)) {
    const pieces = group
      .filter((line) => line.terminated && line.offset + line.bytes.length < limit)
      .map(({ bytes, offset }) => ({ ...place(bytes, offset), offset, length: bytes.length + 1 }))
    const last = pieces.at(-1)
    if (last === undefined) break
    const to = last.offset + last.length
    await index.add(pieces, mark, to)
    mark = to
  }
  return mark
}

function place(bytes: Buffer, offset: number): { session: string; digest: string } {
  try {
    const { session, digest } = decodePiece(bytes)
    return { session, digest }
  } catch (error) {
    throw new Error(`recordings.ndjson at byte ${offset}: a line does not check`, { cause: error })
  }
}
