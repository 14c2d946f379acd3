import type { GatewayError, Principal, Receipt, UnchainedRecord } from '../domain/index.ts'
import type { AnswerReport, ForwardVerdict, HoldVerdict, RequestVerdict } from '../inspect/index.ts'
import type { UseOutcome } from '../approve/index.ts'
import type { AuditRecord } from '../schema/index.ts'
import { NotCarriedOut } from './not-carried-out.ts'

/** What all records of one exchange share. */
export interface ExchangeIdentity {
  readonly decisionId: string
  readonly requestNumber: number
  readonly principal: Principal
  readonly connection: string
  readonly labels: Readonly<Record<string, string>>
}

/** The record that is durable before anything is forwarded, or refused. */
export function decisionRecord(
  exchange: ExchangeIdentity,
  verdict: RequestVerdict,
): UnchainedRecord {
  const forwarded = verdict.kind === 'forward'
  return {
    ...base(exchange, verdict.policyRevision),
    path: 'gateway/decision',
    input: verdict.facts,
    result: verdict.decision,
    metrics: { timer_rego_query_eval_ns: verdict.evaluationNs },
    custom: {
      kind: 'decision',
      direction: 'request',
      connection: exchange.connection,
      session: verdict.sessionLabel,
      profile: verdict.profile,
      detector: verdict.detector,
      inspection: 'applied',
      ...(verdict.patients.length === 0 ? {} : { patients: [...verdict.patients] }),
      masked: { ...verdict.masked },
      kept: { ...verdict.kept },
      ...(forwarded
        ? {
            reviewDigest: verdict.reviewDigest,
            bodySha256: verdict.bodySha256,
            ...recordingOf(verdict),
          }
        : {}),
    },
  }
}

/** A request that waits for a person: recorded when it begins to wait. */
export function heldRecord(
  exchange: ExchangeIdentity,
  verdict: HoldVerdict,
  review: string,
): UnchainedRecord {
  const record = decisionRecord(exchange, verdict)
  const { reviewDigest } = verdict
  return { ...record, custom: { ...record.custom, review, reviewDigest } }
}

/** The use of a grant: durable before the first byte goes upstream, and what the cleared body is compared with. */
export function grantUseRecord(
  exchange: ExchangeIdentity,
  verdict: ForwardVerdict,
  review: string,
): UnchainedRecord {
  const { sessionLabel, reviewDigest, bodySha256 } = verdict
  return {
    ...base(exchange, verdict.policyRevision),
    custom: {
      kind: 'grant-use',
      connection: exchange.connection,
      session: sessionLabel,
      reviewDigest,
      bodySha256,
      ...recordingOf(verdict),
      review,
      use: 'consuming',
    },
  }
}

/**
 * @param review that it waited for; undefined where it had none yet
 * @param status that the client was given; undefined when it had gone
 * @param use what became of the use of a grant, where one was taken
 */
export function notForwardedRecord(
  exchange: ExchangeIdentity,
  verdict: Pick<HoldVerdict, 'policyRevision' | 'sessionLabel'>,
  review: string | undefined,
  status: number | undefined,
  use?: UseOutcome,
): UnchainedRecord {
  return {
    ...base(exchange, verdict.policyRevision),
    custom: {
      kind: 'completion',
      direction: 'request',
      inspection: 'not-applied',
      connection: exchange.connection,
      session: verdict.sessionLabel,
      end:
        status === undefined
          ? 'client-aborted'
          : use === undefined
            ? 'not-approved'
            : 'interrupted',
      ...(review === undefined ? {} : { review }),
      ...(use === undefined ? {} : { use }),
      ...(status === undefined ? {} : { status }),
    },
  }
}

