import type { Recorded, RecordedAbout } from '../domain/index.ts'
import type { AnswerReport, ForwardVerdict } from '../inspect/index.ts'
import type { Exchange } from './exchange.ts'
import type { Completion } from './records.ts'
import { sentOf, type Sent } from './sent.ts'

/** What is recorded of a request: the body as it is forwarded. */
export function requestRecording(exchange: Exchange, verdict: ForwardVerdict): Recorded {
  const { body, pieces, marks, decision, masked } = verdict
  return {
    ...whose(exchange, sentOf(verdict)),
    direction: 'request',
    at: exchange.started,
    info: { outcome: decision.outcome, masked },
    bytes: body,
    pieces,
    marks,
  }
}

/** What is recorded of an answer: how the exchange ended, and what came, if policy let it pass. */
export function answerRecording(
  exchange: Exchange,
  sent: Sent,
  at: number,
  ending: Pick<Completion, 'end' | 'status' | 'detail' | 'upstreamRequestId'> & {
    readonly report: AnswerReport | undefined
    readonly timing: readonly number[] | undefined
  },
): Recorded {
  const { end, status, detail, upstreamRequestId, report, timing } = ending
  const { bytes, pieces, marks } = report?.recorded ?? NOTHING
  return {
    ...whose(exchange, sent),
    direction: 'answer',
    at,
    info: {
      end,
      status,
      ...(detail === undefined ? {} : { detail }),
      ...(report === undefined ? {} : { outcome: report.decision.outcome, masked: report.masked }),
      ...(upstreamRequestId === undefined ? {} : { upstreamRequestId }),
      ...(timing === undefined || bytes.byteLength === 0 ? {} : { timing }),
    },
    bytes,
    pieces,
    marks,
  }
}

const NOTHING = { bytes: new Uint8Array(0), pieces: [], marks: [] }

function whose(exchange: Exchange, sent: Sent): Pick<Recorded, 'session' | 'exchange' | 'about'> {
  const { principal, connection, decisionId } = exchange
  const { operation, model, profile, policyRevision, detector, sessionLabel } = sent
  const about: RecordedAbout = {
    principal: principal.id,
    onBehalfOf: principal.onBehalfOf,
    connection,
    operation,
    model,
    profile,
    policyRevision,
    detector,
    ...agentOf(exchange),
  }
  return { session: sessionLabel, exchange: decisionId, about }
}

/** What the Agent SDK says of the agent that asks: an id, or nothing. */
function agentOf({ request }: Exchange): Pick<RecordedAbout, 'agent' | 'parentAgent'> {
  const agent = idIn(request.headers['x-claude-code-agent-id'])
  const parentAgent = idIn(request.headers['x-claude-code-parent-agent-id'])
  return {
    ...(agent === undefined ? {} : { agent }),
    ...(parentAgent === undefined ? {} : { parentAgent }),
  }
}

function idIn(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(header) ? header : undefined
}
