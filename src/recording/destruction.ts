import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFileSync, syncDirectorySync } from '../durable/index.ts'
import type { RecordingFiles } from './recording-store.ts'

/** Sessions whose recordings are destroyed: why, by whom, and when (RFC 3339, UTC). */
export interface Destruction {
  readonly kind: 'shred' | 'retention'
  readonly sessions: readonly { readonly session: string; readonly slots: readonly number[] }[]
  readonly reason: string
  readonly by: string
  readonly at: string
}

export interface DestructionOptions {
  /** That of the recordings. */
  readonly directory: string
  readonly files: RecordingFiles
  /** Does away with what else holds the sessions' texts. */
  readonly forget: (sessions: readonly string[]) => Promise<void>
  /** Writes to the audit log. @param late whether the destruction had been interrupted */
  readonly record: (destruction: Destruction, late: boolean) => Promise<void>
}

/** Destroys recordings: none goes without a record, and one that was begun is brought to its end. */
export interface Destroyer {
  /** Resolves when the keys are gone, and the log says so. */
  destroy(destruction: Destruction): Promise<void>
  /** Ends what a crash interrupted. */
  finish(): Promise<void>
}

const INTENT = /^destroying-\d+\.json$/

/**
 * What is to be destroyed is written down first, then the keys are overwritten, then the log is told, then the note
 * goes. So a crash at any point leaves either everything or a note that the next start acts on.
 */
export function openDestroyer(options: DestructionOptions): Destroyer {
  const { directory, files, forget, record } = options
  let number = 0
  const carryOut = async (path: string, destruction: Destruction, late: boolean): Promise<void> => {
    const { sessions } = destruction
    const slots = sessions.flatMap((one) => one.slots)
    files.forget(slots)
    files.slots.destroy(slots)
    await (await files.keeper.upToDate()).forget(slots)
    await forget(sessions.map(({ session }) => session))
    await record(destruction, late)
    rmSync(path)
    syncDirectorySync(directory)
  }
  return {
    async destroy(destruction) {
      number += 1
      const path = join(
        directory,
        `destroying-${Date.now()}${String(number).padStart(4, '0')}.json`,
      )
      replaceFileSync(path, JSON.stringify(destruction))
      await carryOut(path, destruction, false)
    },
    async finish() {
      for (const name of readdirSync(directory).filter((file) => INTENT.test(file))) {
        const path = join(directory, name)
        await carryOut(path, JSON.parse(readFileSync(path, 'utf8')) as Destruction, true)
      }
    },
  }
}
