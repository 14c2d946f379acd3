/** Loaded before a program that is measured: says over IPC what its process has used. The program stays as it is. */
import { isMainThread } from 'node:worker_threads'

export interface Usage {
  /** CPU of all threads so far, in milliseconds. */
  readonly cpuMs: number
  readonly peakMegabytes: number
  readonly residentMegabytes: number
}

if (isMainThread && process.send !== undefined) {
  process.on('message', (message) => {
    if (message !== 'usage') return
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
