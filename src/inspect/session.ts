import type { Principal } from '../domain/index.ts'
import {
  crockford,
  impliedSession,
  sessionKeys,
  type MasterKey,
  type SessionKeys,
} from '../mask/index.ts'
import type { Feed, ParsedRequest } from '../messages/index.ts'
import type { AnswerContext, RequestJob } from './job.ts'

export interface Session {
  /** What the client calls it, or what is implied. */
  readonly id: string
  readonly keys: SessionKeys
  /** Its name in facts and records. */
  readonly label: string
}

/** The session of a request: as its client names it, or implied by how the conversation begins. */
export function sessionOf(job: RequestJob, parsed: ParsedRequest, master: MasterKey): Session {
  const principal = actor(job.principal)
  const connection = job.connection.name
  const first = firstTexts(parsed)
  const id = job.session ?? parsed.sessionId ?? impliedSession(master, principal, connection, first)
  const keys = sessionKeys(master, { principal, connection, session: id })
  return { id, keys, label: sessionLabel(keys) }
}

/** The system prompt and the first user message: what stays the same in a conversation without an id. */
function firstTexts(parsed: ParsedRequest): (update: Feed) => void {
  return (update) => {
    const system = parsed.units.find((unit) => unit.kind === 'system')
    const firstUser = parsed.units.find(
      (unit) => unit.kind === 'message' && unit.segments.some((s) => s.role === 'user'),
    )
    for (const unit of [system, firstUser]) {
      for (const segment of unit?.segments ?? []) update(`${segment.text}\0`)
      update('\n')
    }
  }
}

/** The same session, when its answer comes. */
export function sessionOfAnswer(
  context: Pick<AnswerContext, 'principal' | 'connection' | 'session'>,
  master: MasterKey,
): SessionKeys {
  const { principal, connection, session } = context
  return sessionKeys(master, { principal: actor(principal), connection: connection.name, session })
}

/** Whoever acts for somebody has sessions of that somebody's own. */
function actor(principal: Principal): string {
  const { id, onBehalfOf } = principal
  // Subjects may hold any character: as JSON, no two pairs look alike.
  return onBehalfOf === null ? `${id}|` : JSON.stringify([id, onBehalfOf])
}

/** A session's name in facts, records and recordings: the client's own id could be anything, and is not scoped. */
function sessionLabel(keys: SessionKeys): string {
  return `ses_${crockford(keys.digest('session-label', ''), 26)}`
}
