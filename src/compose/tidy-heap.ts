import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type CollectGarbage = (how: {
  readonly type: 'major'
  readonly execution: 'sync'
  readonly flavor: 'last-resort'
}) => void

/**
 * Gives back what a thread's start has used: the sources of modules, what patterns and schemas were compiled from, a young
 * generation that grew for it. V8 would keep that, 35 MB a thread, until there is work enough to fill it again. It takes
 * some tens of milliseconds, so it is for the end of a start alone.
 */
export function tidyHeap(): void {
  // The function is in contexts that are made under this flag; nobody else has to start with it.
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('globalThis.gc') as CollectGarbage | undefined
  setFlagsFromString('--no-expose-gc')
  // Flags are the process': another thread that does this may have taken it back already. Then V8 keeps what it has.
  collectGarbage?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
