import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { close, listen } from '../loopback.ts'
import { answer } from './answer.ts'
import { ApiError, requestedError } from './api-error.ts'
import { getModel, listModels } from './models.ts'
import { receive, type ReceivedRequest } from './receive.ts'
import { parseMessagesRequest, type MessagesRequest } from './request.ts'
import { eventsOf } from './stream.ts'
import type { Message } from './wire.ts'

const KEPT_REQUESTS = 256
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789'

/** Where the simulator listens and whom it serves. */
export interface SimulatorOptions {
  /** 0 takes any free one. */
  readonly port: number
  /** The only key that is accepted, as x-api-key or as bearer token; any or none when not given. */
  readonly apiKey?: string
  /** Told each message that is going to be answered. */
  readonly onMessage?: (request: MessagesRequest) => void
}

/** Answers in the simulator's place, whatever was asked. */
export type Handler = (req: IncomingMessage, res: ServerResponse, received: ReceivedRequest) => void

/** A running simulator, and the seams for tests. */
export interface Simulator {
  readonly url: URL
  /** The latest requests, oldest first. */
  readonly received: readonly ReceivedRequest[]
  /** Puts a handler in the simulator's place; undefined takes it away again. */
  respondWith(handler: Handler | undefined): void
  close(): Promise<void>
}

/** Starts the simulator on loopback. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const received: ReceivedRequest[] = []
  let handler: Handler | undefined
  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const request = await receive(req)
    if (request === undefined) {
      sendError(res, new ApiError(413, 'Request exceeds the maximum size'))
      return
    }
    received.push(request)
    if (received.length > KEPT_REQUESTS) received.shift()
    if (handler === undefined) await respond(res, request, options)
    else handler(req, res, request)
  }
  const server = createServer((req, res) => {
    // A client that goes away in the middle ends its own exchange, nothing else.
    serve(req, res).catch(() => res.destroy())
  })
  server.requestTimeout = 0
  return {
    url: await listen(server, options.port),
    received,
    respondWith: (replacement) => {
      handler = replacement
    },
    close: () => close(server),
  }
}

async function respond(
  res: ServerResponse,
  request: ReceivedRequest,
  options: SimulatorOptions,
): Promise<void> {
  try {
    await route(res, request, options)
  } catch (thrown) {
    if (!(thrown instanceof ApiError) || res.headersSent) throw thrown
    sendError(res, thrown)
  }
}

async function route(
  res: ServerResponse,
  request: ReceivedRequest,
  options: SimulatorOptions,
): Promise<void> {
  const { method, path } = request
  if (path === '/api/hello' && (method === 'HEAD' || method === 'GET')) {
    res.writeHead(200).end()
    return
  }
  authorize(request, options.apiKey)
  if (method === 'POST' && path === '/v1/messages') {
    await sendMessage(res, request, options)
  } else if (method === 'POST' && path === '/v1/messages/count_tokens') {
    const { inputTokens } = parseMessagesRequest(request.body, ['model', 'messages'])
    sendJson(res, { input_tokens: inputTokens })
  } else if (method === 'GET' && path === '/v1/models') {
    sendJson(res, listModels())
  } else if (method === 'GET' && path.startsWith('/v1/models/')) {
    sendJson(res, getModel(path.slice('/v1/models/'.length)))
  } else {
    throw new ApiError(404, 'Not found')
  }
}

function authorize({ headers }: ReceivedRequest, apiKey: string | undefined): void {
  if (apiKey === undefined) return
  const bearer = headers.authorization?.replace(/^bearer +/i, '')
  if (headers['x-api-key'] === apiKey || bearer === apiKey) return
  throw new ApiError(401, 'invalid x-api-key')
}

async function sendMessage(
  res: ServerResponse,
  { body }: ReceivedRequest,
  { onMessage }: SimulatorOptions,
): Promise<void> {
  const request = parseMessagesRequest(body, ['model', 'messages', 'max_tokens'])
  onMessage?.(request)
  const error = requestedError(request.userText)
  if (error !== undefined) throw error
  const message = answer(request, newId)
  if (request.stream) await sendEvents(res, message)
  else sendJson(res, message)
}

async function sendEvents(res: ServerResponse, message: Message): Promise<void> {
  res.writeHead(200, {
    ...standardHeaders(),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  })
  await pipeline(Readable.from(eventsOf(message)), res)
}

function sendJson(res: ServerResponse, body: unknown): void {
  res.writeHead(200, { ...standardHeaders(), 'content-type': 'application/json' })
  res.end(JSON.stringify(body))
}

function sendError(res: ServerResponse, error: ApiError): void {
  const headers = standardHeaders()
  res.writeHead(error.status, { ...headers, ...error.headers, 'content-type': 'application/json' })
  res.end(JSON.stringify(error.envelope(headers['request-id'] ?? '')))
}

function standardHeaders(): Record<string, string> {
  const reset = new Date(Date.now() + 60_000).toISOString()
  const limits = ['requests', 'tokens', 'input-tokens', 'output-tokens'].flatMap((what) => [
    [`anthropic-ratelimit-${what}-limit`, '4000'],
    [`anthropic-ratelimit-${what}-remaining`, '3999'],
    [`anthropic-ratelimit-${what}-reset`, reset],
  ])
  return { 'request-id': newId('req_'), ...Object.fromEntries(limits) }
}

function newId(prefix: string): string {
  const characters = Array.from(randomBytes(24), (byte) => ALPHABET[byte % ALPHABET.length])
  return `${prefix}${characters.join('')}`
}
