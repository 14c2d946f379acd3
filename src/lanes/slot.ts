import type { Worker } from 'node:worker_threads'
import { GatewayError } from '../domain/index.ts'
import { READY, type Ask, type Reply } from './protocol.ts'

/** How a worker thread is started; the composition root knows the file and what the worker needs to know. */
export type StartWorker = () => Worker

export interface Task {
  readonly message: Omit<Ask, 'id'>
  readonly transfer: readonly ArrayBuffer[]
  /** CPU time of the worker that the task may take. */
  readonly budgetMs: number
  resolve(value: unknown): void
  reject(error: Error): void
}

/** One worker thread that works on one task at a time. What waits stays outside, so that a kill loses one task only. */
export class Slot {
  readonly #worker: Worker
  #current: Current | undefined
  #next = 1
  #dead = false
  #ready = false
  readonly whenReady: Promise<void>

  constructor(start: StartWorker) {
    this.#worker = start()
    this.whenReady = new Promise((resolve) => {
      this.#worker.once('message', (message) => {
        if (message !== READY) return
        this.#ready = true
        this.#worker.on('message', (reply: Reply) => this.#settle(reply))
        resolve()
      })
      // A worker that dies before it is ready must not hold up the start for ever.
      this.#worker.once('exit', () => resolve())
    })
    this.#worker.on('error', (error) => this.#die('an inspection worker failed', error))
    this.#worker.on('exit', () => this.#die('an inspection worker stopped', undefined))
  }

  get ready(): boolean {
    return this.#ready && !this.#dead
  }

  /** Whether the worker ever came up. */
  get wasReady(): boolean {
    return this.#ready
  }

  get idle(): boolean {
    return this.ready && this.#current === undefined
  }

  get dead(): boolean {
    return this.#dead
  }

  run(task: Task): void {
    const id = this.#next++
    const timer = setTimeout(() => void this.#checkBudget(id), task.budgetMs)
    this.#current = { id, task, timer, since: performance.now(), before: cpuOf(this.#worker) }
    try {
      this.#worker.postMessage({ id, ...task.message }, [...task.transfer])
    } catch (cause) {
      this.#die('a request could not be handed to its worker', cause)
    }
  }

  /** The clock only says when to look: on a loaded machine a worker waits for its turn through no fault of its own. */
  async #checkBudget(id: number): Promise<void> {
    const current = this.#current
    if (current === undefined || current.id !== id) return
    const [before, now] = await Promise.all([current.before, cpuOf(this.#worker)])
    if (this.#current?.id !== id) return
    const { budgetMs } = current.task
    const left = before === undefined || now === undefined ? 0 : budgetMs - (now - before)
    const waited = performance.now() - current.since
    if (left <= 0 || waited >= budgetMs * LONGEST_FACTOR) {
      this.#die('the inspection took too long', undefined)
    } else {
      current.timer = setTimeout(() => void this.#checkBudget(id), Math.max(left, LEAST_WAIT_MS))
    }
  }

  async stop(): Promise<void> {
    this.#die('phigate is stopping', undefined)
    await this.#worker.terminate()
  }

  /** Called when the slot can take the next task. */
  onIdle: () => void = () => {}
  /** Called once when the worker is gone. */
  onDeath: () => void = () => {}

  #settle(reply: Reply): void {
    const current = this.#current
    if (current === undefined || current.id !== reply.id) return
    clearTimeout(current.timer)
    this.#current = undefined
    if (reply.ok) current.task.resolve(reply.value)
    else current.task.reject(new GatewayError(reply.code, reply.message))
    this.onIdle()
  }

  #die(message: string, cause: unknown): void {
    if (this.#dead) return
    this.#dead = true
    const current = this.#current
    this.#current = undefined
    if (current !== undefined) {
      clearTimeout(current.timer)
      current.task.reject(new GatewayError('inspection-failed', message, { cause }))
    }
    void this.#worker.terminate()
    this.onDeath()
  }
}

interface Current {
  readonly id: number
  readonly task: Task
  timer: NodeJS.Timeout
  /** When the task was handed over, in milliseconds of performance.now(). */
  readonly since: number
  readonly before: Promise<number | undefined>
}

/** Whatever the worker waits for, after this many times its budget it is given up. */
const LONGEST_FACTOR = 5
const LEAST_WAIT_MS = 20
/** A thread that does not even say how busy it is does not come back. */
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
