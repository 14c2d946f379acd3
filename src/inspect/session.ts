import type { MaskMemory, Principal } from '../domain/index.ts'
import { impliedSession, sessionKeys, type MaskKey, type SessionKeys } from '../mask/index.ts'
import type { Feed, ParsedRequest } from '../messages/index.ts'
import type { AnswerContext, RequestJob } from './job.ts'

/** The keys under which sessions may be: new ones begin under the first, the others keep what began under them. */
export type MaskKeys = readonly [MaskKey, ...MaskKey[]]

export interface Session {
  /** What the client calls it, or what is implied. */
  readonly id: string
  /** Id of the mask key it began under. */
  readonly maskKey: string
  readonly keys: SessionKeys
  /** Its name in facts and records. */
  readonly label: string
}

/** The session of a request: as its client names it, or implied by how the conversation begins. */
export async function sessionOf(
  job: RequestJob,
  parsed: ParsedRequest,
  maskKeys: MaskKeys,
  memory: MaskMemory,
): Promise<Session> {
  const under = (key: MaskKey): Session => sessionUnder(key, job, parsed)
  const [active, ...accepted] = maskKeys
  const begun = under(active)
  if (accepted.length === 0 || (await memory.knows(begun.keys.scope))) return begun
  for (const key of accepted) {
    const earlier = under(key)
    if (await memory.knows(earlier.keys.scope)) return earlier
  }
  return begun
}

/** What the session is, if it began under this key: its scope is derived from the key, and so is an implied name. */
function sessionUnder(maskKey: MaskKey, job: RequestJob, parsed: ParsedRequest): Session {
  const principal = actor(job.principal)
  const connection = job.connection.name
  const first = firstTexts(parsed)
  const id =
    job.session ?? parsed.sessionId ?? impliedSession(maskKey, principal, connection, first)
  const keys = sessionKeys(maskKey, { principal, connection, session: id })
  return { id, maskKey: maskKey.id, keys, label: keys.scope }
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
  context: Pick<AnswerContext, 'principal' | 'connection' | 'session' | 'maskKey'>,
  maskKeys: MaskKeys,
): SessionKeys {
  const { principal, connection, session } = context
  const maskKey = maskKeys.find((key) => key.id === context.maskKey)
  if (maskKey === undefined) throw new Error('the mask key of the request is not there')
  return sessionKeys(maskKey, { principal: actor(principal), connection: connection.name, session })
}

/** Whoever acts for somebody has sessions of that somebody's own. */
function actor(principal: Principal): string {
  const { id, onBehalfOf } = principal
  // Subjects may hold any character: as JSON, no two pairs look alike.
  return onBehalfOf === null ? `${id}|` : JSON.stringify([id, onBehalfOf])
}
