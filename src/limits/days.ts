import type { DayCount } from '../domain/index.ts'
import type { Caller } from './rules.ts'

/** What one caller has used today. */
export interface DayUse {
  tokens: number
  readonly patients: Set<string>
}

/** Counts of days in memory, and what of them has not been stored yet. */
export interface Days {
  use(day: string, caller: Caller): DayUse
  addTokens(day: string, caller: Caller, tokens: number): void
  addPatients(day: string, caller: Caller, digests: readonly string[]): void
  /** What came since the last call. */
  drain(): ReadonlyMap<string, readonly DayCount[]>
}

export function keyOf({ principal, connection }: Caller): string {
  return `${connection} ${principal}`
}

const DAY_MS = 86_400_000
/** Today, and the day before: a clock that is set back over midnight finds what it counted. */
const KEPT_DAYS = 2

export function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10)
}

export function dayBefore(day: string): string {
  return dayOf(Date.parse(day) - DAY_MS)
}

export function secondsUntilTomorrow(now: number): number {
  return Math.ceil((DAY_MS - (now % DAY_MS)) / 1000)
}

type Uses = Map<string, DayUse & { readonly caller: Caller }>

function usesIn(days: Map<string, Uses>, day: string): Uses {
  const known = days.get(day)
  if (known !== undefined) return known
  const fresh: Uses = new Map()
  days.set(day, fresh)
  return fresh
}

function useOf(uses: Uses, caller: Caller): DayUse {
  const known = uses.get(keyOf(caller))
  if (known !== undefined) return known
  const fresh = { caller, tokens: 0, patients: new Set<string>() }
  uses.set(keyOf(caller), fresh)
  return fresh
}

/** @param stored what was counted before the start, by day */
export function countDays(stored: ReadonlyMap<string, readonly DayCount[]>): Days {
  const days = new Map<string, Uses>()
  let unsaved = new Map<string, Uses>()
  for (const [day, counts] of stored) {
    for (const { tokens, patients, ...caller } of counts) {
      const use = useOf(usesIn(days, day), caller)
      use.tokens += tokens
      for (const patient of patients) use.patients.add(patient)
    }
  }
  const usesOn = (day: string): Uses => {
    const uses = usesIn(days, day)
    for (const old of [...days.keys()].toSorted().slice(0, -KEPT_DAYS)) {
      if (old !== day) days.delete(old)
    }
    return uses
  }
  return {
    use: (day, caller) => useOf(usesOn(day), caller),
    addTokens(day, caller, tokens) {
      if (tokens === 0) return
      useOf(usesOn(day), caller).tokens += tokens
      useOf(usesIn(unsaved, day), caller).tokens += tokens
    },
    addPatients(day, caller, digests) {
      const { patients } = useOf(usesOn(day), caller)
      for (const digest of digests) {
        if (patients.has(digest)) continue
        patients.add(digest)
        useOf(usesIn(unsaved, day), caller).patients.add(digest)
      }
    },
    drain() {
      const drained = unsaved
      unsaved = new Map()
      return new Map([...drained].map(([day, uses]) => [day, [...uses.values()].map(countOf)]))
    },
  }
}

function countOf({ caller, tokens, patients }: DayUse & { readonly caller: Caller }): DayCount {
  return { ...caller, tokens, patients: [...patients] }
}
