import type { Worker } from 'node:worker_threads'
import { GatewayError } from '../domain/index.ts'
import { READY, type Ask, type Reply } from './protocol.ts'
import { newWatch, readWatch } from './watch.ts'

/** How a worker thread is started; the composition root knows the file and what the worker needs to know. */
export type StartWorker = () => Worker

export interface Task {
  readonly message: Omit<Ask, 'id'>
  /** What is moved to the worker instead of copied. */
  readonly transfer: readonly ArrayBuffer[]
  /** Whether another worker may do it when this one dies before its turn: it was copied, and holds no stream. */
  readonly replayable: boolean
  /** CPU time of the worker that the task may take. */
  readonly budgetMs: number
  resolve(value: unknown): void
  reject(error: Error): void
}

/** So many tasks stand in front of a worker: fewer wake it, and the main thread, for each of them. */
const WINDOW = 8
const TICK_MS = 25

/**
 * One worker thread and the few tasks that were handed to it. It works on one at a time and says on which in shared
 * memory, so that a kill costs that one alone: those behind it are given back.
 */
export class Slot {
  readonly #worker: Worker
  readonly #watch = newWatch()
  readonly #given = new Map<number, Task>()
  #seen: Seen = { id: 0, since: 0 }
  #ticker: NodeJS.Timeout | undefined
  #next = 1
  #dead = false
  #ready = false
  readonly whenReady: Promise<void>

  constructor(start: StartWorker) {
    this.#worker = start()
    this.#worker.postMessage({ watch: this.#watch }, [])
    this.whenReady = new Promise((resolve) => {
      this.#worker.once('message', (message) => {
        if (message !== READY) return
        this.#ready = true
        this.#worker.on('message', (replies: readonly Reply[]) => this.#settle(replies))
        resolve()
      })
      // A worker that dies before it is ready must not hold up the start for ever.
      this.#worker.once('exit', () => resolve())
    })
    this.#worker.on('error', (error) => this.#die(lost('an inspection worker failed', error)))
    this.#worker.on('exit', () => this.#die(lost('an inspection worker stopped', undefined)))
  }

  get ready(): boolean {
    return this.#ready && !this.#dead
  }

  /** Whether the worker ever came up. */
  get wasReady(): boolean {
    return this.#ready
  }

  get dead(): boolean {
    return this.#dead
  }

  /** Takes from the front of the queue what it has room for. What is moved would be lost with another's kill. */
  takeFrom(queue: readonly Task[]): number {
    if (!this.ready) return 0
    let room = WINDOW - this.#given.size
    let taken = 0
    for (const task of queue) {
      const alone = this.#given.size + taken === 0
      if (room === 0 || (task.transfer.length > 0 && !alone)) break
      room -= 1
      taken += 1
    }
    if (taken > 0) this.#hand(queue.slice(0, taken))
    return taken
  }

  async stop(): Promise<void> {
    this.#die(new GatewayError('draining', 'phigate is stopping'))
    await this.#worker.terminate()
  }

  /** Called when the slot can take more. */
  onRoom: () => void = () => {}
  /** Called once when the worker is gone, with the tasks that it had not begun. */
  onDeath: (back: readonly Task[]) => void = () => {}

  #hand(tasks: readonly Task[]): void {
    const asks = tasks.map((task): Ask => ({ id: this.#next++, ...task.message }))
    for (const [index, task] of tasks.entries()) this.#given.set(asks[index]?.id ?? 0, task)
    this.#ticker ??= setInterval(() => void this.#look(), TICK_MS).unref()
    try {
      this.#worker.postMessage(
        asks,
        tasks.flatMap(({ transfer }) => transfer),
      )
    } catch (cause) {
      // One of them cannot be handed over, and it does not say which: alone, each has its own error.
      for (const { id } of asks) this.#given.delete(id)
      if (tasks.length > 1) for (const task of tasks) this.#hand([task])
      else tasks[0]?.reject(lost('a request could not be handed to its worker', cause))
    }
  }

  #settle(replies: readonly Reply[]): void {
    for (const reply of replies) {
      const task = this.#given.get(reply.id)
      if (task === undefined) continue
      this.#given.delete(reply.id)
      if (reply.ok) task.resolve(reply.value)
      else task.reject(new GatewayError(reply.code, reply.message))
    }
    this.onRoom()
  }

  /**
   * Ends a worker whose task takes too long. The clock only says when to look: on a loaded machine a worker waits for
   * its turn through no fault of its own.
   */
  async #look(): Promise<void> {
    const [oldest] = this.#given.values()
    if (oldest === undefined) {
      clearInterval(this.#ticker)
      this.#ticker = undefined
      return
    }
    const { id, cpuMs: before } = readWatch(this.#watch)
    const now = performance.now()
    if (this.#seen.id !== id) {
      this.#seen = { id, since: now }
      return
    }
    const { budgetMs } = this.#given.get(id) ?? oldest
    const waited = now - this.#seen.since
    if (waited < budgetMs) return
    const used = await cpuOf(this.#worker)
    if (readWatch(this.#watch).id !== id || !this.#given.has(id)) return
    const over = used !== undefined && used - before >= budgetMs
    const longest = budgetMs * (used === undefined ? SILENT_FACTOR : LONGEST_FACTOR)
    if (over || waited >= longest) this.#die(lost('the inspection took too long', undefined))
  }

  #die(error: GatewayError): void {
    if (this.#dead) return
    this.#dead = true
    clearInterval(this.#ticker)
    const { id } = readWatch(this.#watch)
    // Where nobody is known to be at fault, it may be any of them: each has one more chance.
    const known = this.#given.has(id)
    const back: Task[] = []
    for (const [given, task] of this.#given) {
      if (given === id || !task.replayable) task.reject(error)
      else back.push(known ? task : { ...task, replayable: false })
    }
    this.#given.clear()
    void this.#worker.terminate()
    this.onDeath(back)
  }
}

interface Seen {
  readonly id: number
  readonly since: number
}

function lost(message: string, cause: unknown): GatewayError {
  return new GatewayError('inspection-failed', message, { cause })
}

/** Whatever the worker waits for, after this many times its budget it is given up. */
const LONGEST_FACTOR = 5
/** A worker that does not even say how busy it is has less time: it is more likely stuck than waiting. */
const SILENT_FACTOR = 2
const ANSWER_WITHIN_MS = 250

/** Milliseconds of CPU that the worker has used; undefined when it cannot be told. */
async function cpuOf(worker: Worker): Promise<number | undefined> {
  const usage = worker.cpuUsage().then(
    ({ user, system }) => (user + system) / 1000,
    () => undefined,
  )
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ANSWER_WITHIN_MS)
  })
  const told = await Promise.race([usage, late])
  clearTimeout(timer)
  return told
}
