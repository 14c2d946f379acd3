import {
  GatewayError,
  type RecordedBytes,
  type ReplayedSession,
  type SessionFilter,
  type SessionRow,
} from '../domain/index.ts'
import type { Call, Route } from './openapi.ts'
import { isReason } from './reviews.ts'

/** Recordings as the composition root gives them to the console; each reading is recorded there. */
export interface RecordingsDesk {
  sessions(filter: SessionFilter): Promise<readonly SessionRow[]>
  /** @throws GatewayError `not-found`, `audit-unavailable` */
  replay(session: string, part: ReplayPart): Promise<ReplayedSession>
  /** @throws GatewayError `not-found`, `audit-unavailable` */
  bytes(session: string, exchange: string, by: string): Promise<RecordedBytes>
  /** Forgets how the session's messages were masked. @throws GatewayError `not-found`, `audit-unavailable` */
  end(session: string, reason: string, by: string): Promise<void>
  /** Destroys the session's key. @throws GatewayError `not-found`, `conflict`, `audit-unavailable` */
  shred(session: string, reason: string, by: string): Promise<void>
}

/** Which exchanges are read, by whom, and whether they leave the console as a file. */
export interface ReplayPart {
  readonly from: number
  readonly most: number
  readonly by: string
  readonly exports: boolean
}

const MOST_SESSIONS = 500
const MOST_EXCHANGES = 500
export const USUAL_EXCHANGES = 50

const TIME = { type: 'string', format: 'date-time' }
const TEXT = { type: 'string' }
const COUNT = { type: 'integer', minimum: 0 }
const SESSION = {
  type: 'object',
  required: ['session', 'principal', 'connection', 'firstAt', 'lastAt', 'exchanges', 'threads'],
  properties: {
    session: TEXT,
    principal: TEXT,
    onBehalfOf: { type: ['string', 'null'] },
    connection: TEXT,
    firstAt: TIME,
    lastAt: TIME,
    exchanges: COUNT,
    threads: { ...COUNT, description: 'Conversations in it: an agent and its sub-agents.' },
    bytes: { ...COUNT, description: 'On disk.' },
  },
}
const EXCHANGE = {
  type: 'object',
  required: ['number', 'exchange', 'at', 'thread', 'messages', 'answer'],
  properties: {
    number: COUNT,
    exchange: { ...TEXT, description: 'The decision id.' },
    at: TIME,
    thread: COUNT,
    startedBy: { ...TEXT, description: 'The exchange whose answer began this thread.' },
    messages: { type: 'array', description: 'New ones, masked.' },
    answer: { type: ['object', 'null'], description: 'Masked; nothing is restored.' },
  },
}
const REPLAY = {
  type: 'object',
  required: ['session', 'marks', 'exchanges'],
  properties: {
    session: SESSION,
    marks: {
      type: 'array',
      items: {
        type: 'object',
        properties: { mask: TEXT, type: TEXT, recognizer: TEXT },
      },
    },
    exchanges: { type: 'array', items: EXCHANGE },
  },
}
const REASON = {
  type: 'object',
  required: ['reason'],
  additionalProperties: false,
  properties: { reason: { type: 'string', minLength: 1, maxLength: 500 } },
}
const PAGE = {
  from: 'number of the first exchange, from 0',
  limit: `exchanges, ${MOST_EXCHANGES} at most; ${USUAL_EXCHANGES} where nothing is said`,
}

