/**
 * What a worker says of itself while it works and cannot answer: two numbers in memory that both threads see. The first
 * is the id of its task, the second the CPU time, in milliseconds, that it had used when the task began.
 */
export type Watch = Float64Array<SharedArrayBuffer>

export function newWatch(): Watch {
  return new Float64Array(new SharedArrayBuffer(16))
}

/** Called by the worker. */
export function writeWatch(watch: Watch, id: number): void {
  const { user, system } = process.threadCpuUsage()
  watch[1] = (user + system) / 1000
  watch[0] = id
}

/** Called by the main thread. Id 0: no task was begun. */
export function readWatch(watch: Watch): { readonly id: number; readonly cpuMs: number } {
  return { id: watch[0] ?? 0, cpuMs: watch[1] ?? 0 }
}
