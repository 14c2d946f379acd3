import { GatewayError, type LegalHold, type SessionRow } from '../domain/index.ts'
import type { Call, Route } from './openapi.ts'
import { isReason } from './reviews.ts'

/** Sessions whose time is over. */
export interface RecordingsOver {
  readonly sessions: readonly SessionRow[]
  /** Over as well, and kept by a legal hold. */
  readonly held: readonly SessionRow[]
  /** Files that went. */
  readonly segments: number
}

/** Retention as the composition root gives it to the console; runs and holds are recorded there. */
export interface RetentionDesk {
  readonly days: number
  /** By connection. */
  recordingDays(): Readonly<Record<string, number>>
  holds(): readonly LegalHold[]
  /** @throws GatewayError `audit-unavailable`; nothing is removed then */
  run(
    by: string | undefined,
    dryRun: boolean,
  ): Promise<{
    readonly files: number
    readonly removed?: { readonly first: number; readonly last: number }
    readonly kept: string
    readonly recordings: RecordingsOver
  }>
  hold(asked: Omit<LegalHold, 'id' | 'at'>): Promise<LegalHold>
  /** @throws GatewayError `not-found` */
  release(id: string, reason: string, by: string): Promise<void>
}

const TEXT = { type: 'string' }
const TIME = { type: 'string', format: 'date-time' }
const COUNT = { type: 'integer', minimum: 0 }
const REASON = { type: 'string', minLength: 1, maxLength: 500 }
const HOLD = {
  type: 'object',
  required: ['id', 'reason', 'by', 'at'],
  properties: {
    id: TEXT,
    reason: TEXT,
    by: TEXT,
    at: TIME,
    from: TIME,
    to: TIME,
    session: TEXT,
    principal: TEXT,
    connection: TEXT,
  },
}
const RUN = {
  type: 'object',
  required: ['files', 'kept', 'recordings'],
  properties: {
    files: { type: 'integer', description: 'Files of the log that go, or would.' },
    removed: {
      type: 'object',
      description: 'The records in them.',
      properties: { first: { type: 'integer' }, last: { type: 'integer' } },
    },
    kept: { ...TEXT, description: 'Why the next file stays.' },
    recordings: {
      type: 'object',
      required: ['sessions', 'held', 'bytes', 'connections', 'files'],
      properties: {
        sessions: COUNT,
        held: { ...COUNT, description: 'Their time is over too, and a legal hold keeps them.' },
        bytes: COUNT,
        connections: { type: 'object', additionalProperties: COUNT },
        files: COUNT,
      },
    },
  },
}

/** What is kept for how long, and legal holds. */
export function retentionRoutes(desk: RetentionDesk): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/retention',
      summary: 'How long audit log and recordings are kept, and the legal holds.',
      action: 'retention:read',
      answer: {
        type: 'object',
        required: ['days', 'recordingDays', 'holds'],
        properties: {
          days: { type: 'integer' },
          recordingDays: { type: 'object', additionalProperties: { type: 'number' } },
          holds: { type: 'array', items: HOLD },
        },
      },
      respond: () => ({
        days: desk.days,
        recordingDays: desk.recordingDays(),
        holds: desk.holds().map(shown),
      }),
    },
    {
      method: 'post',
      path: '/api/retention/run',
      summary:
        'Removes what is older than it has to be kept: whole files of the log, and sessions; or says what it would.',
      action: 'retention:write',
      body: { type: 'object', properties: { dryRun: { type: 'boolean' } } },
      answer: RUN,
      respond: async ({ principal, body }) => {
        const done = await desk.run(principal.id, partsOf(body)['dryRun'] === true)
        return { ...done, recordings: overShown(done.recordings) }
      },
    },
    {
      method: 'post',
      path: '/api/retention/holds',
      summary: 'Places a legal hold: nothing of its time is removed while it stands.',
      action: 'retention:write',
      body: {
        type: 'object',
        required: ['reason'],
        properties: {
          reason: REASON,
          from: TIME,
          to: TIME,
          session: TEXT,
          principal: TEXT,
          connection: TEXT,
        },
      },
      answer: HOLD,
      respond: async ({ principal, body }) => {
        const { from, to } = partsOf(body)
        const times = { ...timeOf('from', from), ...timeOf('to', to) }
        const asked = { reason: reasonOf(body), by: principal.id, ...times, ...namedIn(body) }
        return shown(await desk.hold(asked))
      },
    },
    {
      method: 'post',
      path: '/api/retention/holds/:id/release',
      summary: 'Ends a legal hold.',
      action: 'retention:write',
      body: { type: 'object', required: ['reason'], properties: { reason: REASON } },
      answer: { type: 'object', required: ['released'], properties: { released: TEXT } },
      respond: async ({ principal, body, params }: Call) => {
        const id = params['id'] ?? ''
        await desk.release(id, reasonOf(body), principal.id)
        return { released: id }
      },
    },
  ]
}

function shown({ at, from, to, ...rest }: LegalHold): object {
  const iso = (time: number): string => new Date(time).toISOString()
  return {
    ...rest,
    at: iso(at),
    ...(from === undefined ? {} : { from: iso(from) }),
    ...(to === undefined ? {} : { to: iso(to) }),
  }
}

function overShown({ sessions, held, segments }: RecordingsOver): object {
  const connections: Record<string, number> = {}
  for (const { connection } of sessions) {
    connections[connection] = (connections[connection] ?? 0) + 1
  }
  return {
    sessions: sessions.length,
    held: held.length,
    bytes: sessions.reduce((sum, { bytes }) => sum + bytes, 0),
    connections,
    files: segments,
  }
}

/** The session, caller or connection whose recordings are meant. */
function namedIn(body: unknown): Pick<LegalHold, 'session' | 'principal' | 'connection'> {
  const parts = partsOf(body)
  const named = (['session', 'principal', 'connection'] as const).flatMap((name) => {
    const value = parts[name]
    if (value === undefined) return []
    if (isReason(value)) return [[name, value] as const]
    throw new GatewayError('invalid-request', `${name} must be a text`)
  })
  return Object.fromEntries(named)
}

function partsOf(body: unknown): Readonly<Record<string, unknown>> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}

function reasonOf(body: unknown): string {
  const { reason } = partsOf(body)
  if (isReason(reason)) return reason
  throw new GatewayError('invalid-request', 'reason must be a text of no more than 500 characters')
}

function timeOf(name: 'from' | 'to', value: unknown): Readonly<Record<string, number>> {
  if (value === undefined) return {}
  const time = typeof value === 'string' ? Date.parse(value) : NaN
  if (!Number.isNaN(time)) return { [name]: time }
  throw new GatewayError('invalid-request', `${name} must be a time`)
}
