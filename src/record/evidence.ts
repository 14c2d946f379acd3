import { existsSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { AuditRecord, Checkpoint } from '../schema/index.ts'
import { omittedLine, ZERO_HASH, type Head } from './chain.ts'
import { checkpointsIn } from './checkpoint-file.ts'
import { readCheckpoints } from './expected.ts'
import { readRecords } from './records.ts'
import type { AuditQuery } from './search.ts'
import { termsOf } from './search-terms.ts'
import { CURRENT, logFiles, startOf } from './segments.ts'

/** What is in a package, and where it stands in the chain. */
export interface Evidence {
  /** Records that are shown, and those that are left out of the chain between them. */
  readonly records: number
  readonly omitted: number
  /** What the chain in the package begins behind: a checkpoint, or the empty log. */
  readonly begin: Head
  readonly end: Head
  /** Whether a checkpoint covers all of it. */
  readonly signed: boolean
  /** That the records name. */
  readonly sessions: readonly string[]
  readonly revisions: readonly string[]
}

/** What shows of a log, in order; kept as conditions, because a log of years has more records than memory. */
interface Selection {
  readonly shows: (record: AuditRecord) => boolean
  readonly first: number
  readonly last: number
}

/**
 * Writes the records that fit, and the chain that they stand in, into a folder. With terms, all records of an exchange
 * or a review are shown of which one fits; the others between two checkpoints are left out, by their digests, so that
 * the chain can still be followed.
 * @param into a folder that exists
 * @returns undefined when no record fits
 * @throws Error when a record does not check
 */
export async function writeEvidence(
  directory: string,
  query: AuditQuery,
  into: string,
): Promise<Evidence | undefined> {
  const selection = await select(directory, query)
  if (selection === undefined) return undefined
  const checkpoints = await around(directory, selection)
  const start = await startOf(logFiles(directory))
  const begin = checkpoints.before ?? (start.seq === 0 ? start : undefined)
  if (begin === undefined) throw new Error('no checkpoint covers what the records stand on')
  const until = checkpoints.after?.seq ?? Infinity
  const create = (name: string): Promise<FileHandle> => open(join(into, name), 'wx', 0o600)
  const [chain, records] = await Promise.all([create(CURRENT), create('records.ndjson')])
  try {
    const written = await writeChain(directory, selection, {
      from: begin.seq + 1,
      until,
      chain,
      records,
    })
    await copyCheckpoints(directory, into, begin.seq, written.end.seq)
    return {
      ...written,
      begin: { seq: begin.seq, hash: begin.hash },
      signed: checkpoints.after !== undefined,
    }
  } finally {
    await chain.close()
    await records.close()
  }
}

async function select(directory: string, query: AuditQuery): Promise<Selection | undefined> {
  const { terms, from = -Infinity, to = Infinity } = query
  const inTime = ({ timestamp }: AuditRecord): boolean => {
    const time = Date.parse(timestamp)
    return time >= from && time < to
  }
  const fits = (record: AuditRecord): boolean => {
    const own = termsOf(record)
    return terms.every(([term, value]) => own.some(([name, is]) => name === term && is === value))
  }
  const ids = new Set<string>()
  const reviews = new Set<string>()
  if (terms.length > 0) {
    for await (const { record } of readRecords(directory)) {
      if (!inTime(record) || !fits(record)) continue
      if (record.decision_id !== undefined) ids.add(record.decision_id)
      if (record.custom.review !== undefined) reviews.add(record.custom.review)
    }
  }
  const shows = (record: AuditRecord): boolean =>
    ids.has(record.decision_id ?? '') ||
    reviews.has(record.custom.review ?? '') ||
    (inTime(record) && fits(record))
  let first: number | undefined
  let last = 0
  for await (const { seq, record } of readRecords(directory)) {
    if (!shows(record)) continue
    first ??= seq
    last = seq
  }
  return first === undefined ? undefined : { shows, first, last }
}

/** The last checkpoint before what is shown, and the first that covers all of it. */
async function around(
  directory: string,
  { first, last }: Selection,
): Promise<{ readonly before: Checkpoint | undefined; readonly after: Checkpoint | undefined }> {
  let before: Checkpoint | undefined
  const path = checkpointsIn(directory)
  if (!existsSync(path)) return { before, after: undefined }
  for await (const checkpoint of readCheckpoints(path, undefined)) {
    if (checkpoint.seq < first) before = checkpoint
    if (checkpoint.seq >= last) return { before, after: checkpoint }
  }
  return { before, after: undefined }
}

interface Target {
  readonly from: number
  readonly until: number
  readonly chain: FileHandle
  readonly records: FileHandle
}

type Written = Pick<Evidence, 'records' | 'omitted' | 'end' | 'sessions' | 'revisions'>

async function writeChain(
  directory: string,
  { shows }: Selection,
  { from, until, chain, records }: Target,
): Promise<Written> {
  const sessions = new Set<string>()
  const revisions = new Set<string>()
  const counts = { records: 0, omitted: 0 }
  let end: Head = { seq: from - 1, hash: ZERO_HASH }
  for await (const { seq, line, hash, digest, record } of readRecords(directory, from)) {
    if (seq > until) break
    end = { seq, hash }
    if (!shows(record)) {
      counts.omitted += 1
      await chain.writeFile(`${omittedLine(seq, digest)}\n`)
      continue
    }
    counts.records += 1
    const { session } = record.custom
    if (session !== undefined) sessions.add(session)
    for (const { revision } of Object.values(record.bundles ?? {})) revisions.add(revision)
    const bytes = Buffer.concat([line, Buffer.from('\n')])
    await chain.writeFile(bytes)
    await records.writeFile(bytes)
  }
  return { ...counts, end, sessions: [...sessions], revisions: [...revisions] }
}

async function copyCheckpoints(
  directory: string,
  into: string,
  from: number,
  to: number,
): Promise<void> {
  const handle = await open(checkpointsIn(into), 'wx', 0o600)
  try {
    if (!existsSync(checkpointsIn(directory))) return
    for await (const { line: _, ...checkpoint } of readCheckpoints(
      checkpointsIn(directory),
      undefined,
    )) {
      if (checkpoint.seq < from) continue
      if (checkpoint.seq > to) return
      await handle.writeFile(`${JSON.stringify(checkpoint)}\n`)
    }
  } finally {
    await handle.close()
  }
}
