import { existsSync } from 'node:fs'
import { open, unlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { readFileEnd, readLines, syncDirectory } from '../durable/index.ts'
import type { AuditRecord } from '../schema/index.ts'
import { readLine } from './chain.ts'
import { checkpointsIn } from './checkpoint-file.ts'
import { readCheckpoints } from './expected.ts'
import { logFiles, type Segment } from './segments.ts'

/** What decides whether a file may go. */
export interface RetentionRules {
  /** Milliseconds since the epoch: what is as old as this, or younger, stays. */
  readonly before: number
  /** Why nothing of a time may be removed; undefined when it may. Both ends belong to it. */
  readonly heldBy: (from: number, to: number) => string | undefined
  /** The last record that every receiver has. */
  readonly acknowledged: number
}

/** Files that may go, the oldest first, and why the next one stays. */
export interface RetentionPlan {
  readonly remove: readonly Segment[]
  readonly kept: string
}

/**
 * Looks for closed files, from the oldest on, that may be removed whole. What is left is a chain that begins behind a
 * checkpoint. One closed file always stays, whose name says where the log begins.
 * @throws Error when a file cannot be read or does not check
 */
export async function planRetention(
  directory: string,
  rules: RetentionRules,
): Promise<RetentionPlan> {
  const { closed } = logFiles(directory)
  const remove: Segment[] = []
  const ends = new Map<number, string>()
  let kept = 'the last closed file stays'
  for (const segment of closed.slice(0, -1)) {
    const { first, last, hash } = await endsOf(segment)
    const why = whyKept(segment, Math.min(first, last), Math.max(first, last), rules)
    if (why !== undefined) {
      kept = `${basename(segment.path)}: ${why}`
      break
    }
    ends.set(segment.last, hash)
    remove.push(segment)
  }
  const signed = await signedOf(directory, ends)
  const anchored = remove.findLastIndex(({ last }) => signed.has(last)) + 1
  if (anchored < remove.length) kept = 'no checkpoint covers the end of the next file'
  return { remove: remove.slice(0, anchored), kept }
}

function whyKept(
  { last }: Segment,
  from: number,
  to: number,
  { before, heldBy, acknowledged }: RetentionRules,
): string | undefined {
  if (to >= before) return 'not old enough'
  const hold = heldBy(from, to)
  if (hold !== undefined) return `under the legal hold ${hold}`
  return last > acknowledged ? 'a receiver does not have it yet' : undefined
}

/** Removes files that a record has told of. The oldest first, so that an interruption leaves a chain without a gap. */
export async function removeSegments(directory: string, remove: readonly Segment[]): Promise<void> {
  for (const { path } of remove) {
    await unlink(path)
    await syncDirectory(directory)
  }
}

/** Times of the first and the last record of a file, and the hash of the last. */
async function endsOf({
  path,
}: Segment): Promise<{ readonly first: number; readonly last: number; readonly hash: string }> {
  let first: Buffer | undefined
  for await (const [line] of readLines(path)) {
    first = line?.bytes
    break
  }
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const [last] = (await readFileEnd(handle, size, 1)).lines
    if (first === undefined || last === undefined) throw new Error(`${path} has no records`)
    const sound = readLine(last)
    if (!sound.ok) throw new Error(`${path}: the last record: ${sound.problem}`)
    return { first: timeOf(path, first), last: timeOf(path, last), hash: sound.hash }
  } finally {
    await handle.close()
  }
}

function timeOf(path: string, line: Buffer): number {
  const time = Date.parse((JSON.parse(line.toString('utf8')) as AuditRecord).timestamp)
  if (Number.isNaN(time)) throw new Error(`${path}: a record has no time`)
  return time
}

/** Of the given ends those that a checkpoint covers. */
async function signedOf(
  directory: string,
  ends: ReadonlyMap<number, string>,
): Promise<ReadonlySet<number>> {
  const path = checkpointsIn(directory)
  const signed = new Set<number>()
  if (ends.size === 0 || !existsSync(path)) return signed
  for await (const { seq, hash } of readCheckpoints(path, undefined)) {
    if (ends.get(seq) === hash) signed.add(seq)
  }
  return signed
}
