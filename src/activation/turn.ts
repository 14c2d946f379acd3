/** Longer than any worker takes: one that died in its turn must not hold up the others. */
const LONGEST_MS = 5_000

/**
 * Does something while no other thread that has the same turn does; the others sleep. Workers that all start at once
 * would take the processors from the exchanges that go on meanwhile.
 * @param turn one shared number, 0 while it is nobody's; without it there is no waiting
 */
export function inTurn<T>(turn: Int32Array | undefined, act: () => T, longestMs = LONGEST_MS): T {
  if (turn === undefined) return act()
  while (Atomics.compareExchange(turn, 0, 0, 1) !== 0) {
    if (Atomics.wait(turn, 0, 1, longestMs) === 'timed-out') break
  }
  try {
    return act()
  } finally {
    Atomics.store(turn, 0, 0)
    Atomics.notify(turn, 0, 1)
  }
}

/** A turn that several threads can be given. */
export function newTurn(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}
