import { GatewayError } from '../domain/index.ts'
import type { DurableFile } from './durable-file.ts'

/** What a batch becomes on disk. */
export interface Encoded<R> {
  readonly bytes: Uint8Array
  /** One result for each item, in order. */
  readonly results: readonly R[]
  /** Called once the bytes are on disk and before anybody is told. MUST NOT throw. */
  readonly commit: () => void | Promise<void>
}

export interface GroupCommitOptions<T, R> {
  readonly file: DurableFile
  /** For error messages: `the audit log`. */
  readonly name: string
  /** `offset` is where the bytes will stand in the file. MUST NOT have an effect before `commit`. */
  readonly encode: (items: readonly T[], offset: number) => Encoded<R>
  /** Told the results of items that reached the disk after their callers had been refused. */
  readonly onLate?: (results: readonly R[]) => void
  /** How long an item may wait for the disk. */
  readonly timeoutMs: number
  /** After a failure, how long until writing is tried again if nobody else tries. */
  readonly probeMs: number
  /** Told when writing begins to fail, and when it works again. @param problem code of the error; empty when it works */
  readonly onHealth?: ((state: 'working' | 'failing', problem: string) => void) | undefined
}

/** One item on its way to the disk: settled once, by the write or by its timeout. */
export interface Ticket<T, R> {
  readonly item: T
  readonly receipt: Promise<R>
  isSettled(): boolean
  resolve(result: R): void
  reject(error: Error): void
}

/**
 * One writer for many callers: a batch is all that arrived while the previous write ran, so that the cost of reaching
 * the disk is shared. Each caller is told by its own ticket.
 */
export interface GroupCommit<T, R> {
  /** Starts the clock of an item. @throws GatewayError `audit-unavailable` once closed */
  ticket(item: T): Ticket<T, R>
  /** Hands a ticket to the writer. */
  submit(ticket: Ticket<T, R>): void
  healthy(): boolean
  /** Takes nothing more, waits for what is under way and closes the file. */
  close(): Promise<void>
}

/** The error with which a record that could not be made durable is refused. */
export function unavailable(name: string, cause: unknown): GatewayError {
  const code = codeOf(cause)
  const known = code === undefined ? '' : ` (${code})`
  return new GatewayError('audit-unavailable', `${name} could not be written${known}`, { cause })
}

/** The code of an error of the operating system: other texts may hold anything. */
function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined
}

function problemOf(error: unknown): string {
  return codeOf(error) ?? 'unknown error'
}

/** @returns a group commit over a file that nobody else writes to */
export function groupCommit<T, R>(options: GroupCommitOptions<T, R>): GroupCommit<T, R> {
  return new Committer(options)
}

class Committer<T, R> implements GroupCommit<T, R> {
  readonly #options: GroupCommitOptions<T, R>
  /** Waiting for the writer. */
  readonly #queue = new Set<Ticket<T, R>>()
  /** Not settled, wherever they are. */
  readonly #open = new Set<Ticket<T, R>>()
  #running: Promise<void> | undefined
  #probe: NodeJS.Timeout | undefined
  #healthy = true
  #closed = false

  constructor(options: GroupCommitOptions<T, R>) {
    this.#options = options
  }

  ticket(item: T): Ticket<T, R> {
    const { name, timeoutMs } = this.#options
    if (this.#closed) throw new GatewayError('audit-unavailable', `${name} is closed`)
    const timer = setTimeout(() => {
      this.#fail('no answer in time')
      // One that still waits is never written; one that is being written is told to onLate.
      this.#queue.delete(issued)
      issued.reject(new GatewayError('audit-unavailable', `${name} did not answer in time`))
    }, timeoutMs)
    const issued: Ticket<T, R> = newTicket(item, () => {
      clearTimeout(timer)
      this.#open.delete(issued)
    })
    this.#open.add(issued)
    return issued
  }

  submit(ticket: Ticket<T, R>): void {
    if (ticket.isSettled()) return
    this.#queue.add(ticket)
    this.#start(() => this.#drain())
  }

  healthy(): boolean {
    return this.#healthy
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled([...this.#open].map((ticket) => ticket.receipt))
    // After a failure a write may hang, and nobody waits for it any more.
    if (this.#healthy) await this.#running
    this.#options.file.close()
  }

  #start(work: () => Promise<void>): void {
    this.#running ??= work().finally(() => {
      this.#running = undefined
      if (this.#queue.size > 0) this.#start(() => this.#drain())
    })
  }

  async #drain(): Promise<void> {
    while (this.#queue.size > 0) {
      const batch = [...this.#queue]
      this.#queue.clear()
      await this.#writeBatch(batch)
    }
  }

  async #writeBatch(batch: readonly Ticket<T, R>[]): Promise<void> {
    const { file, name, encode, onLate } = this.#options
    try {
      const items = batch.map((ticket) => ticket.item)
      const { bytes, results, commit } = encode(items, file.length())
      if (results.length !== batch.length) throw new Error('a batch lost an item')
      await file.write(bytes)
      await commit()
      this.#turn(true, '')
      const late = results.filter((_, index) => batch[index]?.isSettled() !== false)
      if (late.length > 0) onLate?.(late)
      for (const [index, result] of results.entries()) batch[index]?.resolve(result)
    } catch (error) {
      this.#fail(problemOf(error))
      for (const ticket of batch) ticket.reject(unavailable(name, error))
    }
  }

  #turn(healthy: boolean, problem: string): void {
    if (this.#healthy === healthy) return
    this.#healthy = healthy
    this.#options.onHealth?.(healthy ? 'working' : 'failing', problem)
  }

  #fail(problem: string): void {
    this.#turn(false, problem)
    if (this.#closed || this.#probe !== undefined) return
    this.#probe = setTimeout(() => {
      this.#probe = undefined
      this.#start(() => this.#tryWriting())
    }, this.#options.probeMs)
    this.#probe.unref()
  }

  /** Without traffic nobody would find out that the disk is back, and a gateway that is not ready gets no traffic. */
  async #tryWriting(): Promise<void> {
    if (this.#healthy || this.#closed) return
    try {
      await this.#options.file.probe()
      this.#turn(true, '')
    } catch (error) {
      this.#fail(problemOf(error))
    }
  }
}

function newTicket<T, R>(item: T, onSettled: () => void): Ticket<T, R> {
  const { promise, resolve, reject } = Promise.withResolvers<R>()
  let settled = false
  const settle = (): boolean => {
    const first = !settled
    settled = true
    if (first) onSettled()
    return first
  }
  return {
    item,
    receipt: promise,
    isSettled: () => settled,
    resolve: (result) => {
      if (settle()) resolve(result)
    },
    reject: (error) => {
      if (settle()) reject(error)
    },
  }
}
