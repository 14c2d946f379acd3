import type { AuditLog, Clock } from '../domain/index.ts'
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

type Counts = Map<string, Map<string, number>>

/**
 * Refused tokens leave a trace in the audit log without filling it: numbers by issuer and reason, an interval after the
 * first of them. Both sets of names are closed, so a flood costs no more memory than a drop.
 */
export function createRefusedTokens(options: RefusedTokensOptions): RefusedTokens {
  const { audit, labels, clock, later = unref } = options
  let counts: Counts = new Map()
  let since = 0
  let cancel: (() => void) | undefined
  let writing = Promise.resolve()
  let closed = false

  const record = async (): Promise<void> => {
    if (counts.size === 0) return
    const taken = counts
    const begun = since
    counts = new Map()
    const durationMs = Math.max(0, Math.round(clock.now() - begun))
    const custom = { kind: 'refused-tokens' as const, durationMs, refused: plain(taken) }
    try {
      await audit.append({ labels: { ...labels }, custom })
    } catch {
      // The log says itself that it cannot be written; the numbers wait for the next record.
      since = begun
      for (const [issuer, reasons] of taken) {
        for (const [reason, many] of reasons) add(counts, issuer, reason, many)
      }
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
      if (counts.size === 0) since = clock.now()
      add(counts, issuer ?? UNKNOWN, reason, 1)
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

function add(counts: Counts, issuer: string, reason: string, more: number): void {
  const reasons = counts.get(issuer) ?? new Map<string, number>()
  counts.set(issuer, reasons.set(reason, (reasons.get(reason) ?? 0) + more))
}

function plain(counts: Counts): Record<string, Record<string, number>> {
  return Object.fromEntries(
    [...counts].map(([issuer, reasons]) => [issuer, Object.fromEntries(reasons)]),
  )
}

/** Does not keep the process alive. */
function unref(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  timer.unref()
  return () => clearTimeout(timer)
}
