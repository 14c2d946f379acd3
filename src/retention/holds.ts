import { existsSync, readFileSync } from 'node:fs'
import type { LegalHold } from '../domain/index.ts'
import { replaceFile } from '../durable/index.ts'

/** A recorded session as holds see it. Milliseconds since the epoch. */
export interface HeldSession {
  readonly session: string
  readonly principal: string
  readonly connection: string
  readonly firstAt: number
  readonly lastAt: number
}

/** The legal holds of a data directory, kept over a restart. */
export interface Holds {
  list(): readonly LegalHold[]
  /** Resolves when the hold is on disk. */
  place(hold: LegalHold): Promise<void>
  release(id: string): Promise<void>
  /** The hold that a time falls under, or undefined. Milliseconds since the epoch, both ends belong to it. */
  over(from: number, to: number): LegalHold | undefined
  /** The hold that a recorded session falls under, or undefined. */
  onSession(row: HeldSession): LegalHold | undefined
}

/** @throws Error when the file is there and cannot be read: then nothing may be removed */
export function openHolds(file: string): Holds {
  let holds: readonly LegalHold[] = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as readonly LegalHold[])
    : []
  if (!Array.isArray(holds)) throw new Error(`${file} holds no list of legal holds`)
  let working: Promise<void> = Promise.resolve()
  const become = (change: (now: readonly LegalHold[]) => readonly LegalHold[]): Promise<void> => {
    const changed = working.then(async () => {
      const next = change(holds)
      await replaceFile(file, JSON.stringify(next))
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

function isOver(hold: LegalHold, from: number, to: number): boolean {
  return (hold.from ?? -Infinity) <= to && from < (hold.to ?? Infinity)
}

function names(hold: LegalHold, row: HeldSession): boolean {
  const named = ['session', 'principal', 'connection'] as const
  return named.every((name) => hold[name] === undefined || hold[name] === row[name])
}
