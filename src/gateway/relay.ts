import type { UseOutcome } from '../approve/index.ts'
import type { AnswerReport } from '../inspect/index.ts'
import type { Place } from '../limits/index.ts'
import { NOTHING_OFFERED, refusalForDecision, type Refusal } from './error-response.ts'
import type { Exchange, GatewayParts } from './exchange.ts'
import { answerRecording } from './recorded.ts'
import { completionRecord, withheldRecord, type Completion } from './records.ts'
import type { Sent } from './sent.ts'

/** What the relay of an answer works with. */
export interface Relay {
  readonly parts: GatewayParts
  readonly exchange: Exchange
  readonly sent: Sent
  readonly upstreamRequestId: string | undefined
  /** Headers for the client, phigate's own included. */
  readonly headers: Readonly<Record<string, string>>
  /** Takes what the upstream has reported so far. */
  readonly usage: (reported: AnswerReport['usage']) => void
}

/** Counts what came since the last report, so that a stream that breaks off has been counted as far as it went. */
export function countTokens(place: Place): Relay['usage'] {
  let counted = 0
  return (reported) => {
    const sum = Object.values(reported).reduce((all, tokens) => all + tokens, 0)
    const total = Math.max(counted, sum)
    place.tokens(total - counted)
    counted = total
  }
}

/** What policy says about an answer; a refusal is remembered for the client's next try. */
export function refusalOf(
  relay: Relay,
  answer: Pick<AnswerReport, 'decision'>,
): Refusal | undefined {
  const { decision } = answer
  if (decision.outcome === 'allow' || decision.outcome === 'mask') return undefined
  const { parts, exchange, sent } = relay
  const refusal = refusalForDecision(decision, exchange.decisionId, NOTHING_OFFERED)
  parts.refusals.remember(sent.sessionLabel, sent.reviewDigest, refusal)
  return refusal
}

/** Records how the exchange ended. */
export async function complete(
  relay: Relay,
  how: Pick<Completion, 'end' | 'status' | 'report' | 'detail'> & {
    readonly timing?: readonly number[]
  },
): Promise<void> {
  const { parts, exchange, sent, upstreamRequestId } = relay
  if (how.report !== undefined) relay.usage(how.report.usage)
  const { timing, ...ending } = how
  const { review } = exchange
  const use = useOutcome(how.end, how.status)
  const record = completionRecord(exchange, {
    ...ending,
    ...(review === undefined ? {} : { granted: { review, use } }),
    upstreamRequestId,
    bodySha256: sent.bodySha256,
    sessionLabel: sent.sessionLabel,
    durationMs: Math.max(0, parts.clock.now() - exchange.started),
  })
  const recorded =
    sent.bodyBytes === 0
      ? undefined
      : answerRecording(exchange, sent, parts.clock.now(), {
          ...ending,
          upstreamRequestId,
          timing,
        })
  const [logged, stored] = await Promise.allSettled([
    parts.audit.append(record),
    recorded === undefined ? undefined : parts.recordings.put(recorded),
  ])
  if (logged.status === 'rejected') throw logged.reason
  if (stored.status === 'rejected') {
    // The log says how the exchange would have ended: nothing of that is sent.
    await parts.audit.append(withheldRecord(record, logged.value))
    throw stored.reason
  }
  if (review !== undefined) await parts.approvals.settleUse(review, exchange.decisionId, use)
}

/** What became of the use of a grant, by how the exchange ended: nothing came of what the upstream did not take. */
function useOutcome(end: string, status: number): UseOutcome {
  if (end === 'upstream-refused') return 'returned'
  // 401: the key of the connection was refused, before anything was read.
  if (end === 'upstream-error' && (status === 401 || status === 429 || status >= 500)) {
    return 'returned'
  }
  if (end === 'upstream-timeout' || end === 'upstream-cut') return 'outcome-unknown'
  return 'consumed'
}