/** What was recorded: for auditors and privacy officers, each reading on the record. */
export function recordingRoutes(desk: RecordingsDesk): readonly Route[] {
  const replay = async (call: Call, exports: boolean): Promise<object> => {
    const { params, principal, query } = call
    const from = numberIn(query['from'], 'from', 0, Number.MAX_SAFE_INTEGER)
    const most = numberIn(query['limit'], 'limit', USUAL_EXCHANGES, MOST_EXCHANGES)
    const by = principal.id
    return shown(await desk.replay(params['id'] ?? '', { from, most, by, exports }))
  }
  return [
    {
      method: 'get',
      path: '/api/sessions',
      summary: 'Recorded sessions, the latest first; no payload.',
      action: 'sessions:list',
      query: {
        session: 'its label',
        principal: 'issuer|subject',
        connection: 'its name',
        from: 'with an exchange at or after this time (RFC 3339)',
        to: 'with an exchange before this time (RFC 3339)',
        limit: `sessions, ${MOST_SESSIONS} at most`,
        skip: 'so many of them first',
      },
      answer: { type: 'object', properties: { sessions: { type: 'array', items: SESSION } } },
      respond: async ({ query }) => ({
        sessions: (await desk.sessions(filterOf(query))).map(sessionShown),
      }),
    },
    {
      method: 'get',
      path: '/api/sessions/:id',
      summary: 'A session as a conversation, a part at a time. Each call is recorded.',
      action: 'sessions:read',
      query: PAGE,
      answer: REPLAY,
      respond: (call) => replay(call, false),
    },
    {
      method: 'get',
      path: '/api/sessions/:id/export',
      summary: 'The same, to be kept elsewhere. Recorded as an export.',
      action: 'sessions:read',
      query: PAGE,
      answer: REPLAY,
      respond: (call) => replay(call, true),
    },
    {
      method: 'get',
      path: '/api/sessions/:id/exchanges/:exchange',
      summary: 'What was forwarded, to the byte, and the answer as it was recorded.',
      action: 'sessions:read',
      answer: {
        type: 'object',
        properties: { request: TEXT, answer: { type: ['string', 'null'] } },
      },
      respond: async ({ params, principal }) => {
        const { id = '', exchange = '' } = params
        const { request, answer } = await desk.bytes(id, exchange, principal.id)
        const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')
        return { request: text(request), answer: answer === undefined ? null : text(answer) }
      },
    },
    {
      method: 'post',
      path: '/api/sessions/:id/end',
      summary: 'Forgets how a session was masked: its next request is masked anew, all of it.',
      action: 'sessions:end',
      body: REASON,
      answer: { type: 'object', properties: { session: TEXT, ended: { const: true } } },
      respond: async ({ params, principal, body }) => {
        const session = params['id'] ?? ''
        await desk.end(session, reasonIn(body), principal.id)
        return { session, ended: true }
      },
    },
    {
      method: 'post',
      path: '/api/sessions/:id/shred',
      summary: 'Destroys the key of a session: nobody reads its recording again.',
      action: 'sessions:shred',
      body: REASON,
      answer: { type: 'object', properties: { session: TEXT, shredded: { const: true } } },
      refusals: { 409: 'The session is on legal hold.' },
      respond: async ({ params, principal, body }) => {
        const session = params['id'] ?? ''
        await desk.shred(session, reasonIn(body), principal.id)
        return { session, shredded: true }
      },
    },
  ]
}

function reasonIn(body: unknown): string {
  const given = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const { reason, ...more } = given
  if (isReason(reason) && Object.keys(more).length === 0) return reason
  throw new GatewayError('invalid-request', 'The body must be {"reason"}, a text')
}

type Query = Call['query']

/** @throws GatewayError `invalid-request` naming the parameter */
export function filterOf(query: Query): SessionFilter {
  const { session, principal, connection } = query
  const from = timeIn(query['from'], 'from')
  const to = timeIn(query['to'], 'to')
  return {
    ...(session === undefined ? {} : { session }),
    ...(principal === undefined ? {} : { principal }),
    ...(connection === undefined ? {} : { connection }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    most: numberIn(query['limit'], 'limit', 100, MOST_SESSIONS),
    skip: numberIn(query['skip'], 'skip', 0, Number.MAX_SAFE_INTEGER),
  }
}

function timeIn(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(at)) throw new GatewayError('invalid-request', `${name} must be a time`)
  return at
}

export function numberIn(
  text: string | undefined,
  name: string,
  usual: number,
  most: number,
): number {
  const number = text === undefined ? usual : Number(text)
  if (text !== '' && Number.isSafeInteger(number) && number >= 0 && number <= most) return number
  throw new GatewayError('invalid-request', `${name} must be a number up to ${most}`)
}

function shown({ session, marks, exchanges }: ReplayedSession): object {
  return {
    session: sessionShown(session),
    marks: marks.map(([mask, type, recognizer]) => ({ mask, type, recognizer })),
    exchanges,
  }
}

function sessionShown({ slot: _slot, firstAt, lastAt, ...session }: SessionRow): object {
  const iso = (at: number): string => new Date(at).toISOString()
  return { ...session, firstAt: iso(firstAt), lastAt: iso(lastAt) }
}
