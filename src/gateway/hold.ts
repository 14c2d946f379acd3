import { setTimeout as pause } from 'node:timers/promises'
import { lacksReason, type Asked, type Claim } from '../approve/index.ts'
import { GatewayError } from '../domain/index.ts'
import type { HoldVerdict } from '../inspect/index.ts'
import { formatEvent } from '../messages/index.ts'
import type { Review } from '../schema/index.ts'
import {
  NOTHING_OFFERED,
  refusalForDecision,
  refusalForReview,
  sendLate,
  type Refusal,
} from './error-response.ts'
import type { Exchange, GatewayParts, HoldTimes } from './exchange.ts'
import { decisionRecord, heldRecord, notForwardedRecord } from './records.ts'
import { NOT_BUFFERED } from './stream.ts'

/**
 * Holds an exchange until its review is answered.
 * @returns the review whose grant was taken; undefined when the exchange has ended here, with its refusal sent
 */
export async function holdForApproval(
  parts: GatewayParts,
  exchange: Exchange,
  verdict: HoldVerdict,
): Promise<Review | undefined> {
  const asked = askedBy(exchange, verdict)
  if (lacksReason(asked)) return refuseWithoutReason(parts, exchange, verdict)
  const claim = await claimFor(parts, exchange, verdict, asked)
  if (claim === undefined) return undefined
  const held = parts.audit.append(heldRecord(exchange, verdict, claim.review.id))
  if (claim.kind === 'granted') {
    const { review } = claim
    return orGiveBack(parts, exchange, verdict, review.id, () => held.then(() => review))
  }
  await held
  if (claim.kind !== 'pending') return end(parts, exchange, verdict, claim.review)
  const { stream } = verdict.facts.request
  const earlier = stream
    ? undefined
    : parts.refusals.find(verdict.sessionLabel, verdict.reviewDigest)
  // A client whose stream ran out of time asks again at once, without streaming: it must not wait a second time.
  if (earlier !== undefined) return end(parts, exchange, verdict, claim.review)
  const waiting = openWait(exchange, stream, parts.holdTimes)
  try {
    return await wait(parts, exchange, verdict, { asked, waiting, claim })
  } finally {
    waiting.stop()
  }
}

/** The Agent SDK asks for a title before it asks what the title is for. */
const TITLE_WAITS_MS = 5000
const TITLE_LOOKS_MS = 100

/** @returns undefined when the client has gone */
async function claimFor(
  parts: GatewayParts,
  exchange: Exchange,
  verdict: HoldVerdict,
  asked: Asked,
): Promise<Claim | undefined> {
  const { approvals, audit } = parts
  const { side, body } = verdict
  const { signal } = exchange
  if (side === undefined) return approvals.claim(asked, body)
  const until = performance.now() + (side === 'title' ? TITLE_WAITS_MS : 0)
  for (;;) {
    const beside = await approvals.claimBeside(asked, body, side)
    if (beside !== undefined) return beside
    if (performance.now() >= until || approvals.closed()) return approvals.claim(asked, body)
    await pause(TITLE_LOOKS_MS, undefined, { signal }).catch(() => {})
    if (!signal.aborted) continue
    if (signal.reason instanceof GatewayError) throw signal.reason
    await audit.append(decisionRecord(exchange, verdict))
    await audit.append(notForwardedRecord(exchange, verdict, undefined, undefined))
    return undefined
  }
}

async function refuseWithoutReason(
  parts: GatewayParts,
  exchange: Exchange,
  verdict: HoldVerdict,
): Promise<undefined> {
  await parts.audit.append(decisionRecord(exchange, verdict))
  const { decision } = verdict
  const message = 'Say why in the header x-phigate-reason.'
  const reasons = [...decision.reasons, { code: 'reason-required', message }]
  const { decisionId } = exchange
  const refusal = refusalForDecision({ ...decision, reasons }, decisionId, NOTHING_OFFERED)
  sendLate(exchange.response, refusal)
}

/**
 * Does what comes between the grant and the first byte upstream. Where that fails, or the client has gone meanwhile,
 * nothing came of the use, and the grant is given back.
 * @returns undefined when the client has gone
 */
export async function orGiveBack<T>(
  parts: GatewayParts,
  exchange: Exchange,
  verdict: Pick<HoldVerdict, 'policyRevision' | 'sessionLabel'>,
  review: string,
  act: () => Promise<T>,
): Promise<T | undefined> {
  const { signal, decisionId } = exchange
  const giveBack = async (status?: number): Promise<void> => {
    const record = notForwardedRecord(exchange, verdict, review, status, 'returned')
    // Often it is the log that failed.
    await parts.audit.append(record).catch(() => {})
    await parts.approvals.settleUse(review, decisionId, 'returned')
  }
  let done: T
  try {
    done = await act()
  } catch (thrown) {
    await giveBack(thrown instanceof GatewayError ? thrown.status : 500)
    throw thrown
  }
  if (!signal.aborted) return done
  const { reason } = signal
  await giveBack(reason instanceof GatewayError ? reason.status : undefined)
  if (reason instanceof GatewayError) throw reason
  return undefined
}

