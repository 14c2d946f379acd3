import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  GatewayError,
  type Principal,
  type Receipt,
  type UnchainedRecord,
} from '../domain/index.ts'
import { clear, requestHeaders, type Cleared } from '../forward/index.ts'
import type { ForwardVerdict, RequestJob, RequestVerdict } from '../inspect/index.ts'
import { checkAllowance, withinModels } from './allowance.ts'
import { relayAnswer, send, type Answered } from './answer.ts'
import { readBody } from './body.ts'
import { refusalForDecision, refusalForError, sendLate, sendRefusal } from './error-response.ts'
import type { Exchange, GatewayParts } from './exchange.ts'
import { holdForApproval, orGiveBack } from './hold.ts'
import { NotCarriedOut } from './not-carried-out.ts'
import { decisionRecord, grantUseRecord, refusedRecord, type ExchangeIdentity } from './records.ts'
import { requestRecording } from './recorded.ts'
import { routeOf } from './route.ts'

let requests = 0

/** The path of one exchange. Whatever throws, the answer is a refusal: nothing goes on after an error. */
export async function handleExchange(
  parts: GatewayParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const decisionId = parts.newDecisionId()
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  parts.lanes.onEnd((error) => gone.abort(error))
  let known: ExchangeIdentity | undefined
  const taken: (() => void)[] = []
  try {
    const principal = await identify(parts, request)
    const identity = { decisionId, principal, labels: parts.labels, requestNumber: ++requests }
    const opened = await open(parts, identity, request)
    known = opened
    taken.push(parts.blocks.enter(principal, (error) => gone.abort(error)))
    checkAllowance(opened.target, opened.route)
    const place = parts.limiter.enter({ principal: principal.id, connection: opened.connection })
    taken.push(() => place.leave())
    const room = parts.admission.enter(Number(request.headers['content-length'] ?? 0))
    taken.push(() => room.leave())
    const exchange: Exchange = { ...opened, request, response, place, room, signal: gone.signal }
    const answered = await untilAnswered(parts, exchange)
    if (answered !== undefined) await relayAnswer(answered)
  } catch (thrown) {
    await refuse(parts, known, decisionId, thrown, response)
  } finally {
    for (const leave of taken) leave()
  }
}

function identify(parts: GatewayParts, request: IncomingMessage): Promise<Principal> {
  const { authorization, 'x-api-key': key, 'x-phigate-on-behalf-of': person } = request.headers
  return parts.authenticate({
    ...(authorization === undefined ? {} : { authorization }),
    ...(typeof key === 'string' ? { 'x-api-key': key } : {}),
    ...(typeof person === 'string' ? { 'x-phigate-on-behalf-of': person } : {}),
  })
}

async function open(
  parts: GatewayParts,
  identity: Omit<ExchangeIdentity, 'connection'>,
  request: IncomingMessage,
): Promise<Omit<Exchange, 'request' | 'response' | 'place' | 'room' | 'signal'>> {
  try {
    const route = routeOf(request.method ?? '', request.url ?? '')
    const name = route.connection ?? parts.defaultConnection
    const target = parts.connections.get(name)
    if (target === undefined) throw new GatewayError('not-found', 'no such connection')
    return { ...identity, connection: name, route, target, started: parts.clock.now() }
  } catch (error) {
    // Known and refused: that is a decision, and has its record.
    if (error instanceof GatewayError && error.code === 'surface-closed') {
      await parts.audit.append(refusedRecord({ ...identity, connection: 'none' }, error))
    }
    throw error
  }
}

/**
 * The path up to the answer, which may stream for minutes: what is known of the request alone, its body among it, goes
 * when this returns.
 * @returns undefined when the exchange has ended
 */
async function untilAnswered(
  parts: GatewayParts,
  exchange: Exchange,
): Promise<Answered | undefined> {
  const verdict = await inspect(parts, exchange)
  // Blocked while it was inspected: an abort without an error of ours is the client's own.
  if (exchange.signal.reason instanceof GatewayError) throw exchange.signal.reason
  return carryOut(parts, exchange, withinModels(exchange.target, verdict))
}

async function inspect(parts: GatewayParts, exchange: Exchange): Promise<RequestVerdict> {
  const { request, room, route, target, principal } = exchange
  const hasBody = route.operation.startsWith('messages.')
  const body = hasBody ? await readBody(request, parts.bodyBytes, room) : new Uint8Array(0)
  const session = sessionHeader(request)
  const bytes = body.byteLength
  const unseen =
    session === undefined
      ? bytes
      : parts.unseen.estimate(`${principal.id} ${target.name} ${session}`, bytes)
  const job: RequestJob = {
    operation: route.operation,
    body,
    principal,
    session,
    // A model in the path goes upstream as well, and may be anything.
    query: route.model === undefined ? route.query : [...route.query, ['model', route.model]],
    headers: requestHeaders(request.headers, target.dropHeaders),
    connection: {
      name: target.name,
      labels: target.labels,
    },
    acceptMasked: request.headers['x-phigate-accept-masked'] === 'true',
    ...reasonGiven(request),
    now: new Date(exchange.started).toISOString(),
    usage: exchange.place.usage,
  }
  return parts.lanes.inspect(job, unseen)
}