/** A request that was refused before policy could be asked, or whose decision could not be carried out. */
export function refusedRecord(exchange: ExchangeIdentity, error: GatewayError): UnchainedRecord {
  const { onBehalfOf } = exchange.principal
  const reason = { code: error.code, message: error.message.slice(0, 500) }
  return {
    ...base(exchange, undefined),
    path: 'gateway/decision',
    input: null,
    result: {
      outcome: 'deny',
      reasons: [reason],
      approval: [],
    },
    custom: {
      kind: 'decision',
      direction: 'request',
      connection: exchange.connection,
      ...(onBehalfOf === null ? {} : { onBehalfOf }),
      inspection: 'not-applied',
      status: error.status,
      ...(error instanceof NotCarriedOut ? { supersedes: error.supersedes } : {}),
    },
  }
}

/** A request without a body has nothing to be recorded. */
function recordingOf({ body, bodySha256 }: ForwardVerdict): { readonly recording?: string } {
  return body.byteLength === 0 ? {} : { recording: bodySha256 }
}

export interface Completion {
  readonly end: NonNullable<AuditRecord['custom']['end']>
  readonly status: number
  readonly durationMs: number
  readonly upstreamRequestId: string | undefined
  readonly bodySha256: string
  readonly sessionLabel: string
  readonly report: AnswerReport | undefined
  /** Code of what ended the exchange, where that was neither policy nor the upstream. */
  readonly detail?: string
  /** The review whose grant was used, and what became of the use. */
  readonly granted?: { readonly review: string; readonly use: UseOutcome }
}

/** What became of an exchange that was forwarded. */
export function completionRecord(
  exchange: ExchangeIdentity,
  completion: Completion,
): UnchainedRecord {
  const { report, upstreamRequestId } = completion
  return {
    ...base(exchange, report?.policyRevision),
    ...(report === undefined
      ? {}
      : { path: 'gateway/decision', input: report.facts, result: report.decision }),
    custom: {
      kind: 'completion',
      direction: 'response',
      connection: exchange.connection,
      session: completion.sessionLabel,
      end: completion.end,
      status: completion.status,
      durationMs: completion.durationMs,
      bodySha256: completion.bodySha256,
      ...(completion.detail === undefined ? {} : { detail: completion.detail }),
      ...completion.granted,
      ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }),
      inspection: report === undefined ? withoutReport(completion.end) : inspectionOf(completion),
      ...(report === undefined ? {} : reported(report)),
    },
  }
}

/** The end of an exchange whose answer could not be recorded, and was withheld for that. */
export function withheldRecord(completion: UnchainedRecord, { seq }: Receipt): UnchainedRecord {
  const { path: _path, input: _input, result: _result, custom, ...rest } = completion
  const {
    masked: _masked,
    kept: _kept,
    restored: _restored,
    usage: _usage,
    recording: _recording,
    ...kept
  } = custom
  return {
    ...rest,
    custom: {
      ...kept,
      inspection: 'not-applied',
      end: 'interrupted',
      status: 503,
      detail: 'audit-unavailable',
      supersedes: seq,
    },
  }
}

/** What broke off was inspected as far as it was passed on, and the report is about that. */
function inspectionOf({ end, detail }: Completion): 'applied' | 'broken-off' {
  const isWhole = end === 'complete' || (end === 'denied' && detail === undefined)
  return isWhole ? 'applied' : 'broken-off'
}

function withoutReport(end: Completion['end']): 'not-applied' | 'broken-off' {
  return end === 'upstream-error' || end === 'upstream-refused' ? 'not-applied' : 'broken-off'
}

function reported(report: AnswerReport): Partial<UnchainedRecord['custom']> {
  return {
    profile: report.profile,
    usage: report.usage,
    ...(report.recorded === undefined ? {} : { recording: report.recorded.sha256 }),
    masked: { ...report.masked },
    kept: { ...report.kept },
    restored: { ...report.restored },
  }
}

type Base = Pick<UnchainedRecord, 'decision_id' | 'labels' | 'bundles' | 'requested_by' | 'req_id'>

function base(exchange: ExchangeIdentity, revision: string | undefined): Base {
  return {
    decision_id: exchange.decisionId,
    labels: { ...exchange.labels },
    ...(revision === undefined ? {} : { bundles: { phigate: { revision } } }),
    requested_by: exchange.principal.id,
    req_id: exchange.requestNumber,
  }
}
