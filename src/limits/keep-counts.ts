import type { DayCount, DayCounters } from '../domain/index.ts'
import { dayBefore } from './days.ts'
import type { Limiter } from './limiter.ts'

const EVERY_MS = 1000

/** Stores the counts of days each second: a write for each exchange would cost more than a second's counts are worth. */
export interface CountKeeper {
  /** Stores what is left. */
  stop(): Promise<void>
}

export function keepCounts(
  limiter: Limiter,
  counters: DayCounters,
  onFailure: () => void,
): CountKeeper {
  let waiting: (readonly [day: string, counts: readonly DayCount[]])[] = []
  let running = Promise.resolve()
  let newest = ''
  const save = async (): Promise<void> => {
    waiting.push(...limiter.drain())
    const batch = waiting
    waiting = []
    for (const [index, [day, counts]] of batch.entries()) {
      try {
        await counters.add(day, counts)
      } catch {
        // Kept for the next time: a full disk may have room again.
        waiting.push(...batch.slice(index))
        onFailure()
        return
      }
      if (day <= newest) continue
      newest = day
      await counters.forgetBefore(dayBefore(day)).catch(onFailure)
    }
  }
  const timer = setInterval(() => (running = running.then(save)), EVERY_MS)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      await running
      await save()
    },
  }
}
