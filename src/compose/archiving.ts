/** The part of the composition root that is about recordings: who read what, what was destroyed, and what the log says. */
import type { RecordingsDesk } from '../console/index.ts'
import { GatewayError, type AuditLog, type Clock } from '../domain/index.ts'
import {
  openArchive,
  openDestroyer,
  type Archive,
  type Destroyer,
  type Destruction,
  type OpenRecordings,
} from '../recording/index.ts'
import type { Holds } from '../retention/index.ts'
import type { Store } from '../store/index.ts'

export interface ArchivingParts {
  /** That of the recordings. */
  readonly directory: string
  readonly recordings: OpenRecordings
  readonly store: Store
  readonly audit: AuditLog
  readonly labels: Readonly<Record<string, string>>
  readonly clock: Clock
  readonly holds: Holds
}

export interface Archiving {
  readonly desk: RecordingsDesk
  readonly archive: Archive
  readonly destroyer: Destroyer
  readonly files: OpenRecordings['files']
}

/** Opens what reads and destroys recordings, and ends what a crash interrupted. */
export async function openArchiving(parts: ArchivingParts): Promise<Archiving> {
  const { directory, recordings, store, audit, clock } = parts
  const labels = { ...parts.labels }
  const archive = openArchive(recordings.files)
  const destroyer = openDestroyer({
    directory,
    files: recordings.files,
    forget: (sessions) => store.reviews.forgetPayloads(sessions),
    record: async ({ kind, sessions, reason, by }: Destruction, late) => {
      const detail = late ? `${reason} (ended after a restart)` : reason
      const said = kind === 'shred' ? 'recording-shredded' : 'recording-removed'
      await Promise.all(
        sessions.map(({ session }) =>
          audit.append({ labels, requested_by: by, custom: { kind: said, session, detail } }),
        ),
      )
    },
  })
  await destroyer.finish()

  const recordReading = async (
    kind: 'recording-read' | 'recording-exported',
    by: string,
    session: string,
    detail: string,
  ): Promise<void> => {
    await audit.append({ labels, requested_by: by, custom: { kind, session, detail } })
  }
  const desk: RecordingsDesk = {
    sessions: (filter) => archive.sessions(filter),
    async replay(session, { from, most, by, exports }) {
      const replayed = await archive.replay(session, from, most)
      if (replayed === undefined) throw noSuchSession()
      const detail = `exchanges ${from} to ${from + replayed.exchanges.length - 1}`
      const kind = exports ? 'recording-exported' : 'recording-read'
      await recordReading(kind, by, session, replayed.exchanges.length === 0 ? 'none' : detail)
      return replayed
    },
    async bytes(session, exchange, by) {
      const bytes = await archive.bytes(session, exchange)
      if (bytes === undefined) throw noSuchSession()
      await recordReading('recording-read', by, session, `the bytes of ${exchange}`)
      return bytes
    },
    async end(session, reason, by) {
      // Recorded first: a log that cannot be written must not keep anybody from trying again.
      if (!(await store.maskMemory.knows(session))) throw noSuchSession()
      const custom = { kind: 'session-ended', session, detail: reason } as const
      await audit.append({ labels, requested_by: by, custom })
      await store.maskMemory.forget(session)
    },
    async shred(session, reason, by) {
      const found = await archive.sessions({ session })
      if (found.length === 0) throw noSuchSession()
      if (found.some((row) => parts.holds.onSession(row) !== undefined)) {
        throw new GatewayError('conflict', 'The session is on legal hold: release it first')
      }
      const slots = found.map(({ slot }) => slot)
      const at = new Date(clock.now()).toISOString()
      await destroyer.destroy({ kind: 'shred', sessions: [{ session, slots }], reason, by, at })
    },
  }
  return { desk, archive, destroyer, files: recordings.files }
}

function noSuchSession(): GatewayError {
  return new GatewayError(
    'not-found',
    'No such session is recorded: it never was, or it was destroyed, and the audit log says so',
  )
}
