import {
  latestChange,
  type AuditLog,
  type ReviewTally,
  type UnchainedRecord,
} from '../domain/index.ts'
import type { Review } from '../schema/index.ts'
import { counter, gauge, histogram, type Family, type Reading } from './exposition.ts'
import { logFamilies, type LogReadings } from './log-families.ts'
import { policyFamilies, type PolicyReadings } from './policy-families.ts'

/** What is read when Prometheus asks. */
export interface Readings {
  readonly lanes: () => readonly { lane: string; waiting: number; kills: number }[]
  readonly policy: () => PolicyReadings
  readonly bytesInFlight: () => number
  readonly exchangesUnderWay: () => number
  readonly blocked: () => number
  readonly auditHealthy: () => boolean
  readonly auditLog: () => LogReadings
  readonly reviews: ReviewTally
  readonly startedAt: number
  readonly now: () => number
  readonly residentBytes: () => number
}

/** The parts of the path that are timed, each with its waiting. */
export type Stage = 'authenticate' | 'inspect' | 'recording' | 'record' | 'upstream' | 'answer'

/** For /status. */
export interface MetricsSummary {
  readonly decisions: number
  readonly completions: number
  readonly responses: number
}

/** The gateway in numbers. No label holds what a client wrote. */
export interface Metrics {
  /** Adds the time of each call to the stage, whether it succeeds or not. */
  timed<A extends readonly unknown[], R>(
    stage: Stage,
    call: (...args: A) => Promise<R>,
  ): (...args: A) => Promise<R>
  /** Counts what the log is given: an exchange is what its records say. */
  audited(log: AuditLog): AuditLog
  responded(status: number, seconds: number): void
  upstreamAnswered(connection: string, status: number): void
  /** Counts a change to a review: that it was asked, how it ended and after how long, that its grant was revoked. */
  reviewed(review: Review): void
  summary(): MetricsSummary
  /** The text format of Prometheus, version 0.0.4. */
  text(readings: Readings): string
}

const SECONDS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300,
]

/** Persons answer: from seconds to a day. */
const REVIEW_SECONDS = [5, 15, 30, 60, 120, 300, 600, 1800, 3600, 4 * 3600, 12 * 3600, 24 * 3600]

/** @param stopwatch milliseconds of a clock that is never set */
export function createMetrics(stopwatch: () => number): Metrics {
  const all = families()
  const { stages } = all
  let pending = 0
  const timed: Metrics['timed'] = (stage, call) => {
    return async (...args) => {
      const before = stopwatch()
      try {
        return await call(...args)
      } finally {
        stages.observe({ stage }, (stopwatch() - before) / 1000)
      }
    }
  }
  return {
    timed,
    audited: (log) => ({
      ...log,
      append: timed('record', async (record) => {
        pending += 1
        try {
          const receipt = await log.append(record)
          count(all, record)
          return receipt
        } finally {
          pending -= 1
        }
      }),
    }),
    responded(status, seconds) {
      all.responses.add({ status: String(status) })
      all.durations.observe({}, seconds)
    },
    upstreamAnswered: (connection, status) => {
      all.upstream.add({ connection, status: String(status) })
    },
    reviewed: (review) => countReview(all, review),
    summary: () => ({
      decisions: all.decisions.total(),
      completions: all.completions.total(),
      responses: all.responses.total(),
    }),
    text: (readings) =>
      [...Object.values(all), ...gauges(readings, pending)].map((family) => family.text()).join(''),
  }
}

type Families = ReturnType<typeof families>

