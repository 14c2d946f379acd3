import { readLines } from '../durable/index.ts'
import type { Checkpoint } from '../schema/index.ts'
import { parseCheckpoint, type CheckpointCheck } from './checkpoint.ts'
import type { Head } from './chain.ts'

/** A head that a log must contain, and who says so. */
export interface ExpectedHead extends Head {
  /** `audit.checkpoints line 3`. */
  readonly from: string
}

/** A file of checkpoints that cannot be relied on. */
export class CheckpointFault extends Error {
  readonly path: string
  readonly line: number
  readonly problem: string

  constructor(path: string, line: number, problem: string) {
    super(`${path} line ${line}: ${problem}`)
    this.name = 'CheckpointFault'
    this.path = path
    this.line = line
    this.problem = problem
  }
}

/**
 * The checkpoints of a file, in order. A last line without its newline is a write that a crash cut short.
 * @param check undefined where there are no public keys: then signatures are not looked at
 * @throws CheckpointFault naming the first line that is wrong
 */
export async function* readCheckpoints(
  path: string,
  check: CheckpointCheck | undefined,
): AsyncGenerator<Checkpoint & { readonly line: number }> {
  let number = 0
  let before = 0
  for await (const lines of readLines(path)) {
    for (const { bytes, terminated } of lines) {
      number += 1
      if (!terminated) return
      const checkpoint = parseCheckpoint(bytes)
      if (checkpoint === undefined) throw new CheckpointFault(path, number, 'it is no checkpoint')
      const problem = check?.(checkpoint)
      if (problem !== undefined) throw new CheckpointFault(path, number, problem)
      if (checkpoint.seq <= before) {
        throw new CheckpointFault(path, number, 'it is not behind the one before it')
      }
      before = checkpoint.seq
      yield { ...checkpoint, line: number }
    }
  }
}

/** Two ascending sources of expected heads as one. */
export async function* merged(
  one: AsyncIterable<ExpectedHead>,
  few: readonly ExpectedHead[],
): AsyncGenerator<ExpectedHead> {
  const waiting = few.toSorted((a, b) => a.seq - b.seq)
  for await (const head of one) {
    while ((waiting[0]?.seq ?? Infinity) <= head.seq) {
      const next = waiting.shift()
      if (next !== undefined) yield next
    }
    yield head
  }
  yield* waiting
}
