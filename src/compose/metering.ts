/** The part of the composition root that measures what the others do, without their knowing. */
import type { RequestListener } from 'node:http'
import type { Load } from '../console/index.ts'
import type { AuditLog, Clock, RecordingStore, ReviewTally } from '../domain/index.ts'
import type { Upstream } from '../forward/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Lanes } from '../lanes/index.ts'
import type { Limiting } from './limiting.ts'
import type { Metrics, PolicyReadings, Readings } from '../metrics/index.ts'
import type { OwnAuditLog, SinkStatus } from '../record/index.ts'
import type { PrincipalLimits } from '../schema/index.ts'

interface Rooms {
  readonly audit: AuditLog
  readonly recordings: RecordingStore
  readonly callers: Identity
}

/** The same rooms, whose work is counted and timed. */
export function metered(rooms: Rooms, metrics: Metrics): Rooms {
  const { audit, recordings, callers } = rooms
  return {
    audit: metrics.audited(audit),
    recordings: {
      ...recordings,
      put: metrics.timed('recording', (recorded) => recordings.put(recorded)),
    },
    callers: {
      ...callers,
      authenticate: metrics.timed('authenticate', (headers) => callers.authenticate(headers)),
    },
  }
}

/** The upstream of one configuration, whose answers are counted and timed. */
export function meteredUpstream(upstream: Upstream, metrics: Metrics): Upstream {
  return {
    ...upstream,
    send: metrics.timed('upstream', async (cleared, signal) => {
      const answer = await upstream.send(cleared, signal)
      metrics.upstreamAnswered(cleared.outgoing.connection, answer.status)
      return answer
    }),
  }
}

/** The workers of one policy revision, whose work is timed. */
export function meteredLanes(lanes: Lanes, metrics: Metrics): Lanes {
  return {
    ...lanes,
    inspect: metrics.timed('inspect', (job, unseen) => lanes.inspect(job, unseen)),
    inspectAnswer: metrics.timed('answer', (body, context) => lanes.inspectAnswer(body, context)),
    openStream(context, unseen) {
      const handle = lanes.openStream(context, unseen)
      const push = metrics.timed('answer', (...read: Parameters<typeof handle.push>) =>
        handle.push(...read),
      )
      return { ...handle, push }
    },
  }
}

/** Counts the answers of an application, those to unknown callers too. */
export function meteredApp(
  app: RequestListener,
  metrics: Metrics,
  stopwatch: () => number,
): RequestListener {
  return (request, response) => {
    const before = stopwatch()
    response.once('close', () => {
      // A client that goes before its answer has no status.
      const status = response.headersSent ? response.statusCode : 0
      metrics.responded(status, (stopwatch() - before) / 1000)
    })
    app(request, response)
  }
}

/** What the metrics are read from when they are asked for. */
interface Read {
  readonly metrics: Metrics
  readonly lanes: Pick<Lanes, 'state'>
  readonly policy: () => PolicyReadings
  readonly admission: { used(): number }
  readonly limiting: Limiting
  readonly audit: AuditLog
}

/** What of the log and its receivers is measured. */
interface ReadLog {
  readonly log: Pick<OwnAuditLog, 'head' | 'checkpoint' | 'signing'>
  readonly sinks: { statuses(): readonly SinkStatus[] }
}

/** How busy the server is, for its status. */
export function loadOf(rooms: Read, limits: PrincipalLimits): Load {
  return {
    lanes: rooms.lanes.state(),
    limits: { ...limits },
    blocked: rooms.limiting.blocks.list().length,
    bytesInFlight: rooms.admission.used(),
    metrics: rooms.metrics.summary(),
  }
}

interface Since {
  readonly startedAt: number
  readonly underWay: () => number
  readonly clock: Clock
  readonly reviews: { tally(now: number): Promise<ReviewTally> }
}

/** Serves the metrics, and nothing else. */
export function metricsApp(
  rooms: Read & ReadLog,
  { startedAt, underWay, clock, reviews }: Since,
): RequestListener {
  const { metrics, lanes, policy, admission, limiting, audit, log, sinks } = rooms
  const readings: Omit<Readings, 'reviews'> = {
    lanes: () => lanes.state(),
    policy,
    bytesInFlight: () => admission.used(),
    exchangesUnderWay: underWay,
    blocked: () => limiting.blocks.list().length,
    auditHealthy: () => audit.healthy(),
    auditLog: () => ({
      head: log.head().seq,
      signed: log.checkpoint()?.seq ?? 0,
      signing: log.signing(),
      sinks: sinks.statuses(),
    }),
    startedAt,
    now: () => clock.now(),
    residentBytes: () => process.memoryUsage.rss(),
  }
  return (request, response) => {
    request.resume()
    const send = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type }).end(body)
    }
    if (request.method !== 'GET' || request.url !== '/metrics') {
      send(404, 'text/plain', 'GET /metrics\n')
      return
    }
    reviews.tally(clock.now()).then(
      (tally) => send(200, EXPOSITION, metrics.text({ ...readings, reviews: tally })),
      () => send(500, 'text/plain', 'the store cannot be read\n'),
    )
  }
}

const EXPOSITION = 'text/plain; version=0.0.4; charset=utf-8'
