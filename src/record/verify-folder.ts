import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { PublicKeysFile } from '../schema/index.ts'
import { ZERO_HASH, type Head } from './chain.ts'
import { checkpointCheck, type CheckpointCheck } from './checkpoint.ts'
import { checkpointsIn } from './checkpoint-file.ts'
import { CheckpointFault, merged, readCheckpoints, type ExpectedHead } from './expected.ts'
import { firstSeq, logFiles, startOf, type LogFiles } from './segments.ts'
import { verifyLog, type Verification } from './verify.ts'

export interface FolderOptions {
  /** What checkpoints are verified with; without them their signatures are not looked at. */
  readonly keys?: PublicKeysFile | undefined
  /** A file of checkpoints noted earlier, which the log MUST extend. Needs keys. */
  readonly earlier?: string | undefined
  /** A head noted earlier, which the log MUST contain. */
  readonly expectHead?: Head | undefined
  /** The folder is a package of evidence: records may be left out, and those before the first are elsewhere. */
  readonly package?: boolean
  readonly onProgress?: (seq: number) => void
}

/**
 * Checks the log of a folder: all its files, and every checkpoint beside it.
 * @throws Error when a file cannot be read
 */
export async function verifyFolder(
  directory: string,
  options: FolderOptions = {},
): Promise<Verification> {
  const files = logFiles(directory)
  try {
    return missingFile(files) ?? (await verifyFiles(directory, files, options))
  } catch (error) {
    if (!(error instanceof CheckpointFault)) throw error
    const { path, line, problem } = error
    return { ok: false, path, line, seq: 1, problem }
  }
}

async function verifyFiles(
  directory: string,
  files: LogFiles,
  options: FolderOptions,
): Promise<Verification> {
  const check = options.keys === undefined ? undefined : checkpointCheck(options.keys)
  const start =
    options.package === true ? await startOfPackage(directory, files) : await startOf(files)
  const noted = await earlierHeads(options, check)
  const beside = checkpointsIn(directory)
  const old = noted.filter(({ seq }) => seq < start.seq)
  const unknown = await unknownHead(old, beside, check)
  if (unknown !== undefined) {
    const problem = `record ${unknown.seq} of ${unknown.from} was removed, and its checkpoint is not here`
    return { ok: false, path: beside, line: 1, seq: unknown.seq, problem }
  }
  const anchored = anchor(start, checkpointHeads(beside, check))
  const current = existsSync(files.current) || files.closed.length === 0 ? [files.current] : []
  return verifyLog([...files.closed.map(({ path }) => path), ...current], {
    start,
    expected: merged(
      anchored,
      noted.filter(({ seq }) => seq >= start.seq),
    ),
    omissions: options.package === true,
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  })
}

/** What the chain of a package begins behind: the empty log, or a checkpoint that is in the package. */
async function startOfPackage(directory: string, { current }: LogFiles): Promise<Head> {
  const first = await firstSeq(current)
  if (first > 1) {
    for await (const { seq, hash } of checkpointHeads(checkpointsIn(directory), undefined)) {
      if (seq === first - 1) return { seq, hash }
    }
  }
  // Without a checkpoint it has to be the first record.
  return { seq: 0, hash: ZERO_HASH }
}

/** Names of closed files hold first and last record: what is missing between two is seen without reading. */
function missingFile({ closed }: LogFiles): Verification | undefined {
  for (const [index, { path, first }] of closed.entries()) {
    const before = closed[index - 1]
    if (before === undefined || before.last + 1 === first) continue
    const problem = `the records ${before.last + 1} to ${first - 1} are in no file`
    return { ok: false, path, line: 1, seq: before.last + 1, problem }
  }
  return undefined
}

async function earlierHeads(
  { earlier, expectHead }: FolderOptions,
  check: CheckpointCheck | undefined,
): Promise<readonly ExpectedHead[]> {
  const heads: ExpectedHead[] = []
  if (expectHead !== undefined) heads.push({ ...expectHead, from: 'the expected head' })
  if (earlier !== undefined) {
    for await (const head of checkpointHeads(earlier, check)) heads.push(head)
    if (heads.length === 0) throw new CheckpointFault(earlier, 1, 'there is no checkpoint in it')
  }
  return heads
}

/** Of heads before the first record that is left: one that is not among the signed ones. */
async function unknownHead(
  old: readonly ExpectedHead[],
  beside: string,
  check: CheckpointCheck | undefined,
): Promise<ExpectedHead | undefined> {
  if (old.length === 0) return undefined
  const waiting = new Map(old.map((head) => [`${head.seq}:${head.hash}`, head]))
  for await (const { seq, hash } of checkpointHeads(beside, check)) waiting.delete(`${seq}:${hash}`)
  return waiting.values().next().value
}

async function* checkpointHeads(
  path: string,
  check: CheckpointCheck | undefined,
): AsyncGenerator<ExpectedHead> {
  if (!existsSync(path)) return
  for await (const { seq, hash, line } of readCheckpoints(path, check)) {
    yield { seq, hash, from: `${basename(path)} line ${line}` }
  }
}

/** A log that does not begin with the first record stands on a checkpoint of the record before. */
async function* anchor(
  start: Head,
  heads: AsyncIterable<ExpectedHead>,
): AsyncGenerator<ExpectedHead> {
  let found = start.seq === 0
  for await (const head of heads) {
    if (!found && head.seq > start.seq) break
    found ||= head.seq === start.seq
    yield head
  }
  if (found) return
  // Nothing has this hash: the walk stops here.
  yield { seq: start.seq, hash: '', from: '' }
}
