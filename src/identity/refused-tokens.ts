import type { AuditLog, Clock, UnchainedRecord } from '../domain/index.ts'
import type { RefusedBecause } from './identity.ts'

/** At most one record in this time, however many tokens are refused. */
const INTERVAL_MS = 60_000
/** In the place of an issuer, for tokens that are of none. */
const UNKNOWN = 'unknown'

export interface RefusedTokens {
  /** Counts a refusal. The issuer is one of the configuration, never what a token says. */
  readonly count: (reason: RefusedBecause, issuer: string | undefined) => void
  /** Records what is counted and not recorded yet, and counts no more. */
  close(): Promise<void>
}

export interface RefusedTokensOptions {
  readonly audit: AuditLog
  readonly labels: Readonly<Record<string, string>>
  readonly clock: Clock
  /** Runs something later, unless the returned function is called before. */
  readonly later?: (ms: number, run: () => void) => () => void
}

/**
 * Refused tokens leave a trace in the audit log without filling it: numbers by issuer and reason, an interval after the
 * first of them. Both sets of names are closed, so a flood costs no more memory than a drop.
 */
export function createRefusedTokens(options: RefusedTokensOptions): RefusedTokens {
  const { audit, labels, clock, later = unref } = options
  let tally = new Tally(clock.now())
  let cancel: (() => void) | undefined
  let writing = Promise.resolve()
  let closed = false

  const record = async (): Promise<void> => {
    if (tally.isEmpty()) return
    const taken = tally
    tally = new Tally(clock.now())
    try {
      await audit.append({ labels: { ...labels }, custom: taken.report(clock.now()) })
    } catch {
      // The log says itself that it cannot be written; the numbers wait for the next record.
      tally = taken.plus(tally)
      schedule()
    }
  }
  const schedule = (): void => {
    if (closed || cancel !== undefined) return
    cancel = later(INTERVAL_MS, () => {
      cancel = undefined
      writing = record()
    })
  }
  return {
    count(reason, issuer) {
      if (closed) return
      if (tally.isEmpty()) tally = new Tally(clock.now())
      tally.add(issuer ?? UNKNOWN, reason, 1)
      schedule()
    },
    async close() {
      closed = true
      cancel?.()
      await writing
      await record()
    },
  }
}

/** Numbers by issuer and reason, since some moment. */
class Tally {
  readonly #since: number
  readonly #counts = new Map<string, Map<string, number>>()

  constructor(since: number) {
    this.#since = since
  }

  isEmpty(): boolean {
    return this.#counts.size === 0
  }

  add(issuer: string, reason: string, more: number): void {
    const reasons = this.#counts.get(issuer) ?? new Map<string, number>()
    this.#counts.set(issuer, reasons.set(reason, (reasons.get(reason) ?? 0) + more))
  }

  plus(other: Tally): this {
    for (const [issuer, reasons] of other.#counts) {
      for (const [reason, more] of reasons) this.add(issuer, reason, more)
    }
    return this
  }

  report(now: number): UnchainedRecord['custom'] {
    const refused = [...this.#counts].map(([issuer, reasons]) => [
      issuer,
      Object.fromEntries(reasons),
    ])
    return {
      kind: 'refused-tokens',
      durationMs: Math.max(0, Math.round(now - this.#since)),
      refused: Object.fromEntries(refused),
    }
  }
}

/** Does not keep the process alive. */
function unref(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  timer.unref()
  return () => clearTimeout(timer)
}
