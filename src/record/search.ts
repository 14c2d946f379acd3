import { open } from 'node:fs/promises'
import type { IndexedRecord, IndexPosition, RecordPlace, SearchIndex } from '../domain/index.ts'
import { readLines } from '../durable/index.ts'
import type { AuditRecord } from '../schema/index.ts'
import { readLine } from './chain.ts'
import { termsOf, type SearchTerm } from './search-terms.ts'
import { logFiles } from './segments.ts'

/** What is searched for; everything that is given has to fit. */
export interface AuditQuery {
  readonly terms: readonly (readonly [SearchTerm, string])[]
  /** Milliseconds since the epoch: from the first, up to and without the second. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Records before this one: to go on where an answer ended. */
  readonly before?: number | undefined
  readonly most: number
}

/** The audit log, searched over an index that is brought up to it first. */
export interface LogSearch {
  /**
   * The newest first, as they stand in the files.
   * @param upTo the last record that may be read and shown: that is on disk for good; all that is in the files when
   * not given
   * @throws Error when a file cannot be read, or a record in it does not check
   */
  find(query: AuditQuery, upTo?: number): Promise<readonly AuditRecord[]>
}

/** @param directory of the log */
export function logSearch(directory: string, index: SearchIndex): LogSearch {
  return {
    async find({ terms, from, to, before = Number.MAX_SAFE_INTEGER, most }, upTo = Infinity) {
      await catchUp(directory, index, upTo)
      const asked = { terms, from, to, before: Math.min(before, upTo + 1), most }
      const places = index.find(asked)
      const records = await readPlaces(directory, places)
      if (records !== undefined) return records
      // The index speaks of other files than these: a restored copy, or a log that was cut.
      index.clear()
      await catchUp(directory, index, upTo)
      const again = await readPlaces(directory, index.find(asked))
      if (again === undefined) throw new Error(`${directory}: see \`audit verify\``)
      return again
    },
  }
}

async function catchUp(directory: string, index: SearchIndex, upTo: number): Promise<void> {
  const reached = index.position()
  if (reached !== undefined && !(await stands(directory, reached))) index.clear()
  const { closed, current } = logFiles(directory)
  const [oldest] = closed
  if (oldest !== undefined && oldest.first > 1) index.removeBefore(oldest.first)
  for (const { path, last } of [...closed, { path: current, last: Infinity }]) {
    if (last <= (index.position()?.seq ?? 0)) continue
    await indexFile(path, index, { first: oldest?.first ?? 1, upTo })
  }
}

/** What may be indexed: `first` is the oldest record that the files have. */
interface Bounds {
  readonly first: number
  readonly upTo: number
}

/** Whether the last record of the index is where it was. */
async function stands(directory: string, position: IndexPosition): Promise<boolean> {
  const path = fileOf(directory, position.seq)
  const sound = path === undefined ? undefined : readLine(await readAt(path, position))
  return sound?.ok === true && sound.hash === position.hash
}

async function indexFile(path: string, index: SearchIndex, { first, upTo }: Bounds): Promise<void> {
  let number = 0
  let known = index.position()
  let from = known === undefined ? 0 : known.offset + known.length + 1
  // The record that the index ends with may stand in the file before this one.
  if (known !== undefined && !(await isBehind(path, known))) from = 0
  try {
    for await (const lines of readLines(path, from)) {
      const records: IndexedRecord[] = []
      for (const { bytes, offset, terminated } of lines) {
        number += 1
        if (!terminated) break
        const sound = readLine(bytes)
        if (!sound.ok)
          throw new Error(`${path}: line ${number} behind byte ${from}: ${sound.problem}`)
        if (sound.seq > upTo) break
        const next = (known?.seq ?? first - 1) + 1
        if (sound.seq < next) continue
        // A file was closed since the files were listed: the next search finds it under its new name.
        if (sound.seq > next) return
        records.push(indexed(bytes, sound.seq, offset))
        known = { seq: sound.seq, hash: sound.hash, offset, length: bytes.length }
      }
      if (records.length > 0 && known !== undefined) index.add(records, known)
      if ((known?.seq ?? 0) >= upTo) return
    }
  } catch (error) {
    // No file is under way, or it was just closed.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
}

async function isBehind(path: string, known: IndexPosition): Promise<boolean> {
  const sound = readLine(await readAt(path, known))
  return sound.ok && sound.hash === known.hash
}

function indexed(bytes: Buffer, seq: number, offset: number): IndexedRecord {
  const record = JSON.parse(bytes.toString('utf8')) as AuditRecord
  const time = Date.parse(record.timestamp)
  return {
    seq,
    offset,
    length: bytes.length,
    time: Number.isNaN(time) ? 0 : time,
    terms: termsOf(record),
  }
}

function fileOf(directory: string, seq: number): string | undefined {
  const { closed, current } = logFiles(directory)
  const inside = closed.find(({ first, last }) => first <= seq && seq <= last)
  return inside?.path ?? (seq > (closed.at(-1)?.last ?? 0) ? current : undefined)
}

/** @returns undefined when one of them is not there, or not sound */
async function readPlaces(
  directory: string,
  places: readonly RecordPlace[],
): Promise<readonly AuditRecord[] | undefined> {
  const records: AuditRecord[] = []
  for (const place of places) {
    const path = fileOf(directory, place.seq)
    const bytes = path === undefined ? Buffer.alloc(0) : await readAt(path, place)
    const sound = readLine(bytes)
    if (!sound.ok || sound.seq !== place.seq) return undefined
    records.push(JSON.parse(bytes.toString('utf8')) as AuditRecord)
  }
  return records
}

/** What stands at a place; shorter, or nothing, where the file does not reach so far. */
async function readAt(path: string, { offset, length }: RecordPlace): Promise<Buffer> {
  const handle = await open(path, 'r').catch(() => undefined)
  if (handle === undefined) return Buffer.alloc(0)
  try {
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await handle.read(buffer, 0, length, offset)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
