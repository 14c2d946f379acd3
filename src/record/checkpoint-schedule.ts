import type { Checkpoint } from '../schema/index.ts'
import { ZERO_HASH, type Head } from './chain.ts'
import type { Checkpoints } from './checkpoint-file.ts'

/** When a log that is being written gets its checkpoints. */
export interface Schedule {
  last(): Checkpoint | undefined
  /** Told of every new head. */
  written(head: Head): void
  /** A checkpoint now. @throws Error when it cannot be written */
  seal(head: Head): Promise<void>
  /** The last checkpoint; what cannot be written any more is left. */
  close(head: Head): Promise<void>
}

export interface ScheduleTimes {
  /** So many records after the last checkpoint there is another. */
  readonly records: number
  /** So long after the first record that has none, at most, as well. */
  readonly everyMs: number
}

/** Of a log that nobody signs. */
export const NO_CHECKPOINTS: Schedule = {
  last: () => undefined,
  written: () => {},
  seal: () => Promise.resolve(),
  close: () => Promise.resolve(),
}

/** A checkpoint that fails is made up for by the next one: each covers all that was before it. */
export function checkpointSchedule(
  checkpoints: Checkpoints,
  { records, everyMs }: ScheduleTimes,
): Schedule {
  let head: Head = { seq: 0, hash: ZERO_HASH }
  let signing = false
  const covered = (): number => checkpoints.last()?.seq ?? 0
  const sign = (): void => {
    if (signing || head.seq <= covered()) return
    signing = true
    void checkpoints
      .add(head)
      .catch(() => undefined)
      .finally(() => {
        signing = false
      })
  }
  const timer = setInterval(sign, everyMs).unref()
  return {
    last: () => checkpoints.last(),
    written(next) {
      head = next
      if (head.seq - covered() >= records) sign()
    },
    seal: (at) => checkpoints.add(at),
    async close(at) {
      clearInterval(timer)
      if (at.seq > 0) await checkpoints.add(at).catch(() => undefined)
      await checkpoints.close()
    },
  }
}
