import { GatewayError } from '../domain/index.ts'
import type { Slot, Task } from './slot.ts'

/** A queue in front of one worker. When the worker dies, the next one goes on with the queue. */
export class Lane {
  readonly #take: () => Slot
  #queue: Waiting[] = []
  #slot: Slot
  #generation = 0
  #stopped = false
  #pumping = false
  #sweep: NodeJS.Timeout | undefined
  #sweeps = 0

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
      task.reject(stopping())
      return
    }
    this.#queue.push({ task, since: this.#sweeps })
    this.#pumpSoon()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#sweep)
    for (const { task } of this.#queue.splice(0)) task.reject(stopping())
    await this.#slot.stop()
  }

  #adopt(): Slot {
    const slot = this.#take()
    slot.onRoom = () => this.#pumpSoon()
    slot.onDeath = (back) => {
      if (this.#stopped) {
        for (const task of back) task.reject(stopping())
        return
      }
      this.#generation += 1
      this.#queue.unshift(...back.map((task) => ({ task, since: this.#sweeps })))
      // One that never came up would be replaced without end.
      if (slot.wasReady) this.#slot = this.#adopt()
      else setTimeout(() => (this.#slot = this.#adopt()), RESTART_PAUSE_MS).unref()
    }
    void slot.whenReady.then(() => this.#pumpSoon())
    return slot
  }

  /** What arrives in one turn of the event loop goes to the worker together. */
  #pumpSoon(): void {
    if (this.#pumping) return
    this.#pumping = true
    setImmediate(() => {
      this.#pumping = false
      this.#pump()
    })
  }

  #pump(): void {
    if (this.#queue.length === 0) return
    const tasks = this.#queue.map(({ task }) => task)
    this.#queue = this.#queue.slice(this.#slot.takeFrom(tasks))
    if (this.#queue.length > 0 && !this.#stopped) {
      this.#sweep ??= setInterval(() => this.#giveUp(), SWEEP_MS).unref()
    }
  }

  /** Nobody waits for ever: not behind a long queue, and not for a worker that does not come up. */
  #giveUp(): void {
    this.#sweeps += 1
    const latest = this.#sweeps - LONGEST_WAIT_MS / SWEEP_MS
    const late = this.#queue.filter(({ since }) => since <= latest)
    this.#queue = this.#queue.filter(({ since }) => since > latest)
    const message = 'the inspection has more to do than it can; try again'
    for (const { task } of late) {
      task.reject(new GatewayError('too-busy', message, { retryAfter: 5 }))
    }
    if (this.#queue.length > 0) return
    clearInterval(this.#sweep)
    this.#sweep = undefined
  }
}

interface Waiting {
  readonly task: Task
  /** After how many sweeps it came: the age of what waits need not be known better, and costs no timer of its own. */
  readonly since: number
}

const RESTART_PAUSE_MS = 1000
const LONGEST_WAIT_MS = 30_000
const SWEEP_MS = 500

function stopping(): GatewayError {
  return new GatewayError('draining', 'phigate is stopping')
}
