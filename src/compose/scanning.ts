/** The part of the composition root that looks at old recordings with today's detectors. */
import type { Config } from '../config/index.ts'
import type { ScanDesk, ScanReport, ScannedExchange, ScannedSession } from '../console/index.ts'
import { GatewayError, type AuditLog, type SessionFilter } from '../domain/index.ts'
import type { ScanJob, ScanVerdict } from '../inspect/index.ts'
import { scanTexts, type Archive, type ScanTexts } from '../recording/index.ts'
import type { ConnectionFacts } from '../schema/index.ts'

export interface ScanningParts {
  readonly archive: Archive
  /** In a worker of the active policy. */
  readonly scan: (job: ScanJob) => Promise<ScanVerdict>
  readonly connection: (name: string) => ConnectionFacts
  readonly audit: AuditLog
  readonly labels: Readonly<Record<string, string>>
  readonly newId: () => string
}

/** What policy is told of a connection. One that is not configured any more has no agreement. */
export function connectionFacts({ connections }: Config, name: string): ConnectionFacts {
  const found = connections.find((connection) => connection.name === name)
  return { name, labels: found?.labels ?? { baa: false } }
}

/** Reports are kept for those who ask a little later. */
const MOST_KEPT = 10

/** One scan runs at a time; what it found is kept in memory. */
export function openScanning(parts: ScanningParts): ScanDesk {
  const reports = new Map<string, ScanReport>()
  let running = false
  const record = async (by: string, detail: string): Promise<void> => {
    const custom = { kind: 'recording-scan', detail } as const
    await parts.audit.append({ labels: { ...parts.labels }, requested_by: by, custom })
  }
  const run = async (id: string, filter: SessionFilter, by: string): Promise<void> => {
    const keep = (report: Omit<ScanReport, 'id'>): void => {
      reports.set(id, { id, ...report })
    }
    const found: ScannedSession[] = []
    let sessions = 0
    let exchanges = 0
    let revisions: ScanReport['revisions'] = null
    try {
      for await (const { session, texts } of scanTexts(parts.archive, filter)) {
        sessions += 1
        const hits: ScannedExchange[] = []
        for await (const each of texts) {
          exchanges += 1
          const { hit, verdict } = await scanExchange(parts, each)
          revisions = { policyRevision: verdict.policyRevision, detector: verdict.detector }
          if (hit.findings.length > 0) hits.push(hit)
        }
        const [first] = hits
        if (first !== undefined) found.push(sessionOf(session, first, hits))
        keep({ state: 'running', sessions, exchanges, revisions, found: [...found] })
      }
      await record(
        by,
        `ended: ${exchanges} exchanges of ${sessions} sessions, ${found.length} sessions with findings`,
      )
      keep({ state: 'done', sessions, exchanges, revisions, found })
    } catch {
      keep({ state: 'failed', sessions, exchanges, revisions, found })
      await record(by, `failed after ${exchanges} exchanges`).catch(() => undefined)
    }
  }
  return {
    async start(filter, by) {
      if (running) throw new GatewayError('conflict', 'A scan runs already')
      running = true
      const id = parts.newId()
      try {
        await record(by, `began: ${JSON.stringify(filter)}`)
      } catch (error) {
        running = false
        throw error
      }
      for (const old of [...reports.keys()].slice(0, -MOST_KEPT + 1)) reports.delete(old)
      reports.set(id, {
        id,
        state: 'running',
        sessions: 0,
        exchanges: 0,
        revisions: null,
        found: [],
      })
      void run(id, filter, by).finally(() => {
        running = false
      })
      return id
    },
    report: (id) => reports.get(id),
  }
}

async function scanExchange(
  { scan, connection }: ScanningParts,
  texts: ScanTexts,
): Promise<{ readonly hit: ScannedExchange; readonly verdict: ScanVerdict }> {
  const { exchange, at, about, upstreamRequestId, request, answer } = texts
  const { id: principal, onBehalfOf } = { id: about.principal, onBehalfOf: about.onBehalfOf }
  const shared = {
    principal: { id: principal, onBehalfOf },
    connection: connection(about.connection),
  }
  const verdict = await scan({ ...shared, body: request, direction: 'request' })
  const said = answer && (await scan({ ...shared, body: answer, direction: 'response' }))
  const { policyRevision, profile, detector } = about
  return {
    verdict,
    hit: {
      exchange,
      at,
      principal,
      onBehalfOf,
      connection: about.connection,
      passedUnder: { policyRevision, profile, detector },
      ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }),
      findings: [
        ...verdict.findings.map((one) => ({ ...one, direction: 'request' as const })),
        ...(said?.findings ?? []).map((one) => ({ ...one, direction: 'answer' as const })),
      ],
      patients: [...new Set([...verdict.patients, ...(said?.patients ?? [])])],
    },
  }
}

function sessionOf(
  session: string,
  { principal, onBehalfOf, connection, at }: ScannedExchange,
  exchanges: readonly ScannedExchange[],
): ScannedSession {
  const types: Record<string, number> = {}
  for (const { type, count } of exchanges.flatMap(({ findings }) => findings)) {
    types[type] = (types[type] ?? 0) + count
  }
  return {
    session,
    principal,
    onBehalfOf,
    connection,
    types,
    patients: [...new Set(exchanges.flatMap(({ patients }) => patients))],
    first: at,
    last: exchanges.at(-1)?.at ?? at,
    exchanges,
  }
}
