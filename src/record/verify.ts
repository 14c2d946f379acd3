import { readLines, type Line } from '../durable/index.ts'
import { checkLine, isAlteredEnd, ZERO_HASH, type Head } from './chain.ts'
import { CheckpointFault, type ExpectedHead } from './expected.ts'
import { removedThrough } from './removed.ts'

/** What else to check, and whom to tell how far it is. */
export interface VerifyOptions {
  /** What the first record follows; the empty log when not given. What is before it MUST be a removal of the log's own. */
  readonly start?: Head
  /** Heads that the log MUST contain, ascending. Without them a log that was cut short cannot be told. */
  readonly expected?: AsyncIterable<ExpectedHead>
  /** Whether a record may be left out, by its digest: in a package of evidence, never in a log. */
  readonly omissions?: boolean
  /** Called now and then with the last record checked. */
  readonly onProgress?: (seq: number) => void
}

/** A log that checks, or the first record that does not. */
export type Verification =
  | {
      readonly ok: true
      /** Those that are there. */
      readonly records: number
      readonly head: Head
      /** The last record that an expected head covers; 0 when none does. */
      readonly covered: number
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

const EMPTY: Head = { seq: 0, hash: ZERO_HASH }

/**
 * Checks every record of a log: its form, its hash and its place in the chain. Memory does not grow with the log.
 * Several files are parts of one log, the oldest first.
 * @throws Error when a file cannot be read
 */
export async function verifyLog(
  paths: string | readonly string[],
  options: VerifyOptions = {},
): Promise<Verification> {
  const walk = new Walk(options)
  const files = typeof paths === 'string' ? [paths] : paths
  try {
    const problem = (await walk.begin(files[0] ?? '')) ?? (await walk.files(files))
    return problem === undefined ? await walk.end() : walk.failure(problem)
  } catch (error) {
    if (!(error instanceof CheckpointFault)) throw error
    const { path, line, problem } = error
    return { ok: false, path, line, seq: walk.head.seq + 1, problem }
  } finally {
    await walk.close()
  }
}

/** What is known while going down the log. */
class Walk {
  readonly #options: VerifyOptions
  readonly #start: Head
  readonly #expected: AsyncIterator<ExpectedHead> | undefined
  #next: ExpectedHead | undefined
  head: Head
  #begin = ''
  #path = ''
  /** Lines seen in the file at hand. */
  #line = 0
  #records = 0
  #covered = 0
  /** The last record that the log says retention removed. */
  #removed = 0
  #torn = false

  constructor(options: VerifyOptions) {
    this.#options = options
    this.#start = options.start ?? EMPTY
    this.head = this.#start
    this.#expected = options.expected?.[Symbol.asyncIterator]()
  }

  failure(problem: string): Verification {
    return { ok: false, line: this.#line, seq: this.head.seq + 1, problem, path: this.#path }
  }

  /** Passes over heads of what is not there any more, up to what the first record follows. */
  async begin(path: string): Promise<string | undefined> {
    this.#begin = path
    this.#path = path
    this.#line = 1
    await this.#advance()
    while (this.#next !== undefined && this.#next.seq < this.#start.seq) await this.#advance()
    return this.#meet()
  }

  async files(paths: readonly string[]): Promise<string | undefined> {
    for (const path of paths) {
      this.#path = path
      this.#line = 0
      for await (const lines of readLines(path)) {
        for (const line of lines) {
          this.#line += 1
          const problem = this.#check(line) ?? (await this.#meet())
          if (problem !== undefined) return problem
        }
        this.#options.onProgress?.(this.head.seq)
      }
    }
    return undefined
  }

  async end(): Promise<Verification> {
    this.#line += 1
    const next = this.#next
    if (next !== undefined) {
      return this.failure(
        next.seq <= this.head.seq
          ? `${next.from} is out of order`
          : `the log ends at record ${this.head.seq}, before record ${next.seq} of ${next.from}: it was cut short`,
      )
    }
    if (this.#start.seq > this.#removed && this.#options.omissions !== true) {
      this.#line = 1
      this.#path = this.#begin
      return this.failure(
        `the log begins at record ${this.#start.seq + 1}, and no record of it says that those before were removed`,
      )
    }
    const { head } = this
    return {
      ok: true,
      records: this.#records,
      head,
      covered: this.#covered,
      torn: this.#torn,
    }
  }

  async close(): Promise<void> {
    await this.#expected?.return?.()
  }

  #check({ bytes, terminated }: Line): string | undefined {
    const { seq, hash } = this.head
    if (this.#torn) return 'records follow a torn line'
    if (!terminated) {
      if (isAlteredEnd(bytes, seq + 1, hash)) return 'the newline of the record was altered'
      this.#torn = true
      return undefined
    }
    const check = checkLine(bytes, seq + 1, hash, this.#options.omissions)
    if (!check.ok) return check.problem
    this.head = { seq: seq + 1, hash: check.hash }
    this.#records += 1
    this.#removed = Math.max(this.#removed, removedThrough(bytes))
    return undefined
  }

  /** Compares with the heads that are expected here. */
  async #meet(): Promise<string | undefined> {
    while (this.#next !== undefined && this.#next.seq === this.head.seq) {
      if (this.#next.hash === '') {
        return `no checkpoint covers record ${this.head.seq}, behind which the log begins`
      }
      if (this.#next.hash !== this.head.hash) {
        return `record ${this.head.seq} is not the one of ${this.#next.from}: the log was rewritten`
      }
      this.#covered = this.head.seq
      await this.#advance()
    }
    return undefined
  }

  async #advance(): Promise<void> {
    const next = await this.#expected?.next()
    this.#next = next === undefined || next.done === true ? undefined : next.value
  }
}