function families() {
  return {
    decisions: counter({
      name: 'phigate_decisions_total',
      help: 'Requests decided, by outcome.',
    }),
    reasons: counter({
      name: 'phigate_reasons_total',
      help: 'Reasons of requests and answers that were refused.',
    }),
    evaluations: counter({
      name: 'phigate_policy_evaluations_total',
      help: 'Decisions of policy that hold, of requests and answers.',
    }),
    policyFailures: counter({
      name: 'phigate_policy_failures_total',
      help: 'Evaluations that gave no usable decision: each is a deny.',
    }),
    completions: counter({
      name: 'phigate_completions_total',
      help: 'Forwarded exchanges by how they ended.',
    }),
    responses: counter({
      name: 'phigate_responses_total',
      help: 'Answers of the gateway by HTTP status, of callers unknown too.',
    }),
    durations: histogram(
      { name: 'phigate_response_seconds', help: 'Time until the last byte of an answer.' },
      SECONDS,
    ),
    stages: histogram(
      { name: 'phigate_stage_seconds', help: 'Time of a stage, its waiting included.' },
      SECONDS,
    ),
    reviews: counter({
      name: 'phigate_reviews_total',
      help: 'Reviews by what happened to them: created, escalated, then approved, denied, expired, cancelled; revoked.',
    }),
    verdicts: histogram(
      { name: 'phigate_review_seconds', help: 'Time from the question to its end.' },
      REVIEW_SECONDS,
    ),
    upstream: counter({
      name: 'phigate_upstream_responses_total',
      help: 'Answers of the upstream by HTTP status.',
    }),
  }
}

function count(all: Families, { input, result, custom }: UnchainedRecord): void {
  const { kind, connection = 'none', end = 'none' } = custom
  const outcome = result?.outcome ?? 'none'
  if (kind === 'decision') all.decisions.add({ outcome, connection })
  else if (kind === 'completion') all.completions.add({ end, connection })
  else return
  if (input !== undefined && input !== null) {
    const direction = custom.direction ?? 'none'
    all.evaluations.add({ direction })
    const failed = result?.reasons.some(({ code }) => code === 'policy-failure') === true
    if (failed) all.policyFailures.add({ direction })
  }
  if (outcome !== 'deny' && outcome !== 'require-approval') return
  for (const { code } of result?.reasons ?? []) all.reasons.add({ reason: code })
}

function countReview({ reviews, verdicts }: Families, review: Review): void {
  const { status, createdAt, settledAt } = review
  const change = latestChange(review)
  if (change === undefined) return
  reviews.add({ outcome: change === 'settled' ? status : change })
  if (change === 'settled' && settledAt !== null)
    verdicts.observe({ outcome: status }, (settledAt - createdAt) / 1000)
}

function gauges(of: Readings, pending: number): readonly Family[] {
  const one = (name: string, help: string, value: number): Family =>
    gauge({ name, help }, () => [{ value }])
  const each = (value: 'waiting' | 'kills') => (): readonly Reading[] =>
    of.lanes().map((state) => ({ labels: { lane: state.lane }, value: state[value] }))
  const kills = 'Inspection workers that died or were ended.'
  return [
    gauge({ name: 'phigate_lane_waiting', help: 'Inspections that wait.' }, each('waiting')),
    gauge({ name: 'phigate_lane_kills_total', help: kills, type: 'counter' }, each('kills')),
    ...policyFamilies(of.policy()),
    ...logFamilies(of.auditLog()),
    one('phigate_bytes_in_flight', 'Bytes held for exchanges under way.', of.bytesInFlight()),
    one('phigate_exchanges_under_way', 'Answers not sent to their end.', of.exchangesUnderWay()),
    one('phigate_principals_blocked', 'Principals that are blocked.', of.blocked()),
    one('phigate_audit_pending', 'Records on their way to the disk.', pending),
    one('phigate_audit_healthy', '1 if the last record was written.', of.auditHealthy() ? 1 : 0),
    one('phigate_reviews_pending', 'Reviews that wait for an answer.', of.reviews.pending),
    one(
      'phigate_reviews_oldest_seconds',
      'Age of the oldest that waits; 0 when none does.',
      of.reviews.oldest === null ? 0 : Math.max(0, of.now() - of.reviews.oldest) / 1000,
    ),
    one('phigate_grants_active', 'Grants that run.', of.reviews.grants),
    one('phigate_grants_in_use', 'Grants that an exchange uses now.', of.reviews.grantsInUse),
    one('phigate_uptime_seconds', 'Since the start.', (of.now() - of.startedAt) / 1000),
    one('process_resident_memory_bytes', 'Memory of the process.', of.residentBytes()),
  ]
}
