import { readdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { readLines } from '../durable/index.ts'
import { readLine, ZERO_HASH, type Head } from './chain.ts'

/** The file that is written to. */
export const CURRENT = 'audit.ndjson'

/** A closed file of the log: the records `first` to `last`. */
export interface Segment {
  readonly path: string
  readonly first: number
  readonly last: number
}

/** The files of a log. */
export interface LogFiles {
  /** Closed ones, the oldest first. */
  readonly closed: readonly Segment[]
  /** Where the file under way is, or would be. */
  readonly current: string
}

const NAME = /^audit-(\d{12})-(\d{12})\.ndjson$/

/** The name of a closed file: names sort by age, and show by themselves that one is missing. */
export function segmentName(first: number, last: number): string {
  const padded = (seq: number): string => String(seq).padStart(12, '0')
  return `audit-${padded(first)}-${padded(last)}.ndjson`
}

/** @throws Error when the folder cannot be read */
export function logFiles(directory: string): LogFiles {
  const closed = readdirSync(directory)
    .toSorted()
    .flatMap((name): readonly Segment[] => {
      const [, first, last] = NAME.exec(name) ?? []
      if (first === undefined || last === undefined) return []
      return [{ path: join(directory, name), first: Number(first), last: Number(last) }]
    })
  return { closed, current: join(directory, CURRENT) }
}

/**
 * What the first record of a log follows: the empty log, or the last record of what retention removed. Retention leaves
 * one closed file at least, whose name says where it begins.
 */
export async function startOf({ closed: [oldest] }: LogFiles): Promise<Head> {
  if (oldest === undefined || oldest.first === 1) return { seq: 0, hash: ZERO_HASH }
  const line = await firstLine(oldest.path)
  const sound = line === undefined ? undefined : readLine(line)
  return { seq: oldest.first - 1, hash: sound?.ok === true ? sound.prev : ZERO_HASH }
}

/** The number of the first line of a package's chain, which may stand for a record that is left out; 1 where it has none. */
export async function firstSeq(path: string): Promise<number> {
  const line = await firstLine(path)
  if (line === undefined) return 1
  const omitted = /^\{"seq":(\d{1,15}),/.exec(line.toString('latin1', 0, 32))?.[1]
  if (omitted !== undefined) return Number(omitted)
  const sound = readLine(line)
  return sound.ok ? sound.seq : 1
}

/** The first complete line of a file; undefined where there is none, or no file. */
async function firstLine(path: string): Promise<Buffer | undefined> {
  const handle = await open(path, 'r').catch(() => undefined)
  if (handle === undefined) return undefined
  await handle.close()
  for await (const [line] of readLines(path)) {
    return line?.terminated === true ? line.bytes : undefined
  }
  return undefined
}

/** Where the file under way begins: its first record, and when that was written (milliseconds since the epoch). */
export async function currentPart(
  directory: string,
): Promise<{ readonly first: number; readonly begun: number } | undefined> {
  const line = await firstLine(join(directory, CURRENT))
  const sound = line === undefined ? undefined : readLine(line)
  if (line === undefined || sound?.ok !== true) return undefined
  const { timestamp } = JSON.parse(line.toString('utf8')) as { timestamp: string }
  const begun = Date.parse(timestamp)
  return Number.isNaN(begun) ? undefined : { first: sound.seq, begun }
}
