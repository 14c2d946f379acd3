import { GatewayError, type SessionFilter } from '../domain/index.ts'
import type { Route } from './openapi.ts'
import { filterOf } from './recordings.ts'

/** What slipped through in one exchange: types and counts, never text. */
export interface ScannedExchange {
  readonly exchange: string
  /** RFC 3339, UTC. */
  readonly at: string
  readonly principal: string
  readonly onBehalfOf: string | null
  readonly connection: string
  readonly upstreamRequestId?: string
  /** The revisions under which it passed. */
  readonly passedUnder: {
    readonly policyRevision: string
    readonly profile: string
    readonly detector: string
  }
  readonly findings: readonly {
    readonly direction: 'request' | 'answer'
    readonly type: string
    readonly recognizer: string
    readonly role: string
    readonly count: number
  }[]
  /** Keyed digests. */
  readonly patients: readonly string[]
}

export interface ScannedSession {
  readonly session: string
  readonly principal: string
  readonly onBehalfOf: string | null
  readonly connection: string
  readonly types: Readonly<Record<string, number>>
  readonly patients: readonly string[]
  /** Of the exchanges with findings. */
  readonly first: string
  readonly last: string
  readonly exchanges: readonly ScannedExchange[]
}

export interface ScanReport {
  readonly id: string
  readonly state: 'running' | 'done' | 'failed'
  /** Looked at so far. */
  readonly sessions: number
  readonly exchanges: number
  /** Those of today; null before anything was looked at. */
  readonly revisions: { readonly policyRevision: string; readonly detector: string } | null
  /** Sessions in which something is found that would be masked today. */
  readonly found: readonly ScannedSession[]
}

/** Scans as the composition root gives them to the console; each is recorded there. */
export interface ScanDesk {
  /** @returns its id. @throws GatewayError `conflict` while another runs, `audit-unavailable` */
  start(filter: SessionFilter, by: string): Promise<string>
  report(id: string): ScanReport | undefined
}

const NAMES: readonly string[] = ['session', 'principal', 'connection', 'from', 'to']
const TEXT = { type: 'string' }
const COUNT = { type: 'integer', minimum: 0 }
const REPORT = {
  type: 'object',
  required: ['id', 'state', 'sessions', 'exchanges', 'found'],
  properties: {
    id: TEXT,
    state: { enum: ['running', 'done', 'failed'] },
    sessions: COUNT,
    exchanges: COUNT,
    revisions: { type: ['object', 'null'] },
    found: { type: 'array', items: { type: 'object' } },
  },
}

/** Looks at what was recorded with what can be found today. */
export function scanRoutes(desk: ScanDesk): readonly Route[] {
  return [
    {
      method: 'post',
      path: '/api/scans',
      summary: "Begins to look at recorded sessions with today's policy, detectors and roster.",
      action: 'sessions:scan',
      body: {
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(NAMES.map((name) => [name, TEXT])),
      },
      answer: { type: 'object', properties: { id: TEXT } },
      refusals: { 409: 'A scan runs already.' },
      respond: async ({ body, principal }) => ({
        id: await desk.start(askedIn(body), principal.id),
      }),
    },
    {
      method: 'get',
      path: '/api/scans/:id',
      summary: 'What a scan has found so far: sessions, types, callers and times, no text.',
      action: 'sessions:scan',
      answer: REPORT,
      respond: ({ params }) => {
        const report = desk.report(params['id'] ?? '')
        if (report === undefined) throw new GatewayError('not-found', 'No such scan')
        return report
      },
    },
  ]
}

function askedIn(body: unknown): SessionFilter {
  const asked = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const isSound = Object.entries(asked).every(
    ([name, value]) => NAMES.includes(name) && typeof value === 'string',
  )
  if (!isSound) {
    throw new GatewayError('invalid-request', `The body must hold texts: ${NAMES.join(', ')}`)
  }
  const { most: _most, skip: _skip, ...filter } = filterOf(asked as Record<string, string>)
  return filter
}
