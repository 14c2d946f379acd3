/** The part of the composition root that is about the audit log. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config, SinkConfig } from '../config/index.ts'
import type { AuditDesk } from '../console/index.ts'
import { GatewayError, type AuditLog, type Clock } from '../domain/index.ts'
import { replaceFileSync } from '../durable/index.ts'
import { changesOf, statesOf, usableKeys, type Keyring } from '../keyring/index.ts'
import {
  checkpointSigner,
  openSink,
  parseQuery,
  QUERY_NAMES,
  type AuditLogOptions,
  type LogSearch,
  type OwnAuditLog,
  type SendBatch,
  type SinkStatus,
} from '../record/index.ts'

type Labels = Readonly<Record<'id' | 'app' | 'version', string>>

/** The log of a data directory, signed with the key that is active at the time. */
export function auditLogOf(
  { dataDir }: Config,
  keyring: () => Keyring,
  clock: Clock,
  labels: Labels,
): AuditLogOptions {
  return {
    directory: join(dataDir, 'audit'),
    clock,
    labels,
    version: labels.version,
    sign: (head, time) => {
      const [{ id, secret }] = usableKeys(keyring(), 'checkpoint')
      return checkpointSigner({ id, secret: secret.reveal() })(head, time)
    },
  }
}

/** Records the start, and which keys are others than before it. */
export async function recordStart(
  audit: AuditLog,
  config: Config,
  keyring: Keyring,
  labels: Labels,
): Promise<void> {
  const detail = `phigate ${labels.version}`
  await audit.append({ labels, custom: { kind: 'start', detail } })
  await recordKeys(audit, config, keyring, labels)
}

/** Records which keys are others than those of the record before: a change of the keyring holds from here on. */
export async function recordKeys(
  audit: AuditLog,
  { dataDir }: Pick<Config, 'dataDir'>,
  keyring: Keyring,
  labels: Labels,
): Promise<void> {
  const file = join(dataDir, 'keys-seen.json')
  const before = seenIn(file)
  const now = statesOf(keyring)
  for (const change of before === undefined ? [] : changesOf(before, now)) {
    await audit.append({ labels, custom: { kind: 'key-change', detail: change } })
  }
  // Behind the records: a crash in between tells of a change twice, and never not at all.
  replaceFileSync(file, JSON.stringify(Object.fromEntries(now)))
}

/** Ids and states; undefined at the first start. Of a file that cannot be read nothing is known: every key is new. */
function seenIn(file: string): ReadonlyMap<string, string> | undefined {
  if (!existsSync(file)) return undefined
  try {
    const seen = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>
    return new Map(Object.entries(seen))
  } catch {
    return new Map()
  }
}

/** Searches on the record: by whom and by which terms. What was searched for stays out of it: it may be anything. */
export function auditDesk(audit: OwnAuditLog, search: LogSearch, labels: Labels): AuditDesk {
  return {
    terms: QUERY_NAMES,
    async search(by, terms) {
      const query = parseQuery(terms)
      const used = Object.keys(terms).filter((name) => terms[name] !== '')
      const detail = used.length === 0 ? 'everything' : `by ${used.toSorted().join(', ')}`
      const custom = { kind: 'audit-read' as const, detail }
      const { seq } = await audit.append({ labels, requested_by: by.id, custom })
      return search.find(query, seq)
    },
    async exported(by, reason, terms) {
      const detail = `by ${terms.toSorted().join(', ') || 'nothing'}: ${reason}`
      const custom = { kind: 'audit-export' as const, detail }
      const { seq } = await audit.append({ labels, requested_by: by.id, custom })
      await audit.sign()
      return seq
    },
  }
}

/** The receivers of the log. */
export interface Sinks {
  /** The same log, which takes no decision while a sink that has to keep up does not. */
  gated(log: AuditLog): AuditLog
  statuses(): readonly SinkStatus[]
  stop(): Promise<void>
}

/** How old what is known of a backlog may be. */
const LOOK_MS = 1000
/** How long a stop waits for receivers. */
const STOP_MS = 5000

type Log = (event: string, details: Readonly<Record<string, string | number>>) => void

/** Sends the log to where the configuration says, from where each receiver was. */
export function openSinks({ audit, dataDir }: Config, log: OwnAuditLog, note: Log): Sinks {
  const configured = audit?.sinks ?? []
  const sinks = configured.map((sink) =>
    openSink({
      name: sink.name,
      directory: join(dataDir, 'audit'),
      cursorFile: join(dataDir, 'sinks', `${sink.name}.json`),
      send: sendTo(sink),
      upTo: () => log.head().seq,
      maxBacklogBytes: sink.maxBacklogBytes,
      onChange: (state, problem) => note(`audit-sink-${state}`, { sink: sink.name, problem }),
    }),
  )
  const strict = sinks.filter((_, index) => configured[index]?.failClosed === true)
  const isFull = (): boolean => strict.some((sink) => sink.status().behind)
  let full = isFull()
  const looking = setInterval(() => {
    full = isFull()
  }, LOOK_MS).unref()
  return {
    statuses: () => sinks.map((sink) => sink.status()),
    gated: (inner) => ({
      ...inner,
      async append(record) {
        // Nothing is forwarded without one of these. What is under way still gets its end on record.
        const opens = record.custom.kind === 'decision' || record.custom.kind === 'grant-use'
        if (full && opens) {
          throw new GatewayError(
            'audit-unavailable',
            'a receiver of the audit log is too far behind',
          )
        }
        return inner.append(record)
      },
      healthy: () => inner.healthy() && !full,
    }),
    async stop() {
      clearInterval(looking)
      await Promise.all(sinks.map((sink) => sink.stop(STOP_MS)))
    },
  }
}

/** A redirect is not followed: what goes to one address is not for another. */
function sendTo({ url, authorization }: SinkConfig): SendBatch {
  return async (body, headers, signal) => {
    const secret =
      authorization === undefined
        ? {}
        : { authorization: `${authorization.scheme} ${authorization.secret.reveal()}` }
    const init = { method: 'POST', headers: { ...headers, ...secret }, redirect: 'manual' as const }
    const answer = await fetch(url, { ...init, body: new Uint8Array(body), signal })
    await answer.body?.cancel()
    return answer.status
  }
}
