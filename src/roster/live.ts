import { statSync } from 'node:fs'
import type { Roster } from '../detect/index.ts'
import { readRoster, readRosterInfo, type RosterInfo } from './file.ts'
import type { RosterKey } from './seal.ts'

/**
 * The roster that is in a file now: read again when the file is another one, which costs a look at its entry in the
 * folder. Undefined where there is no file.
 * @throws RosterError when it cannot be used: an inspection must not go on as if nobody was listed
 */
export function liveRoster(file: string, keys: readonly RosterKey[]): () => Roster | undefined {
  return whenChanged(file, () => readRoster(file, keys))
}

/** What the file says of itself without a key, in the same manner. */
export function liveRosterInfo(file: string): () => RosterInfo | undefined {
  return whenChanged(file, () => readRosterInfo(file))
}

function whenChanged<T>(file: string, read: () => T): () => T | undefined {
  let known = ''
  let value: T | undefined
  return () => {
    const entry = statSync(file, { throwIfNoEntry: false, bigint: true })
    const now = entry === undefined ? '' : `${entry.ino} ${entry.size} ${entry.mtimeNs}`
    if (now === known) return value
    value = entry === undefined ? undefined : read()
    known = now
    return value
  }
}

const DAY_MS = 24 * 60 * 60 * 1000

/** What is to be said of a roster where patients' data may go to the upstream. */
export function rosterWarning(
  info: Pick<RosterInfo, 'importedAt'> | undefined,
  maxAgeDays: number,
  now: number,
): 'roster-missing' | 'roster-stale' | undefined {
  if (info === undefined) return 'roster-missing'
  return now - Date.parse(info.importedAt) > maxAgeDays * DAY_MS ? 'roster-stale' : undefined
}
