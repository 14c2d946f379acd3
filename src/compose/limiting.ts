/** The part of the composition root that limits and locks out callers. */
import type { Clock, DayCount } from '../domain/index.ts'
import {
  createLimiter,
  dayBefore,
  dayOf,
  keepCounts,
  openBlocks,
  type Blocks,
  type CountKeeper,
  type Limiter,
  type LimitRules,
} from '../limits/index.ts'
import type { Store } from '../store/index.ts'

export interface Limiting {
  readonly limiter: Limiter
  readonly blocks: Blocks
  readonly keeper: CountKeeper
}

/** Goes on with the counts and blocks of the store. */
export async function openLimiting(
  /** Read anew each time: a reload changes them. */
  rules: () => LimitRules,
  store: Store,
  clock: Clock,
  onFailure: () => void,
): Promise<Limiting> {
  const live: LimitRules = {
    get perPrincipal() {
      return rules().perPrincipal
    },
    get overrides() {
      return rules().overrides
    },
  }
  const today = dayOf(clock.now())
  await store.dayCounters.forgetBefore(dayBefore(today))
  const stored = new Map<string, readonly DayCount[]>()
  for (const day of [dayBefore(today), today]) stored.set(day, await store.dayCounters.load(day))
  const limiter = createLimiter(live, clock, stored)
  return {
    limiter,
    blocks: await openBlocks(store.blocks),
    keeper: keepCounts(limiter, store.dayCounters, onFailure),
  }
}