interface Held {
  readonly asked: Asked
  readonly waiting: Wait
  readonly claim: Claim
}

async function wait(
  parts: GatewayParts,
  exchange: Exchange,
  verdict: HoldVerdict,
  { asked, waiting, claim }: Held,
): Promise<Review | undefined> {
  const { approvals } = parts
  const { signal } = exchange
  let { review } = claim
  while (review.status === 'pending') {
    const left = waiting.until - performance.now()
    if (left <= 0 || approvals.closed()) return end(parts, exchange, verdict, review)
    review = await approvals.settled(review.id, left, signal)
    if (signal.aborted) return gone(parts, exchange, verdict, review)
    if (review.status !== 'approved') continue
    // It was decided by a policy of the past. The approval stands: the new one decides whether it is enough.
    if (parts.lanes.overtaken()) {
      const message = 'the policy has changed while this request waited; send it again'
      throw new GatewayError('policy-changed', message, { retryAfter: 1 })
    }
    const again = await claimFor(parts, exchange, verdict, asked)
    if (again === undefined) return undefined
    if (again.kind === 'granted') return again.review
    if (again.kind === 'beside') return end(parts, exchange, verdict, again.review)
    review = again.review
  }
  return end(parts, exchange, verdict, review)
}

async function end(
  parts: GatewayParts,
  exchange: Exchange,
  verdict: HoldVerdict,
  review: Review,
): Promise<undefined> {
  const refusal = refusalFor(parts, exchange, verdict, review)
  const { response } = exchange
  if (response.headersSent) {
    parts.refusals.remember(verdict.sessionLabel, verdict.reviewDigest, refusal)
  }
  await parts.audit.append(notForwardedRecord(exchange, verdict, review.id, refusal.status))
  sendLate(response, refusal)
}

/** The client has gone; the review stays open, and the same content passes once it is approved. */
async function gone(
  parts: GatewayParts,
  exchange: Exchange,
  verdict: HoldVerdict,
  review: Review,
): Promise<undefined> {
  if (exchange.signal.reason instanceof GatewayError) throw exchange.signal.reason
  await parts.audit.append(notForwardedRecord(exchange, verdict, review.id, undefined))
}

function refusalFor(
  parts: GatewayParts,
  { decisionId }: Exchange,
  verdict: HoldVerdict,
  review: Review,
): Refusal {
  return refusalForReview(review, verdict.decision, {
    decisionId,
    url: parts.reviewUrl(review.id).href,
    session: verdict.context.session,
  })
}

function askedBy(exchange: Exchange, verdict: HoldVerdict): Asked {
  const { principal, connection, decisionId } = exchange
  const { facts, decision } = verdict
  return {
    principal: principal.id,
    onBehalfOf: principal.onBehalfOf,
    purpose: principal.purpose,
    connection,
    session: verdict.sessionLabel,
    operation: facts.request.operation,
    model: facts.request.model,
    reviewDigest: verdict.reviewDigest,
    anchor: verdict.anchor,
    frame: verdict.frame,
    reasons: decision.reasons,
    signals: facts.signals.map(({ name, message }) => ({ name, message })),
    totals: facts.totals,
    patients: [...verdict.patients],
    policyRevision: verdict.policyRevision,
    decisionId,
    requestReason: verdict.reason,
    needs: decision.approval,
  }
}

interface Wait {
  /** In milliseconds of performance.now(). */
  readonly until: number
  stop(): void
}

function openWait({ response, decisionId }: Exchange, stream: boolean, times: HoldTimes): Wait {
  const started = performance.now()
  if (!stream) return { until: started + times.silentMs, stop: () => {} }
  const ping = (): void => {
    if (response.destroyed) return
    if (!response.headersSent) {
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache',
        ...NOT_BUFFERED,
        'x-phigate-decision-id': decisionId,
        'x-phigate-decision': 'require-approval',
      })
    }
    response.write(formatEvent('ping', '{"type": "ping"}'))
  }
  let pings: NodeJS.Timeout | undefined
  const quiet = setTimeout(() => {
    ping()
    pings = setInterval(ping, times.pingMs)
  }, times.quietMs)
  return {
    until: started + times.streamMs,
    stop: () => {
      clearTimeout(quiet)
      clearInterval(pings)
    },
  }
}
