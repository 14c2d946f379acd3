import { constants, existsSync } from 'node:fs'
import { copyFile, open, truncate } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readFileEnd, readLines, syncDirectory } from '../durable/index.ts'
import { checkLine, isAlteredEnd, readLine, ZERO_HASH, type Head } from './chain.ts'

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
 * Finds the last record of a log, reading backwards from its end, and checks it against the one before it.
 * @throws Error naming the line, when a complete line does not check
 */
export async function readEnd(path: string): Promise<LogEnd> {
  if (!existsSync(path)) return { head: { seq: 0, hash: ZERO_HASH }, length: 0, torn: 0 }
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const { lines, tail } = await readFileEnd(handle, size, 2)
    const head = await checkLast(path, lines)
    if (isAlteredEnd(tail, head.seq + 1, head.hash)) {
      throw new Error(`${path} line ${head.seq + 1}: the newline of the last record was altered`)
    }
    return { head, length: size - tail.length, torn: tail.length }
  } finally {
    await handle.close()
  }
}

async function checkLast(path: string, lines: readonly Buffer[]): Promise<Head> {
  const last = lines.at(-1)
  if (last === undefined) return { seq: 0, hash: ZERO_HASH }
  const before = lines.length > 1 ? lines[0] : undefined
  let head: Head = { seq: 0, hash: ZERO_HASH }
  if (before !== undefined) {
    const sound = readLine(before)
    if (!sound.ok) throw await unsound(path, 1, sound.problem)
    head = sound
  }
  const check = checkLine(last, head.seq + 1, head.hash)
  if (!check.ok) throw await unsound(path, 0, check.problem)
  return { seq: head.seq + 1, hash: check.hash }
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
  for (let number = 1; ; number += 1) {
    const name = `${target}.${number}`
    if (!existsSync(name)) return name
  }
}
