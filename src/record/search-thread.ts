import type { MessagePort, Worker } from 'node:worker_threads'
import { toError } from '../domain/index.ts'
import type { AuditRecord } from '../schema/index.ts'
import type { AuditQuery, LogSearch } from './search.ts'

interface Ask {
  readonly id: number
  readonly query: AuditQuery
  readonly upTo: number
}

type Answer =
  | { readonly id: number; readonly records: readonly AuditRecord[] }
  | { readonly id: number; readonly problem: string }

/** Answers searches that come over a channel, one after the other. */
export function serveSearches(port: MessagePort, search: LogSearch): void {
  let working: Promise<void> = Promise.resolve()
  const answer = async ({ id, query, upTo }: Ask): Promise<void> => {
    const told: Answer = await search.find(query, upTo).then(
      (records) => ({ id, records }),
      (error: unknown) => ({ id, problem: toError(error).message }),
    )
    port.postMessage(told)
  }
  port.on('message', (ask: Ask) => {
    working = working.then(() => answer(ask))
  })
}

/**
 * Searches in a thread of its own, which is started by the first search: bringing an index up to a day of records takes
 * seconds, and nobody's exchange waits for that.
 */
export function threadedSearch(start: () => Worker): LogSearch & { stop(): Promise<void> } {
  const waiting = new Map<number, PromiseWithResolvers<readonly AuditRecord[]>>()
  let thread: Worker | undefined
  let count = 0
  const lose = (lost: Worker): void => {
    // One that failed exits later: what waits then waits for the thread after it.
    if (thread !== lost) return
    thread = undefined
    for (const { reject } of waiting.values()) reject(new Error('the search was ended'))
    waiting.clear()
  }
  const running = (): Worker => {
    if (thread !== undefined) return thread
    const started = start()
    started.on('message', (answer: Answer) => {
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('records' in answer) asked?.resolve(answer.records)
      else asked?.reject(new Error(answer.problem))
    })
    started.on('error', () => lose(started))
    started.on('exit', () => lose(started))
    started.unref()
    thread = started
    return started
  }
  return {
    find(query, upTo = Infinity) {
      count += 1
      const asked = Promise.withResolvers<readonly AuditRecord[]>()
      waiting.set(count, asked)
      const worker = running()
      worker.postMessage({ id: count, query, upTo } satisfies Ask, [])
      return asked.promise
    },
    async stop() {
      await thread?.terminate()
    },
  }
}
