import { existsSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A legal hold: while it stands, nothing of its time is removed. */
export interface Hold {
  readonly id: string
  readonly reason: string
  readonly by: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The time that is held, up to and without the second; all of it when not given. */
  readonly from?: number
  readonly to?: number
  /** Of recordings only those of this session, this caller and this connection; all when none of them is given. */
  readonly session?: string
  readonly principal?: string
  readonly connection?: string
}

/** A recorded session as holds see it. Milliseconds since the epoch. */
export interface HeldSession {
  readonly session: string
  readonly principal: string
  readonly connection: string
  readonly firstAt: number
  readonly lastAt: number
}

export type HoldAsked = Omit<Hold, 'id' | 'at'>

/** The legal holds of a data directory, kept over a restart. */
export interface Holds {
  list(): readonly Hold[]
  /** Resolves when the hold is on disk. */
  place(hold: Hold): Promise<void>
  release(id: string): Promise<void>
  /** The hold that a time falls under, or undefined. Milliseconds since the epoch, both ends belong to it. */
  over(from: number, to: number): Hold | undefined
  /** The hold that a recorded session falls under, or undefined. */
  onSession(row: HeldSession): Hold | undefined
}

/** @throws Error when the file is there and cannot be read: then nothing may be removed */
export function openHolds(file: string): Holds {
  let holds: readonly Hold[] = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Hold[])
    : []
  if (!Array.isArray(holds)) throw new Error(`${file} holds no list of legal holds`)
  let working: Promise<void> = Promise.resolve()
  const become = (change: (now: readonly Hold[]) => readonly Hold[]): Promise<void> => {
    const changed = working.then(async () => {
      const next = change(holds)
      await replace(file, JSON.stringify(next))
      holds = next
    })
    working = changed.catch(() => undefined)
    return changed
  }
  return {
    list: () => holds,
    place: (hold) => become((now) => [...now, hold]),
    release: (id) => become((now) => now.filter((hold) => hold.id !== id)),
    over: (from, to) => holds.find((hold) => isOver(hold, from, to)),
    onSession: (row) =>
      holds.find((hold) => isOver(hold, row.firstAt, row.lastAt) && names(hold, row)),
  }
}

function isOver(hold: Hold, from: number, to: number): boolean {
  return (hold.from ?? -Infinity) <= to && from < (hold.to ?? Infinity)
}

function names(hold: Hold, row: HeldSession): boolean {
  const named = ['session', 'principal', 'connection'] as const
  return named.every((name) => hold[name] === undefined || hold[name] === row[name])
}

async function replace(file: string, text: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
  const folder = await open(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
