/**
 * Guesses how much of a body its session has not sent before, to choose a lane: a conversation that grows by a line a
 * turn is a small task, however long it is, because what was seen is not searched again.
 */
export interface UnseenBytes {
  estimate(session: string, bytes: number): number
}

const MOST_SESSIONS = 10_000

export function createUnseenBytes(): UnseenBytes {
  const last = new Map<string, number>()
  return {
    estimate(session, bytes) {
      const before = last.get(session) ?? 0
      last.delete(session)
      last.set(session, bytes)
      const oldest = last.keys().next()
      if (last.size > MOST_SESSIONS && oldest.done === false) last.delete(oldest.value)
      // Smaller than before: not the conversation that was seen.
      return bytes >= before ? bytes - before : bytes
    },
  }
}
