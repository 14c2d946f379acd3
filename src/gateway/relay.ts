import type { AnswerReport, ForwardVerdict } from '../inspect/index.ts'
import { refusalForDecision, type Refusal } from './error-response.ts'
import type { Exchange, GatewayParts } from './exchange.ts'
import { completionRecord, type Completion } from './records.ts'

/** What the relay of an answer works with. */
export interface Relay {
  readonly parts: GatewayParts
  readonly exchange: Exchange
  readonly verdict: ForwardVerdict
  readonly upstreamRequestId: string | undefined
  /** Headers for the client, phigate's own included. */
  readonly headers: Readonly<Record<string, string>>
}

/** What policy says about an answer; a refusal is remembered for the client's next try. */
export function refusalOf(
  relay: Relay,
  answer: Pick<AnswerReport, 'decision'>,
): Refusal | undefined {
  const { decision } = answer
  if (decision.outcome === 'allow' || decision.outcome === 'mask') return undefined
  const { parts, exchange, verdict } = relay
  const refusal = refusalForDecision(decision, exchange.decisionId, {
    removed: [],
    sanitized: undefined,
  })
  parts.refusals.remember(verdict.sessionLabel, verdict.reviewDigest, refusal)
  return refusal
}

/** Records how the exchange ended. */
export async function complete(
  relay: Relay,
  how: Pick<Completion, 'end' | 'status' | 'report' | 'detail'>,
): Promise<void> {
  const { parts, exchange, verdict, upstreamRequestId } = relay
  const { inputTokens = 0, outputTokens = 0 } = how.report?.usage ?? {}
  exchange.place.tokens(inputTokens + outputTokens)
  const record = completionRecord(exchange, {
    ...how,
    upstreamRequestId,
    bodySha256: verdict.bodySha256,
    sessionLabel: verdict.sessionLabel,
    durationMs: Math.max(0, parts.clock.now() - exchange.started),
  })
  await parts.audit.append(record)
}
