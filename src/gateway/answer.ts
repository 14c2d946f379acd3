import { GatewayError } from '../domain/index.ts'
import type { Cleared, UpstreamAnswer } from '../forward/index.ts'
import type { AnswerContext, ForwardVerdict } from '../inspect/index.ts'
import { formatEvent } from '../messages/index.ts'
import { sendLate } from './error-response.ts'
import { joinBytes } from './bytes.ts'
import type { Exchange, GatewayParts } from './exchange.ts'
import { failed } from './failure.ts'
import { NOT_INSPECTED, reportOf } from './report.ts'
import { complete, countTokens, refusalOf, type Relay } from './relay.ts'
import { sentOf } from './sent.ts'
import { relayStream } from './stream.ts'

/** Largest answer that is not streamed. */
const LARGEST_ANSWER = 64 * 1024 * 1024

/** The upstream's answer to a request, whose body is out. */
export interface Answered {
  readonly relay: Relay
  readonly answer: UpstreamAnswer
  readonly context: AnswerContext
}

/**
 * Sends a cleared request.
 * @returns undefined where no answer came: the exchange has ended with that
 */
export async function send(
  parts: GatewayParts,
  exchange: Exchange,
  verdict: ForwardVerdict,
  cleared: Cleared,
): Promise<Answered | undefined> {
  const usage = countTokens(exchange.place)
  const waiting = { parts, exchange, sent: sentOf(verdict), usage }
  try {
    const answer = await parts.upstream.send(cleared, exchange.signal)
    exchange.room.leave()
    const upstreamRequestId = answer.headers['request-id']
    const headers = headersOf(exchange, verdict, answer)
    return { relay: { ...waiting, upstreamRequestId, headers }, answer, context: verdict.context }
  } catch (thrown) {
    await failed({ ...waiting, upstreamRequestId: undefined, headers: {} }, thrown)
    return undefined
  }
}

/** Sends an answer through the same stages to the client. */
export async function relayAnswer({ relay, answer, context }: Answered): Promise<void> {
  const { response } = relay.exchange
  try {
    if (answer.status >= 400) await relayError(relay, answer)
    else if (answer.status !== 200) throw garbage('an unexpected status')
    else if (answer.contentType.startsWith('text/event-stream'))
      await relayStream(relay, answer, context)
    else if (answer.contentType.startsWith('application/json') && !response.headersSent) {
      await relayJson(relay, answer, context)
    } else throw garbage('an unexpected content type')
  } catch (thrown) {
    await failed(relay, thrown)
  } finally {
    answer.discard()
  }
}

function garbage(what: string): GatewayError {
  return new GatewayError('upstream-garbage', `the upstream answered with ${what}`)
}

function headersOf(
  exchange: Exchange,
  verdict: ForwardVerdict,
  answer: UpstreamAnswer,
): Record<string, string> {
  const masked = Object.entries(verdict.masked).map(([type, count]) => `${type}=${count}`)
  return {
    ...answer.headers,
    'x-phigate-decision-id': exchange.decisionId,
    'x-phigate-decision': verdict.decision.outcome,
    ...(masked.length === 0 ? {} : { 'x-phigate-masked': masked.join(',') }),
    'x-phigate-request-report': reportOf(verdict),
    // Nothing is masked under it: nobody should have to look into the records to see that.
    ...(verdict.profile === 'observe' ? { 'x-phigate-profile': 'observe' } : {}),
  }
}

async function collect(answer: UpstreamAnswer): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.byteLength
    if (size > LARGEST_ANSWER) throw garbage('more than a message can hold')
    chunks.push(chunk)
  }
  return joinBytes(chunks, size)
}

/** The upstream's own errors go through unchanged: clients act on their wording. */
async function relayError(relay: Relay, answer: UpstreamAnswer): Promise<void> {
  const { status } = answer
  const body = await collect(answer)
  const isOfKey = status === 401
  const detail = isOfKey ? { detail: KEY_REFUSED } : {}
  await complete(relay, { end: 'upstream-error', status, report: undefined, ...detail })
  reply(isOfKey ? keyRefused(relay) : relay, status, body, NOT_INSPECTED)
}

const KEY_REFUSED = 'upstream-key-refused'

/**
 * A 401 of the upstream speaks of the key of its connection. Operators are told; the client, who would take it for its own
 * token and fetch another again and again, is told that it is of no use.
 */
function keyRefused(relay: Relay): Relay {
  const { target, decisionId } = relay.exchange
  relay.parts.log(KEY_REFUSED, { decisionId, connection: target.name })
  return { ...relay, headers: { 'x-should-retry': 'false', ...relay.headers } }
}

async function relayJson(
  relay: Relay,
  answer: UpstreamAnswer,
  context: AnswerContext,
): Promise<void> {
  const { parts, exchange } = relay
  const body = await collect(answer)
  const inspected = await parts.lanes.inspectAnswer(body, context)
  const refusal = refusalOf(relay, inspected.report)
  if (refusal !== undefined) {
    await complete(relay, { end: 'denied', status: refusal.status, report: inspected.report })
    sendLate(exchange.response, refusal)
    return
  }
  await complete(relay, { end: 'complete', status: 200, report: inspected.report })
  reply(relay, 200, inspected.body, reportOf(inspected.report))
}

function reply(relay: Relay, status: number, body: Uint8Array, report: string): void {
  const { response } = relay.exchange
  if (response.destroyed) return
  if (response.headersSent) {
    // A stream was promised while the request waited: all that can be said now is an event.
    response.end(formatEvent('error', oneLine(body)))
    return
  }
  response.writeHead(status, {
    ...relay.headers,
    'x-phigate-answer-report': report,
    'content-length': body.byteLength,
  })
  response.end(body)
}

/** JSON on one line, as an event's data must be. What is no JSON was made for eyes, and is not passed on. */
function oneLine(body: Uint8Array): string {
  try {
    return JSON.stringify(JSON.parse(new TextDecoder().decode(body)))
  } catch {
    return '{"type":"error","error":{"type":"api_error","message":"the upstream refused the request"}}'
  }
}
