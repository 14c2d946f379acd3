import { closeSync, existsSync, openSync, read } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { GatewayError, type Piece, type RecordingStore } from '../domain/index.ts'
import {
  groupCommit,
  openDurableFile,
  readFileEnd,
  unavailable,
  type Encoded,
  type FileIo,
  type GroupCommit,
} from '../durable/index.ts'
import { indexKeeper, type IndexKeeper } from './index-keeper.ts'
import type { Location, RecordingIndex } from './recording-index.ts'
import { decodePiece, encodePiece } from './recording-line.ts'

/** Where recordings stand and how they are found again. */
export interface RecordingStoreOptions {
  /** Holds `recordings.ndjson`. One process writes there: the one that holds the audit log's folder. */
  readonly directory: string
  readonly index: RecordingIndex
  /** How long pieces may wait for the disk; 10 s. */
  readonly timeoutMs?: number
  /** How long after a failure writing is tried again, if nothing comes; 5 s. */
  readonly probeMs?: number
  /** For tests: a disk that fails. */
  readonly io?: FileIo
}

const readAt = promisify(read)
const NAME = 'the recording store'

interface WaitingPiece {
  readonly session: string
  readonly digest: string
  readonly line: Buffer
}

/**
 * Opens the recordings of a folder: an append-only file, and an index of it that first catches up with what a crash
 * left behind.
 * @throws Error when a complete line of the part not yet indexed does not check
 */
export async function openRecordingStore(options: RecordingStoreOptions): Promise<RecordingStore> {
  const path = join(options.directory, 'recordings.ndjson')
  await cutTornEnd(path)
  const file = await openDurableFile(path, options.io)
  const keeper = indexKeeper(path, options.index, () => file.length())
  try {
    await keeper.catchUp()
  } catch (error) {
    file.close()
    throw error
  }
  const commit = groupCommit<WaitingPiece, void>({
    file,
    name: NAME,
    encode: (pieces, offset) => encodeBatch(pieces, offset, keeper),
    timeoutMs: options.timeoutMs ?? 10_000,
    probeMs: options.probeMs ?? 5_000,
  })
  const reader = openSync(path, 'r')
  const shut = async (): Promise<void> => {
    await commit.close()
    await keeper.flush()
    closeSync(reader)
  }
  let closing: Promise<void> | undefined
  return {
    put: sharedWrites((session, pieces) => writeFresh(keeper, commit, session, pieces)),
    get: (session, digest) => readPiece(keeper, reader, session, digest),
    healthy: () => commit.healthy(),
    close: () => (closing ??= shut()),
  }
}

/** Writes those of the pieces that the session does not hold. */
async function writeFresh(
  keeper: IndexKeeper,
  commit: GroupCommit<WaitingPiece, void>,
  session: string,
  pieces: readonly Piece[],
): Promise<void> {
  const digests = pieces.map((piece) => piece.digest)
  const found = await keeper.find(session, digests)
  const tickets = pieces
    .filter((_, index) => found[index] === undefined)
    .map((piece) => ({ session, digest: piece.digest, line: encodePiece(session, piece) }))
    .map((waiting) => commit.ticket(waiting))
  await commit.submit(tickets)
  await Promise.all(tickets.map((ticket) => ticket.receipt))
}

async function readPiece(
  keeper: IndexKeeper,
  reader: number,
  session: string,
  digest: string,
): Promise<Uint8Array> {
  const [place] = await keeper.find(session, [digest])
  if (place === undefined) throw new Error('no such piece is recorded in this session')
  const piece = decodePiece(await readPlace(reader, place))
  if (piece.session !== session || piece.digest !== digest) {
    throw new Error('another piece stands where the index points')
  }
  return piece.bytes
}

/** Writes each piece once, also when several calls bring it at the same time: the later one waits for the first. */
function sharedWrites(
  writeAll: (session: string, pieces: readonly Piece[]) => Promise<void>,
): (session: string, pieces: readonly Piece[]) => Promise<void> {
  const underWay = new Map<string, Promise<void>>()
  return async (session, pieces) => {
    const waits = new Set<Promise<void>>()
    const mine = new Map<string, Piece>()
    for (const piece of pieces) {
      const key = `${piece.digest} ${session}`
      const other = underWay.get(key)
      if (other === undefined) mine.set(key, piece)
      else waits.add(other)
    }
    if (mine.size > 0) {
      const writing = writeAll(session, [...mine.values()]).finally(() => {
        for (const key of mine.keys()) underWay.delete(key)
      })
      for (const key of mine.keys()) underWay.set(key, writing)
      waits.add(writing)
    }
    try {
      await Promise.all(waits)
    } catch (error) {
      throw error instanceof GatewayError ? error : unavailable(NAME, error)
    }
  }
}

function encodeBatch(
  pieces: readonly WaitingPiece[],
  offset: number,
  keeper: IndexKeeper,
): Encoded<void> {
  let end = offset
  const indexed = pieces.map(({ session, digest, line }) => {
    const place = { session, digest, offset: end, length: line.length }
    end += line.length
    return place
  })
  return {
    bytes: Buffer.concat(pieces.map((piece) => piece.line)),
    results: pieces.map(() => undefined),
    commit: () => keeper.add(indexed, offset, end),
  }
}

/** Reads one line, without its newline. */
async function readPlace(fd: number, place: Location): Promise<Buffer> {
  const bytes = Buffer.alloc(place.length - 1)
  let done = 0
  while (done < bytes.length) {
    const { bytesRead } = await readAt(fd, bytes, done, bytes.length - done, place.offset + done)
    if (bytesRead === 0) throw new Error('recordings.ndjson is shorter than its index')
    done += bytesRead
  }
  return bytes
}

/** A line without its newline was never acknowledged: the session simply does not hold that piece yet. */
async function cutTornEnd(path: string): Promise<void> {
  if (!existsSync(path)) return
  const handle = await open(path, 'r+')
  try {
    const { size } = await handle.stat()
    const { tail } = await readFileEnd(handle, size, 0)
    if (tail.length === 0) return
    await handle.truncate(size - tail.length)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
