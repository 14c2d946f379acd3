/** Loaded before a program that is measured: says over IPC what its process has used. The program stays as it is. */
import { setTimeout as after } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { BroadcastChannel, isMainThread } from 'node:worker_threads'

export interface Usage {
  /** CPU of all threads so far, in milliseconds. */
  readonly cpuMs: number
  readonly peakMegabytes: number
  readonly residentMegabytes: number
}

/** What no thread needs any more goes when it is asked for: all of them listen here. */
const tidy = new BroadcastChannel('phigate-bench-tidy')
tidy.unref()
// oxlint-disable-next-line unicorn/prefer-add-event-listener -- a listener that is added would keep the thread alive
tidy.onmessage = collect
/** Threads say nothing when they are done. */
const TIDY_MS = 1000

function collect(): void {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  // Twice: what a finalizer let go is found by the second.
  gc()
  gc()
}

if (isMainThread && process.send !== undefined) {
  process.on('message', async (message) => {
    if (message !== 'usage' && message !== 'tidy usage') return
    if (message === 'tidy usage') {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel of threads has none
      tidy.postMessage('')
      collect()
      await after(TIDY_MS)
    }
    const { user, system } = process.cpuUsage()
    const peakMegabytes = process.resourceUsage().maxRSS / 1024
    const residentMegabytes = process.memoryUsage.rss() / 2 ** 20
    process.send?.({
      cpuMs: (user + system) / 1000,
      peakMegabytes,
      residentMegabytes,
    } satisfies Usage)
  })
  // The channel must not keep a program that has ended.
  process.channel?.unref()
  // Whoever measures may be gone; nobody else would end this process then.
  process.on('disconnect', () => process.exit(0))
}
