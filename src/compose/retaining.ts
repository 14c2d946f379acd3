/** The part of the composition root that removes what is older than it has to be kept, and keeps what is held. */
import { join } from 'node:path'
import type { Archiving } from './archiving.ts'
import { DEFAULT_AUDIT, DEFAULT_RECORDING_DAYS, type Config } from '../config/index.ts'
import type { RetentionDesk } from '../console/index.ts'
import { GatewayError, type Clock } from '../domain/index.ts'
import {
  planRetention,
  removeSegments,
  type OwnAuditLog,
  type SinkStatus,
} from '../record/index.ts'
import { dueSessions, runRetention, type RetentionOutcome } from '../recording/index.ts'
import type { Holds } from '../retention/index.ts'

export interface RetainingParts {
  readonly config: Config
  readonly archiving: Pick<Archiving, 'archive' | 'destroyer' | 'files'>
  readonly holds: Holds
  /** Days that sessions of a connection are kept. */
  readonly recordingDays: (connection: string) => number
  /** The fewest that any connection has, also one that is not configured any more. */
  readonly leastRecordingDays: () => number
  readonly audit: OwnAuditLog
  readonly sinks: () => readonly SinkStatus[]
  readonly clock: Clock
  readonly labels: Readonly<Record<string, string>>
  readonly newId: () => string
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}

export interface Retaining {
  readonly desk: RetentionDesk
  stop(): Promise<void>
}

const DAY_MS = 24 * 60 * 60 * 1000
const FIRST_MS = 60_000

/** A run a minute after the start, one a day after that, and whenever somebody asks. */
export function openRetaining(parts: RetainingParts): Retaining {
  const { config, audit, clock, holds, log } = parts
  const labels = { ...parts.labels }
  let working: Promise<unknown> = Promise.resolve()
  const run = (by: string | undefined, dryRun: boolean) => {
    const done = working.then(() => retain(parts, by, dryRun))
    working = done.catch(() => undefined)
    return done
  }
  const daily = (): void => {
    run(undefined, false).catch(() => log('retention-failed', {}))
  }
  const first = setTimeout(daily, FIRST_MS).unref()
  const later = setInterval(daily, DAY_MS).unref()
  const record = async (by: string, detail: string): Promise<void> => {
    await audit.append({ labels, requested_by: by, custom: { kind: 'legal-hold', detail } })
  }
  const desk: RetentionDesk = {
    days: daysOf(config),
    recordingDays: () =>
      Object.fromEntries(config.connections.map(({ name }) => [name, parts.recordingDays(name)])),
    holds: () => holds.list(),
    run,
    async hold(asked) {
      const hold = { ...asked, id: parts.newId(), at: clock.now() }
      // It goes first: what is to be kept does not wait for the log.
      await holds.place(hold)
      await record(asked.by, `${hold.id} placed: ${asked.reason}`)
      return hold
    },
    async release(id, reason, by) {
      if (!holds.list().some((hold) => hold.id === id)) {
        throw new GatewayError('not-found', 'No such legal hold')
      }
      await record(by, `${id} released: ${reason}`)
      await holds.release(id)
    },
  }
  return {
    desk,
    async stop() {
      clearTimeout(first)
      clearInterval(later)
      await working
    },
  }
}

/** Days that sessions of a connection are kept after their last exchange. */
export function recordingDays(config: Config, connection: string): number {
  const found = config.connections.find(({ name }) => name === connection)
  return found?.recordingDays ?? config.recordingDays ?? DEFAULT_RECORDING_DAYS
}

/** The fewest of all connections, and of those that are not configured any more. */
export function leastRecordingDays(config: Config): number {
  const all = config.connections.map(({ name }) => recordingDays(config, name))
  return Math.min(...all, config.recordingDays ?? DEFAULT_RECORDING_DAYS)
}

function daysOf({ audit = DEFAULT_AUDIT }: Config): number {
  return audit.retentionDays
}

type Run = Awaited<ReturnType<RetentionDesk['run']>>

async function retain(
  parts: RetainingParts,
  by: string | undefined,
  dryRun: boolean,
): Promise<Run> {
  const { config, audit, holds, sinks, clock, labels } = parts
  const directory = join(config.dataDir, 'audit')
  const days = daysOf(config)
  const { remove, kept } = await planRetention(directory, {
    before: clock.now() - days * DAY_MS,
    heldBy: (from, to) => holds.over(from, to)?.id,
    acknowledged: Math.min(Infinity, ...sinks().map(({ acknowledged }) => acknowledged)),
  })
  const [first, last] = [remove[0]?.first, remove.at(-1)?.last]
  const removed = first === undefined || last === undefined ? undefined : { first, last }
  const result = { files: remove.length, ...(removed === undefined ? {} : { removed }), kept }
  const recordings = await retainRecordings(parts, by ?? 'phigate', dryRun)
  if (dryRun) return { ...result, recordings }
  const detail = `older than ${days} days: ${remove.length} files; ${kept}; recordings: ${saidOf(recordings)}`
  // On record before they go: an interrupted removal is one that the log tells of, and the next run ends it.
  await audit.append({
    labels: { ...labels },
    ...(by === undefined ? {} : { requested_by: by }),
    custom: { kind: 'retention', detail, ...(removed === undefined ? {} : { removed }) },
  })
  await removeSegments(directory, remove)
  return { ...result, recordings }
}

async function retainRecordings(
  { archiving, holds, recordingDays: days, leastRecordingDays: least, clock }: RetainingParts,
  by: string,
  dryRun: boolean,
): Promise<RetentionOutcome> {
  const work = {
    ...archiving,
    rules: { days, least },
    isHeld: (row: RetentionOutcome['sessions'][number]) => holds.onSession(row) !== undefined,
  }
  if (dryRun) return { ...(await dueSessions(work, clock.now())), segments: 0 }
  return runRetention(work, clock.now(), by)
}

/** How many sessions of which connection. */
function saidOf({ sessions, held, segments }: RetentionOutcome): string {
  const counts = Object.entries(Object.groupBy(sessions, ({ connection }) => connection))
  const each = counts.map(([connection, rows = []]) => `${connection}=${rows.length}`).join(' ')
  const kept = held.length === 0 ? '' : `, ${held.length} on legal hold`
  return `${sessions.length} sessions removed${each === '' ? '' : ` (${each})`}${kept}, ${segments} files`
}
