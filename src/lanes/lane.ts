import { GatewayError } from '../domain/index.ts'
import type { Slot, Task } from './slot.ts'

/** A queue in front of one worker. When the worker dies, the next one goes on with the queue. */
export class Lane {
  readonly #take: () => Slot
  readonly #queue: Waiting[] = []
  #slot: Slot
  #generation = 0
  #stopped = false

  /** @param take gives a worker: one that is warm already, if there is one */
  constructor(take: () => Slot) {
    this.#take = take
    this.#slot = this.#adopt()
  }

  /** Changes when the worker does: a stream whose state was in the old one is lost. */
  get generation(): number {
    return this.#generation
  }

  /** Tasks that no worker has yet. */
  get waiting(): number {
    return this.#queue.length
  }

  get ready(): boolean {
    return this.#slot.ready
  }

  async whenReady(): Promise<void> {
    await this.#slot.whenReady
  }

  push(task: Task): void {
    if (this.#stopped) {
      task.reject(new GatewayError('draining', 'phigate is stopping'))
      return
    }
    const timer = setTimeout(() => this.#giveUp(waiting), LONGEST_WAIT_MS).unref()
    const waiting: Waiting = { task, timer }
    this.#queue.push(waiting)
    this.#pump()
  }

  /** Nobody waits for ever: not behind a long queue, and not for a worker that does not come up. */
  #giveUp(waiting: Waiting): void {
    const at = this.#queue.indexOf(waiting)
    if (at < 0) return
    this.#queue.splice(at, 1)
    const message = 'the inspection has more to do than it can; try again'
    waiting.task.reject(new GatewayError('too-busy', message, { retryAfter: 5 }))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const { task, timer } of this.#queue.splice(0)) {
      clearTimeout(timer)
      task.reject(new GatewayError('draining', 'phigate is stopping'))
    }
    await this.#slot.stop()
  }

  #adopt(): Slot {
    const slot = this.#take()
    slot.onIdle = () => this.#pump()
    slot.onDeath = () => {
      if (this.#stopped) return
      this.#generation += 1
      // One that never came up would be replaced without end.
      if (slot.wasReady) this.#slot = this.#adopt()
      else setTimeout(() => (this.#slot = this.#adopt()), RESTART_PAUSE_MS).unref()
    }
    void slot.whenReady.then(() => this.#pump())
    return slot
  }

  #pump(): void {
    if (!this.#slot.idle) return
    const next = this.#queue.shift()
    if (next === undefined) return
    // A timer that runs on would keep the task, and what it carries, for as long as it runs.
    clearTimeout(next.timer)
    this.#slot.run(next.task)
  }
}

interface Waiting {
  readonly task: Task
  readonly timer: NodeJS.Timeout
}

const RESTART_PAUSE_MS = 1000
const LONGEST_WAIT_MS = 30_000
