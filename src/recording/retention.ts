import type { SessionRow } from '../domain/index.ts'
import type { Archive } from './archive.ts'
import type { Destroyer } from './destruction.ts'
import type { RecordingFiles } from './recording-store.ts'

/** How long recordings are kept, in days. */
export interface RetentionRules {
  days(connection: string): number
  /** The fewest that any connection has. */
  least(): number
}

/** What a run would remove, or did. */
export interface RetentionOutcome {
  readonly sessions: readonly SessionRow[]
  /** Due as well, and kept by a legal hold. */
  readonly held: readonly SessionRow[]
  /** Files that nobody's recording is in any more; none in a dry run. */
  readonly segments: number
}

export interface RetentionParts {
  readonly archive: Archive
  readonly files: RecordingFiles
  readonly destroyer: Destroyer
  readonly rules: RetentionRules
  readonly isHeld: (row: SessionRow) => boolean
}

const DAY_MS = 86_400_000
const AT_ONCE = 500

/** Sessions whose last exchange is longer ago than their connection's recordings are kept. */
export async function dueSessions(
  { archive, rules, isHeld }: Pick<RetentionParts, 'archive' | 'rules' | 'isHeld'>,
  now: number,
): Promise<Omit<RetentionOutcome, 'segments'>> {
  const all = await archive.sessions({ to: now - rules.least() * DAY_MS })
  const due = all.filter(({ lastAt, connection }) => lastAt + rules.days(connection) * DAY_MS < now)
  return { sessions: due.filter((row) => !isHeld(row)), held: due.filter(isHeld) }
}

/** Destroys what is due, and removes the files in which nothing else is. */
export async function runRetention(
  parts: RetentionParts,
  now: number,
  by: string,
): Promise<RetentionOutcome> {
  const due = await dueSessions(parts, now)
  for (let at = 0; at < due.sessions.length; at += AT_ONCE) {
    const sessions = due.sessions
      .slice(at, at + AT_ONCE)
      .map(({ session, slot }) => ({ session, slots: [slot] }))
    const reason = 'kept for as long as the configuration says'
    const destruction = { kind: 'retention', sessions, reason, by, at: iso(now) } as const
    await parts.destroyer.destroy(destruction)
  }
  return { ...due, segments: await removeEmpty(parts.files) }
}

/** A segment goes as a whole, when no session whose key is there has a frame in it. */
async function removeEmpty({ keeper, segments }: RecordingFiles): Promise<number> {
  const last = segments.end().segment
  const live = new Set(await (await keeper.upToDate()).segments())
  const empty = segments.numbers().filter((number) => number < last && !live.has(number))
  await segments.remove(empty)
  return empty.length
}

function iso(at: number): string {
  return new Date(at).toISOString()
}
