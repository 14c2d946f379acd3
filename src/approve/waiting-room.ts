/** Where exchanges wait until something happens to their review. */
export interface WaitingRoom {
  /** Resolves when the review changes, when the time has passed, or when the signal says so. */
  wait(id: string, ms: number, signal?: AbortSignal): Promise<void>
  wake(id: string): void
  closed(): boolean
  close(): void
}

export function openWaitingRoom(): WaitingRoom {
  const waiting = new Map<string, Set<() => void>>()
  const wake = (id: string): void => {
    for (const go of waiting.get(id) ?? []) go()
  }
  let closed = false
  return {
    wake,
    closed: () => closed,
    wait: (id, ms, signal) =>
      new Promise((resolve) => {
        const others = waiting.get(id) ?? new Set()
        waiting.set(id, others)
        const timer = setTimeout(go, ms)
        function go(): void {
          clearTimeout(timer)
          signal?.removeEventListener('abort', go)
          others.delete(go)
          if (others.size === 0) waiting.delete(id)
          resolve()
        }
        others.add(go)
        if (closed || signal?.aborted === true) go()
        else signal?.addEventListener('abort', go, { once: true })
      }),
    close: () => {
      closed = true
      for (const id of waiting.keys()) wake(id)
    },
  }
}
