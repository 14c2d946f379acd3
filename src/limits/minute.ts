import type { Clock } from '../domain/index.ts'

/** Requests of the last minute, counted by second: memory does not grow with what a caller sends. */
export interface MinuteWindow {
  add(at: number): void
  count(at: number): number
  /** Seconds until fewer than `limit` are left. */
  secondsUntilBelow(limit: number, at: number): number
}

/** One more than a minute has, because the oldest second counts until all of it is a minute ago. */
const SECONDS = 61

export function minuteWindow(): MinuteWindow {
  const counts = new Uint32Array(SECONDS)
  let newest = 0
  const forward = (at: number): void => {
    const second = Math.floor(at / 1000)
    if (second - newest >= SECONDS) counts.fill(0)
    else for (let gone = newest + 1; gone <= second; gone += 1) counts[gone % SECONDS] = 0
    newest = Math.max(newest, second)
  }
  const sum = (): number => counts.reduce((all, one) => all + one, 0)
  return {
    add(at) {
      forward(at)
      counts[newest % SECONDS] = (counts[newest % SECONDS] ?? 0) + 1
    },
    count(at) {
      forward(at)
      return sum()
    },
    secondsUntilBelow(limit, at) {
      forward(at)
      let left = sum()
      for (let wait = 1; wait <= SECONDS; wait += 1) {
        left -= counts[(newest + wait) % SECONDS] ?? 0
        if (left < limit) return wait
      }
      return SECONDS
    },
  }
}

/** Milliseconds that have passed since the start, by a clock that may be set back: then nothing has passed. */
export function elapsed(clock: Clock): () => number {
  let last = clock.now()
  let passed = 0
  return () => {
    const now = clock.now()
    passed += Math.max(0, now - last)
    last = now
    return passed
  }
}
