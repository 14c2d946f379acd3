import type { Worker } from 'node:worker_threads'
import { GatewayError } from '../domain/index.ts'
import { READY, type Ask, type Reply } from './protocol.ts'

/** How a worker thread is started; the composition root knows the file and what the worker needs to know. */
export type StartWorker = () => Worker

export interface Task {
  readonly message: Omit<Ask, 'id'>
  readonly transfer: readonly ArrayBuffer[]
  readonly deadlineMs: number
  resolve(value: unknown): void
  reject(error: Error): void
}

/** One worker thread that works on one task at a time. What waits stays outside, so that a kill loses one task only. */
export class Slot {
  readonly #worker: Worker
  #current: { id: number; task: Task; timer: NodeJS.Timeout } | undefined
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
    const timer = setTimeout(() => {
      this.#die('the inspection took too long', undefined)
    }, task.deadlineMs)
    this.#current = { id, task, timer }
    try {
      this.#worker.postMessage({ id, ...task.message }, [...task.transfer])
    } catch (cause) {
      this.#die('a request could not be handed to its worker', cause)
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
