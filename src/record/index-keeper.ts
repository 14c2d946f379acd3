import { readLines } from './lines.ts'
import type { IndexedPiece, Location, RecordingIndex } from './recording-index.ts'
import { decodePiece } from './recording-line.ts'

/** Keeps an index up with the recordings file. */
export interface IndexKeeper {
  /** Where pieces stand, after catching up if need be. */
  find(session: string, digests: readonly string[]): Promise<readonly (Location | undefined)[]>
  /** Indexes what was just written. Never rejects: what could not be indexed is caught up with later. */
  add(pieces: readonly IndexedPiece[], from: number, to: number): Promise<void>
  /**
   * Indexes what stands behind the mark.
   * @throws Error when a line there does not check
   */
  catchUp(): Promise<void>
}

/**
 * The file is the truth: where the index could not be written, pieces are durable all the same, and the index catches
 * up before it is asked again.
 */
export function indexKeeper(
  path: string,
  index: RecordingIndex,
  fileLength: () => number,
): IndexKeeper {
  let behind = true
  let scanning: Promise<void> | undefined

  async function scan(): Promise<void> {
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

  return {
    catchUp,
    find: async (session, digests) => {
      await catchUp()
      return index.find(session, digests)
    },
    add: async (pieces, from, to) => {
      if (behind) return
      try {
        await index.add(pieces, from, to)
      } catch {
        behind = true
      }
    },
  }
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
