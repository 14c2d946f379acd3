import type { Worker } from 'node:worker_threads'
import type { AuditLog, Clock, UnchainedRecord } from '../domain/index.ts'
import { difference } from '../policy/index.ts'
import type { Decision } from '../schema/index.ts'
import type { JudgeAsk, JudgeNews } from './judge.ts'
import type { BundleStatus } from './status.ts'

export interface ShadowOptions {
  /** A worker that runs `judge` on the bundle. */
  readonly start: () => Worker
  readonly clock: Clock
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
  /** One that takes longer for a decision is ended, and started again. */
  readonly deadlineMs: number
}

/** What a bundle in shadow said, since the start. */
export interface ShadowCounts {
  readonly same: number
  readonly different: number
  /** Not judged: the bundle failed, took too long, or was not there yet. */
  readonly missed: number
}

/**
 * A candidate bundle that decides the same facts beside the active one. It is in a thread of its own and asked after the
 * record is made: whatever it does, no exchange waits for it.
 */
export interface Shadow {
  /** The same log; what it is given is judged as well, and would-be decisions go to it as records. */
  audited(log: AuditLog): AuditLog
  /** Opens the bundle anew. */
  reload(): void
  status(): BundleStatus
  counts(): ShadowCounts
  stop(): Promise<void>
}

interface Waiting {
  readonly record: UnchainedRecord
  readonly decision: Decision
  readonly log: AuditLog
}

const MOST_WAITING = 1000
const RESTART_PAUSE_MS = 1000

export function openShadow(options: ShadowOptions): Shadow {
  const waiting = new Map<number, Waiting>()
  const counts = { same: 0, different: 0, missed: 0 }
  let worker: Worker | undefined
  let state: { revision: string; digest: string; at: number } | undefined
  let failure: string | undefined
  let requested = 0
  let next = 1
  let deadline: NodeJS.Timeout | undefined

  const drop = (why: string): void => {
    failure = why
    state = undefined
    clearTimeout(deadline)
    deadline = undefined
    counts.missed += waiting.size
    waiting.clear()
    const gone = worker
    worker = undefined
    void gone?.terminate()
    options.log('shadow-policy-failed', { problems: why })
  }
  /** The one that waits longest has so long: the worker takes them in order. */
  const watch = (): void => {
    clearTimeout(deadline)
    deadline = undefined
    if (waiting.size === 0) return
    deadline = setTimeout(() => {
      drop('the bundle in shadow took too long for a decision')
      setTimeout(() => worker ?? start(), RESTART_PAUSE_MS).unref()
    }, options.deadlineMs).unref()
  }
  const judged = (id: number, wouldBe: Decision): void => {
    const asked = waiting.get(id)
    waiting.delete(id)
    watch()
    if (asked === undefined || state === undefined) return
    const differs = difference(asked.decision, wouldBe) !== undefined
    counts[differs ? 'different' : 'same'] += 1
    asked.log
      .append(shadowRecord(asked, wouldBe, differs, state.revision))
      .catch(() => options.log('shadow-not-recorded', {}))
  }
  const start = (): void => {
    requested = options.clock.now()
    const started = options.start()
    worker = started
    const failed = (why: string): void => {
      if (worker === started) drop(why)
    }
    started.on('message', (news: JudgeNews) => {
      if (worker !== started) return
      if (news.step === 'judged') judged(news.id, news.decision)
      else if (news.step === 'refused') drop(news.message)
      else {
        failure = undefined
        state = { revision: news.revision, digest: news.digest, at: options.clock.now() }
        options.log('shadow-policy-ready', { revision: news.revision })
      }
    })
    started.on('error', (error) => failed(`the bundle in shadow failed (${error.name})`))
    started.on('exit', () => failed('the worker of the bundle in shadow ended'))
  }
  const ask = (record: UnchainedRecord, log: AuditLog): void => {
    const { input, result: decision } = record
    if (input === undefined || input === null || decision === undefined) return
    if (worker === undefined || state === undefined || waiting.size >= MOST_WAITING) {
      counts.missed += 1
      return
    }
    const id = next++
    waiting.set(id, { record, decision, log })
    const message: JudgeAsk = { id, facts: input }
    worker.postMessage(message, [])
    if (deadline === undefined) watch()
  }
  start()
  return {
    audited: (log) => ({
      ...log,
      async append(record) {
        const receipt = await log.append(record)
        if (record.custom.kind === 'decision' || record.custom.kind === 'completion') {
          ask(record, log)
        }
        return receipt
      },
    }),
    reload() {
      const before = worker
      worker = undefined
      state = undefined
      counts.missed += waiting.size
      waiting.clear()
      watch()
      void before?.terminate()
      start()
    },
    status: () => ({
      name: 'shadow',
      last_request: new Date(requested).toISOString(),
      ...(state === undefined
        ? {}
        : {
            active_revision: state.revision,
            last_successful_activation: new Date(state.at).toISOString(),
            digest: state.digest,
          }),
      ...(failure === undefined
        ? {}
        : { code: 'bundle_error' as const, message: failure, errors: [failure] }),
    }),
    counts: () => ({ ...counts }),
    async stop() {
      const gone = worker
      worker = undefined
      clearTimeout(deadline)
      await gone?.terminate()
    },
  }
}

/** The would-be decision; the facts are those of the record with the same id and direction. */
function shadowRecord(
  { record, decision }: Waiting,
  wouldBe: Decision,
  differs: boolean,
  revision: string,
): UnchainedRecord {
  const { decision_id: id, labels, path, custom } = record
  const { connection, direction } = custom
  return {
    labels,
    bundles: { shadow: { revision } },
    result: wouldBe,
    ...(id === undefined ? {} : { decision_id: id }),
    ...(path === undefined ? {} : { path }),
    custom: {
      kind: 'shadow-decision',
      detail: `${differs ? 'differs' : 'same'}: decided ${decision.outcome}`,
      ...(connection === undefined ? {} : { connection }),
      ...(direction === undefined ? {} : { direction }),
    },
  }
}
