import { setTimeout as pause } from 'node:timers/promises'
import { toError } from '../domain/index.ts'
import { backlogOf, nextBatch, type Batch } from './sink-batch.ts'
import { readCursor, writeCursor, type Cursor } from './sink-cursor.ts'

/**
 * Sends a batch, newline-delimited JSON. Resolves with the status: one of 200 to 299 says that the receiver has it for
 * good, anything else that it has nothing of it.
 */
export type SendBatch = (
  body: Buffer,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
) => Promise<number>

export interface SinkOptions {
  readonly name: string
  /** Of the log, whose files are the spool: what a sink has is a place in them. */
  readonly directory: string
  readonly cursorFile: string
  readonly send: SendBatch
  /** The last record that is on disk for good. */
  readonly upTo: () => number
  /** More of the log than this behind the sink is too much. */
  readonly maxBacklogBytes: number
  readonly batchBytes?: number
  /** How often the log is looked at; 250 ms. */
  readonly pollMs?: number
  /** Between attempts that fail: the first, and the longest; 1 s and 60 s. */
  readonly retryMs?: number
  readonly maxRetryMs?: number
  /** How long an attempt may take; 30 s. */
  readonly timeoutMs?: number
  /** Told when deliveries begin to fail, and when they work again. */
  readonly onChange: (state: 'failing' | 'delivering', problem: string) => void
}

export interface SinkStatus {
  readonly name: string
  readonly state: 'delivering' | 'failing'
  /** The last record that it has. */
  readonly acknowledged: number
  readonly backlogBytes: number
  /** More than the configured bound. */
  readonly behind: boolean
  /** Since the start. */
  readonly records: number
  readonly failures: number
}

/** A receiver of the log: every record and checkpoint at least once, in order. */
export interface Sink {
  status(): SinkStatus
  /** Sends what it can within the time, then ends; what is left is sent after the next start. */
  stop(withinMs: number): Promise<void>
}

/** @throws Error when the cursor cannot be read */
export function openSink(options: SinkOptions): Sink {
  return new LogSink(options)
}

class LogSink implements Sink {
  readonly #options: SinkOptions
  readonly #stopping = new AbortController()
  readonly #running: Promise<void>
  #cursor: Cursor
  #state: SinkStatus['state'] = 'delivering'
  #records = 0
  #failures = 0
  #draining = false

  constructor(options: SinkOptions) {
    this.#options = options
    this.#cursor = readCursor(options.cursorFile)
    this.#running = this.#run()
  }

  status(): SinkStatus {
    const { name, directory, maxBacklogBytes } = this.#options
    const backlogBytes = backlogOf(directory, this.#cursor)
    return {
      name,
      state: this.#state,
      acknowledged: this.#cursor.seq,
      backlogBytes,
      behind: backlogBytes > maxBacklogBytes,
      records: this.#records,
      failures: this.#failures,
    }
  }

  async stop(withinMs: number): Promise<void> {
    this.#draining = true
    const late = setTimeout(() => this.#stopping.abort(), withinMs)
    await this.#running
    clearTimeout(late)
  }

  async #run(): Promise<void> {
    const { pollMs = 250, retryMs = 1000, maxRetryMs = 60_000 } = this.#options
    const { signal } = this.#stopping
    let wait = retryMs
    while (!signal.aborted) {
      const outcome = await this.#step()
      if (outcome === 'sent') {
        wait = retryMs
        continue
      }
      if (this.#draining) return
      const ms = outcome === 'nothing' ? pollMs : wait * (0.5 + Math.random())
      if (outcome === 'failed') wait = Math.min(wait * 2, maxRetryMs)
      await this.#sleep(ms)
    }
  }

  /** Looks up now and then, so that a stop need not wait for the longest pause. */
  async #sleep(ms: number): Promise<void> {
    const until = performance.now() + ms
    while (!this.#draining && performance.now() < until) {
      const left = Math.min(250, until - performance.now())
      await pause(Math.max(1, left), undefined, { ref: false })
    }
  }

  async #step(): Promise<'sent' | 'nothing' | 'failed'> {
    const { directory, upTo, batchBytes = 1 << 20, cursorFile } = this.#options
    try {
      const batch = await nextBatch(directory, this.#cursor, upTo(), batchBytes)
      if (batch === undefined) return 'nothing'
      await this.#deliver(batch)
      // In this order: what a crash in between makes unknown is sent again, and never not at all.
      await writeCursor(cursorFile, batch.next)
      this.#cursor = batch.next
      this.#records += batch.records
      this.#become('delivering', '')
      return 'sent'
    } catch (error) {
      this.#failures += 1
      this.#become('failing', toError(error).message)
      return 'failed'
    }
  }

  async #deliver({ body, records, next }: Batch): Promise<void> {
    const { send, timeoutMs = 30_000 } = this.#options
    const first = next.seq - records + 1
    const headers = {
      'content-type': 'application/x-ndjson',
      // The same for the same batch: a receiver can tell what it has already.
      'x-phigate-batch': `${first}-${next.seq}-${next.checkpoints}`,
    }
    const signal = AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(timeoutMs)])
    let status: number
    try {
      status = await send(body, headers, signal)
    } catch {
      throw new Error('the receiver cannot be reached')
    }
    if (status < 200 || status > 299) throw new Error(`the receiver answered ${status}`)
  }

  #become(state: SinkStatus['state'], problem: string): void {
    if (state === this.#state) return
    this.#state = state
    this.#options.onChange(state, problem)
  }
}
