/** When the bytes of a stream came. */
export interface StreamTiming {
  /** @param bytes of the stream so far */
  came(bytes: number): void
  /** Milliseconds and bytes since the entry before, one after the other. */
  entries(): readonly number[]
}

/** Reads closer together than this are one: finer than anybody reads, and it keeps long streams short. */
const TOGETHER_MS = 100

/** @param now milliseconds */
export function streamTiming(now: () => number): StreamTiming {
  const entries: number[] = []
  let at = now()
  let counted = 0
  let total = 0
  return {
    came(bytes) {
      total = bytes
      const passed = Math.max(0, Math.round(now() - at))
      if (entries.length > 0 && passed < TOGETHER_MS) return
      entries.push(passed, bytes - counted)
      counted = bytes
      at = now()
    },
    entries() {
      if (total > counted) entries.push(Math.max(0, Math.round(now() - at)), total - counted)
      counted = total
      return entries
    },
  }
}
