import { constants, existsSync } from 'node:fs'
import { copyFile, open, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readFileEnd, readLines, syncDirectory, type FileEnd } from '../durable/index.ts'
import { checkLine, isAlteredEnd, readLine, ZERO_HASH, type Head } from './chain.ts'
import { logFiles, type Segment } from './segments.ts'

/** The end of a log as it lies on disk. */
export interface LogEnd {
  readonly head: Head
  /** Length of the complete lines. */
  readonly length: number
  /** Bytes behind them: a line that was never acknowledged, because its newline did not reach the disk. */
  readonly torn: number
}

const CHUNK = 1 << 16

/**
 * Finds the last record of the log in a folder, reading backwards from its end, and checks it against the one before it.
 * `length` and `torn` are of the file under way.
 * @throws Error naming the line, when a complete line does not check
 */
export async function readLogEnd(directory: string): Promise<LogEnd> {
  const { closed, current } = logFiles(directory)
  const last = closed.at(-1)
  const before = last === undefined ? undefined : await endOfClosed(last)
  const empty: Head = before ?? { seq: 0, hash: ZERO_HASH }
  if (!existsSync(current)) return { head: empty, length: 0, torn: 0 }
  const { lines, tail, size } = await endOf(current)
  const head = lines.length === 0 ? empty : await checkLast(current, lines, empty)
  if (isAlteredEnd(tail, head.seq + 1, head.hash)) {
    throw new Error(`${current} line ${head.seq + 1}: the newline of the last record was altered`)
  }
  return { head, length: size - tail.length, torn: tail.length }
}

async function endOf(path: string): Promise<FileEnd & { readonly size: number }> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    return { ...(await readFileEnd(handle, size, 2)), size }
  } finally {
    await handle.close()
  }
}

async function endOfClosed({ path, last }: Segment): Promise<Head> {
  const { lines, tail } = await endOf(path)
  const head = await checkLast(path, lines, undefined)
  if (head.seq === last && tail.length === 0) return head
  throw new Error(`${path}: it does not end with record ${last}; see \`audit verify\``)
}

/** @param before what the first line of the file follows; undefined where the file is all that can be asked */
async function checkLast(
  path: string,
  lines: readonly Buffer[],
  before: Head | undefined,
): Promise<Head> {
  const [previous, last] = [lines.at(-2), lines.at(-1)]
  if (last === undefined) throw new Error(`${path}: there is no record in it`)
  const own = readLine(last)
  if (!own.ok) throw await unsound(path, 0, own.problem)
  let head = before ?? (own.seq === 1 ? { seq: 0, hash: ZERO_HASH } : followed(own))
  if (previous !== undefined) {
    const sound = readLine(previous)
    if (!sound.ok) throw await unsound(path, 1, sound.problem)
    head = sound
  }
  const check = checkLine(last, head.seq + 1, head.hash)
  if (!check.ok) throw await unsound(path, 0, check.problem)
  return { seq: own.seq, hash: check.hash }
}

function followed({ seq, prev }: { readonly seq: number; readonly prev: string }): Head {
  return { seq: seq - 1, hash: prev }
}

/** Counts the lines only now that their number is needed. */
async function unsound(path: string, fromEnd: number, problem: string): Promise<Error> {
  let count = 0
  for await (const lines of readLines(path)) {
    count += lines.filter((line) => line.terminated).length
  }
  return new Error(`${path} line ${count - fromEnd}: ${problem}; see \`audit verify\``)
}

/** Where the torn line goes that would have become record `seq`. */
export function tornPath(logPath: string, seq: number): string {
  return logPath.replace(/\.ndjson$/, `.torn-${seq}`)
}

/**
 * Moves a torn end out of the log. The copy is on disk before the log is cut, so a crash in between loses nothing: the
 * next start finds the same end and does the same again.
 */
export async function moveTornEnd(path: string, end: LogEnd): Promise<void> {
  const target = tornPath(path, end.head.seq + 1)
  await copyTail(path, end.length, target)
  await syncDirectory(dirname(path))
  await truncate(path, end.length)
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function copyTail(path: string, from: number, target: string): Promise<void> {
  // An earlier copy of the same end may be there; an earlier copy of another end must not be overwritten.
  if (existsSync(target)) await copyFile(target, freeName(target), constants.COPYFILE_EXCL)
  const source = await open(path, 'r')
  const copy = await open(target, 'w', 0o600)
  try {
    const buffer = Buffer.allocUnsafe(CHUNK)
    for (let position = from; ;) {
      const { bytesRead } = await source.read(buffer, 0, CHUNK, position)
      if (bytesRead === 0) break
      await copy.writeFile(buffer.subarray(0, bytesRead))
      position += bytesRead
    }
    await copy.sync()
  } finally {
    await source.close()
    await copy.close()
  }
}

function freeName(target: string): string {
  let number = 1
  while (existsSync(`${target}.${number}`)) number += 1
  return `${target}.${number}`
}
