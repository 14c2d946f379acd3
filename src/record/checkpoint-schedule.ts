import type { Checkpoint } from '../schema/index.ts'
import { ZERO_HASH, type Head } from './chain.ts'
import type { Checkpoints } from './checkpoint-file.ts'

/** How the signing of a log goes. */
export interface SigningStatus {
  /** Of the last attempt. */
  readonly state: 'working' | 'failing'
  /** Attempts that failed since the start. */
  readonly failures: number
}

/** When a log that is being written gets its checkpoints. */
export interface Schedule {
  last(): Checkpoint | undefined
  status(): SigningStatus
  /** Told of every new head. */
  written(head: Head): void
  /** A checkpoint now. @throws Error when it cannot be written */
  seal(head: Head): Promise<void>
  /** The last checkpoint; what cannot be written any more is left, and told. */
  close(head: Head): Promise<void>
}

export interface ScheduleOptions {
  readonly checkpoints: Checkpoints
  /** So many records after the last checkpoint there is another. */
  readonly records: number
  /** So long after the first record that has none, at most, as well; and so long after a failure it is tried again. */
  readonly everyMs: number
  /** Told when signing begins to fail, and when it works again. @param problem code of the error */
  readonly onChange?: ((state: SigningStatus['state'], problem: string) => void) | undefined
}

/** Of a log that nobody signs. */
export const NO_CHECKPOINTS: Schedule = {
  last: () => undefined,
  status: () => ({ state: 'working', failures: 0 }),
  written: () => {},
  seal: () => Promise.resolve(),
  close: () => Promise.resolve(),
}

/** A checkpoint that fails is made up for by the next one: each covers all that was before it. */
export function checkpointSchedule(options: ScheduleOptions): Schedule {
  const { checkpoints, records, everyMs, onChange } = options
  let head: Head = { seq: 0, hash: ZERO_HASH }
  let signing = false
  let state: SigningStatus['state'] = 'working'
  let failures = 0
  const covered = (): number => checkpoints.last()?.seq ?? 0
  const turn = (next: SigningStatus['state'], problem: string): void => {
    if (next === 'failing') failures += 1
    if (state === next) return
    state = next
    onChange?.(next, problem)
  }
  const add = async (at: Head): Promise<void> => {
    try {
      await checkpoints.add(at)
    } catch (error) {
      turn('failing', problemOf(error))
      throw error
    }
    turn('working', '')
  }
  const sign = (): void => {
    if (signing || head.seq <= covered()) return
    signing = true
    // Told by its state.
    void add(head)
      .catch(() => undefined)
      .finally(() => {
        signing = false
      })
  }
  const timer = setInterval(() => {
    if (signing) turn('failing', 'the disk does not answer')
    else sign()
  }, everyMs).unref()
  return {
    last: () => checkpoints.last(),
    status: () => ({ state, failures }),
    written(next) {
      head = next
      // While it fails the clock tries again, not every record.
      if (state === 'working' && head.seq - covered() >= records) sign()
    },
    seal: add,
    async close(at) {
      clearInterval(timer)
      if (at.seq > 0) await add(at).catch(() => undefined)
      await checkpoints.close()
    },
  }
}

/** What is in a message of Node.js may be a path, and of a key anything: the code says enough. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  const isDamage = /^the file (?:was replaced|lost|could not)|^somebody else wrote/.test(
    error.message,
  )
  return 'code' in error ? String(error.code) : isDamage ? error.message : error.name
}
