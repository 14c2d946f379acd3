import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { validate, type AuditRecord } from '../../src/schema/index.ts'
import type { Case, CaseExchange } from './case.ts'
import type { TestGateway } from './gateway.ts'
import { placeholdersIn } from './placeholders.ts'
import { assemble, messageEvents, messageWith, readEvents, type Json } from './sse.ts'

/** What came of one exchange. */
export interface Done {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The answer as JSON, put together from the events where it streamed. */
  readonly answer: Json
  readonly sent: string
  readonly forwarded: readonly string[]
  readonly records: readonly AuditRecord[]
}

/** Sends the exchanges of a case one after the other, and tells what came of the last. */
export async function runCase(gateway: TestGateway, one: Case, stream: boolean): Promise<Done> {
  const session = `case-${one.name}-${stream ? 'sse' : 'json'}`
  let last: Done | undefined
  for (const exchange of one.earlier ?? [])
    last = await exchangeOf(gateway, exchange, session, stream, last)
  return exchangeOf(gateway, one, session, stream, last)
}

async function exchangeOf(
  gateway: TestGateway,
  exchange: CaseExchange,
  session: string,
  stream: boolean,
  earlier: Done | undefined,
): Promise<Done> {
  const { connection, path = '/v1/messages', method = 'POST', principal = 'svc-triage' } = exchange
  const sent = bodyOf(exchange, stream, earlier)
  const recordsBefore = gateway.records().length
  const { received } = gateway.simulator
  const callsBefore = received.length
  gateway.simulator.respondWith(handlerOf(exchange, stream))
  const url = new URL(connection === undefined ? path : `/c/${connection}${path}`, gateway.url)
  const token = await gateway.issuer.token(principal)
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-phigate-session': session,
      ...exchange.headers,
    },
    ...(method === 'GET' ? {} : { body: sent }),
  })
  const text = await response.text()
  const events = (response.headers.get('content-type') ?? '').startsWith('text/event-stream')
  return {
    status: response.status,
    headers: response.headers,
    text,
    sent,
    answer: events ? assemble(readEvents(text)) : parsed(text),
    forwarded: received.slice(callsBefore).map(({ bodyBytes }) => bodyBytes.toString('utf8')),
    // A minute after its start a gateway looks for what is old enough to go, which is a record of its own.
    records: gateway
      .records()
      .slice(recordsBefore)
      .filter(({ custom }) => custom.kind !== 'retention'),
  }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return {}
  }
}

function bodyOf(exchange: CaseExchange, stream: boolean, earlier: Done | undefined): string {
  const { request, requestText } = exchange
  if (requestText !== undefined) return requestText
  if (request === 'sanitized') {
    const envelope = validate('error', earlier?.answer)
    assert.ok(envelope.error.phigate?.sanitized, 'the earlier refusal offers a masked body')
    return JSON.stringify(envelope.error.phigate.sanitized)
  }
  const known = earlier?.forwarded.join('\n') ?? ''
  const filled = fill(JSON.stringify(request ?? {}), known, 'earlier.').replaceAll(
    '"{{earlier.answer}}"',
    () => JSON.stringify(earlier?.answer['content']),
  )
  return JSON.stringify({ ...(JSON.parse(filled) as Json), ...(stream ? { stream } : {}) })
}

/** Puts placeholders of `known` where a case asks for them. */
function fill(text: string, known: string, prefix = ''): string {
  const wanted = new RegExp(`\\{\\{${RegExp.escape(prefix)}([A-Z_]+?)(?:\\.(\\d))?\\}\\}`, 'g')
  return text.replaceAll(wanted, (_token, type: string, number: string | undefined) => {
    const placeholder = placeholdersIn(known, type)[Number(number ?? 1) - 1]
    assert.ok(placeholder !== undefined, `there is a placeholder for ${type}`)
    return placeholder
  })
}

type Handler = Parameters<TestGateway['simulator']['respondWith']>[0]

function handlerOf({ upstream }: CaseExchange, stream: boolean): Handler {
  if (upstream === undefined) return undefined
  return (_request, response, received) => {
    const known = received.bodyBytes.toString('utf8')
    if (!('status' in upstream)) {
      send(
        response,
        messageWith(JSON.parse(fill(JSON.stringify(upstream), known)) as Json[]),
        stream,
      )
      return
    }
    const headers = { 'content-type': 'application/json', 'request-id': 'req_upstream' }
    response.writeHead(upstream.status, { ...headers, ...upstream.headers })
    response.end(fill(upstream.body, known))
  }
}

function send(response: ServerResponse, message: Json, stream: boolean): void {
  response.writeHead(200, { 'content-type': stream ? 'text/event-stream' : 'application/json' })
  response.end(stream ? [...messageEvents(message)].join('') : JSON.stringify(message))
}
