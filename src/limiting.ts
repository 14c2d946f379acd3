/** The part of the composition root that limits and locks out callers. */
import type { Config } from './config/index.ts'
import type { Clock, DayCount } from './domain/index.ts'
import {
  createLimiter,
  dayBefore,
  dayOf,
  keepCounts,
  openBlocks,
  type Blocks,
  type CountKeeper,
  type Limiter,
} from './limits/index.ts'
import type { Store } from './store/index.ts'

export interface Limiting {
  readonly limiter: Limiter
  readonly blocks: Blocks
  readonly keeper: CountKeeper
}

/** Goes on with the counts and blocks of the store. */
export async function openLimiting(
  config: Config,
  store: Store,
  clock: Clock,
  onFailure: () => void,
): Promise<Limiting> {
  const today = dayOf(clock.now())
  await store.dayCounters.forgetBefore(dayBefore(today))
  const stored = new Map<string, readonly DayCount[]>()
  for (const day of [dayBefore(today), today]) stored.set(day, await store.dayCounters.load(day))
  const limiter = createLimiter(config.limits, clock, stored)
  return {
    limiter,
    blocks: await openBlocks(store.blocks),
    keeper: keepCounts(limiter, store.dayCounters, onFailure),
  }
}
