import { readLines, type Line } from '../durable/index.ts'
import { checkLine, isAlteredEnd, ZERO_HASH, type Head } from './chain.ts'

/** What else to check, and whom to tell how far it is. */
export interface VerifyOptions {
  /** A head that was noted earlier: the log MUST contain it. Without it a log that was cut short cannot be told. */
  readonly expectHead?: Head
  /** Called now and then with the records checked so far. */
  readonly onProgress?: (records: number) => void
}

/** A log that checks, or the first record that does not. */
export type Verification =
  | {
      readonly ok: true
      readonly records: number
      readonly head: Head
      /** Something stands behind the last record: a write that a crash cut short, or one under way. */
      readonly torn: boolean
    }
  | {
      readonly ok: false
      /** Line in its file, counted from 1. */
      readonly line: number
      /** The record that was expected there. */
      readonly seq: number
      readonly problem: string
      /** The file in which the line stands. */
      readonly path: string
    }

/** What is known while going down the log. */
interface Walk {
  head: Head
  /** Lines seen in the file at hand. */
  line: number
  torn: boolean
}

/**
 * Checks every record of a log: its form, its hash and its place in the chain. Memory does not grow with the log.
 * Several files are parts of one log, the oldest first.
 * @throws Error when a file cannot be read
 */
export async function verifyLog(
  paths: string | readonly string[],
  options: VerifyOptions = {},
): Promise<Verification> {
  const files = typeof paths === 'string' ? [paths] : paths
  const walk: Walk = { head: { seq: 0, hash: ZERO_HASH }, line: 0, torn: false }
  let path = ''
  const failure = (problem: string): Verification => ({
    ok: false,
    line: walk.line,
    seq: walk.head.seq + 1,
    problem,
    path,
  })
  for (path of files) {
    walk.line = 0
    for await (const lines of readLines(path)) {
      const problem = checkGroup(lines, walk, options.expectHead)
      if (problem !== undefined) return failure(problem)
      options.onProgress?.(walk.head.seq)
    }
  }
  const problem = headProblem(walk.head, options.expectHead)
  if (problem === undefined) {
    return { ok: true, records: walk.head.seq, head: walk.head, torn: walk.torn }
  }
  walk.line += 1
  return failure(problem)
}

function checkGroup(
  lines: readonly Line[],
  walk: Walk,
  expectHead: Head | undefined,
): string | undefined {
  for (const { bytes, terminated } of lines) {
    walk.line += 1
    const { seq, hash } = walk.head
    if (walk.torn) return 'records follow a torn line'
    if (!terminated) {
      if (isAlteredEnd(bytes, seq + 1, hash)) return 'the newline of the record was altered'
      walk.torn = true
      continue
    }
    const check = checkLine(bytes, seq + 1, hash)
    if (!check.ok) return check.problem
    if (expectHead?.seq === seq + 1 && expectHead.hash !== check.hash) {
      return 'the record is not the expected head: the log was rewritten'
    }
    walk.head = { seq: seq + 1, hash: check.hash }
  }
  return undefined
}

function headProblem(head: Head, expected: Head | undefined): string | undefined {
  if (expected === undefined) return undefined
  if (head.seq < expected.seq) {
    return `the log ends at record ${head.seq}, before the expected head ${expected.seq}: it was cut short`
  }
  if (expected.seq === 0 && expected.hash !== ZERO_HASH) return 'an empty log has another head'
  return undefined
}