/** Why, in the requester's words: nothing that is forwarded. */
function reasonGiven(request: IncomingMessage): { readonly reason?: string } {
  const reason = request.headers['x-phigate-reason']
  if (typeof reason !== 'string' || reason.trim() === '') return {}
  if (reason.length > LONGEST_REASON) {
    const message = `x-phigate-reason is longer than ${LONGEST_REASON} characters`
    throw new GatewayError('invalid-request', message)
  }
  return { reason }
}

const LONGEST_REASON = 500
const SESSION_HEADERS = ['x-phigate-session', 'x-claude-code-session-id'] as const

function sessionHeader(request: IncomingMessage): string | undefined {
  for (const name of SESSION_HEADERS) {
    const value = request.headers[name]
    if (typeof value !== 'string' || value === '') continue
    if (value.length > 256)
      throw new GatewayError('invalid-request', `${name} is longer than 256 characters`)
    return value
  }
  return undefined
}

async function carryOut(
  parts: GatewayParts,
  exchange: Exchange,
  verdict: RequestVerdict,
): Promise<Answered | undefined> {
  if (verdict.kind === 'refuse') {
    const { decisionId, response } = exchange
    await parts.audit.append(decisionRecord(exchange, verdict))
    sendRefusal(response, refusalForDecision(verdict.decision, decisionId, verdict))
    return undefined
  }
  exchange.place.patients(verdict.patients)
  if (verdict.kind === 'forward') {
    if (await refuseAgain(parts, exchange, verdict)) return undefined
    const record = decisionRecord(exchange, verdict)
    const cleared = await recordAndClear(parts, exchange, verdict, record)
    return send(parts, exchange, verdict, cleared)
  }
  const review = await holdForApproval(parts, exchange, verdict)
  if (review === undefined) return undefined
  const approved: ForwardVerdict = { ...verdict, kind: 'forward' }
  const record = grantUseRecord(exchange, approved, review.id)
  const cleared = await orGiveBack(parts, exchange, verdict, review.id, () =>
    recordAndClear(parts, exchange, approved, record),
  )
  if (cleared === undefined) return undefined
  return send(parts, { ...exchange, review: review.id }, approved, cleared)
}

/** The Agent SDK sends again at once, without streaming, what was refused inside a stream. */
async function refuseAgain(
  parts: GatewayParts,
  exchange: Exchange,
  verdict: ForwardVerdict,
): Promise<boolean> {
  const earlier = parts.refusals.find(verdict.sessionLabel, verdict.reviewDigest)
  if (earlier === undefined) return false
  const message = 'the answer to this request was refused a moment ago'
  await parts.audit.append(refusedRecord(exchange, new GatewayError('policy-denied', message)))
  sendRefusal(exchange.response, earlier)
  return true
}

/** Law 2: the masked payload and the record are durable before the first byte goes upstream. */
async function recordAndClear(
  parts: GatewayParts,
  exchange: Exchange,
  verdict: ForwardVerdict,
  record: UnchainedRecord,
): Promise<Cleared> {
  const { body } = verdict
  const receipt = await bothDurable(
    parts.audit.append(record),
    body.byteLength === 0 ? undefined : parts.recordings.put(requestRecording(exchange, verdict)),
  )
  const { route, request, target } = exchange
  const hasBody = route.operation.startsWith('messages.')
  const search = new URLSearchParams(
    route.query.map(([name, value]): [string, string] => [name, value]),
  ).toString()
  return clear(
    {
      connection: target.name,
      method: hasBody ? 'POST' : 'GET',
      body,
      url: search === '' ? route.path : `${route.path}?${search}`,
      headers: {
        ...requestHeaders(request.headers, target.dropHeaders),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        accept: 'application/json, text/event-stream',
        // Without it any encoding would do (RFC 9110, 12.5.3). Whoever sends one nevertheless is read, too.
        'accept-encoding': 'identity',
      },
    },
    receipt,
  )
}

/**
 * Both on their way to the disk at once: a disk is waited for once, not twice. Whichever fails, the other is waited for;
 * a decision that is in the log then is not carried out, and the refusal says so.
 */
async function bothDurable(
  record: Promise<Receipt>,
  recording: Promise<void> | undefined,
): Promise<Receipt> {
  const [logged, stored] = await Promise.allSettled([record, recording])
  if (logged.status === 'rejected' || stored.status === 'fulfilled') return record
  const why: unknown = stored.reason
  throw why instanceof GatewayError ? new NotCarriedOut(why, logged.value) : why
}

async function refuse(
  parts: GatewayParts,
  exchange: ExchangeIdentity | undefined,
  decisionId: string,
  thrown: unknown,
  response: ServerResponse,
): Promise<void> {
  let error =
    thrown instanceof GatewayError
      ? thrown
      : new GatewayError('internal', 'phigate failed; nothing was forwarded', { cause: thrown })
  if (error.code === 'internal') {
    parts.log('exchange-failed', {
      decisionId,
      error: thrown instanceof Error ? thrown.name : 'unknown',
    })
  }
  // When it was the log that failed, asking it again would only take longer.
  const recordable = error.code !== 'audit-unavailable' || parts.audit.healthy()
  if (exchange !== undefined && recordable) {
    try {
      await parts.audit.append(refusedRecord(exchange, error))
    } catch {
      error = new GatewayError('audit-unavailable', 'the audit log cannot be written')
    }
  }
  sendLate(response, refusalForError(error, decisionId))
}
