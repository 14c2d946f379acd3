import { EventEmitter } from 'node:events'
import { Agent as HttpAgent, type IncomingMessage, type ServerResponse } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { pipeline } from 'node:stream'
import { createProxyMiddleware, type RequestHandler } from 'http-proxy-middleware'
import { GatewayError } from '../../domain/index.ts'
import { ClearedRequest, type Cleared } from '../cleared.ts'
import { decoderFor } from '../encodings.ts'
import { responseHeaders } from '../headers.ts'
import type { Upstream, UpstreamAnswer, UpstreamConnection } from '../upstream.ts'

/**
 * What the proxy takes for the client's response. It carries nothing: the answer is read from the upstream's own
 * message, and closing this object closes the upstream's connection.
 */
class Sink extends EventEmitter {
  headersSent = false
  finished = false
  destroyed = false
  writableFinished = false
  setHeader(): void {}
  end(): void {}

  onAnswer: (answer: IncomingMessage) => void = () => {}
  onFailure: (error: Error) => void = () => {}

  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    this.emit('close')
  }

  complete(): void {
    this.writableFinished = true
    this.destroy()
  }
}

interface Proxy {
  readonly connection: UpstreamConnection
  readonly handler: RequestHandler
  readonly agent: HttpAgent
}

/**
 * A socket that waited so long is not used again: the other side may be closing it, and a POST that meets that is lost
 * (RFC 9112, 9.3.1). Shorter than what servers and load balancers commonly wait; a server's own hint goes before it.
 */
const LONGEST_IDLE_MS = 15_000

/**
 * Forwards through http-proxy-middleware, which sees our own request and response objects only.
 * @param idleMs how long a connection waits for its next request
 */
export function createHttpProxyUpstream(
  connections: readonly UpstreamConnection[],
  idleMs = LONGEST_IDLE_MS,
): Upstream {
  const proxies = new Map(
    connections.map((connection) => [connection.name, proxyFor(connection, idleMs)]),
  )
  return {
    send(cleared, signal) {
      const proxy = proxies.get(cleared.outgoing.connection)
      if (proxy === undefined) throw new GatewayError('not-found', 'no such connection')
      return send(proxy, cleared, signal)
    },
    retire() {
      for (const { agent } of proxies.values()) retire(agent)
    },
    close() {
      for (const { agent } of proxies.values()) agent.destroy()
    },
  }
}

function retire(agent: HttpAgent): void {
  // An agent reads this each time that a socket becomes free.
  Object.assign(agent, { keepAlive: false })
  for (const sockets of Object.values(agent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy()
  }
}

function proxyFor(connection: UpstreamConnection, idleMs: number): Proxy {
  const secure = connection.url.protocol === 'https:'
  // The agent ends a free socket by it; of one in use it only says that nothing came, which `watchdog` looks after.
  const options = { keepAlive: true, timeout: idleMs }
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options)
  const handler = createProxyMiddleware({
    target: connection.url.href,
    changeOrigin: true,
    selfHandleResponse: true,
    agent,
    ejectPlugins: true,
    plugins: [
      (server) => {
        const fail = (error: Error, _request: unknown, response: unknown): void => {
          if (response instanceof Sink) response.onFailure(error)
        }
        server.on('proxyRes', (answer, _request, response: unknown) => {
          if (response instanceof Sink) response.onAnswer(answer)
          else answer.destroy()
        })
        server.on('error', fail)
        server.on('econnreset', fail)
      },
    ],
  })
  return { connection, handler, agent }
}

async function send(proxy: Proxy, cleared: Cleared, signal: AbortSignal): Promise<UpstreamAnswer> {
  const { connection, handler } = proxy
  const request = new ClearedRequest(cleared.outgoing, connection.credential())
  const sink = new Sink()
  const abort = (): void => sink.destroy()
  signal.addEventListener('abort', abort, { once: true })
  const watch = watchdog(connection.timeoutMs, sink)
  const release = (): void => {
    watch.stop()
    signal.removeEventListener('abort', abort)
  }
  try {
    signal.throwIfAborted()
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      sink.onAnswer = resolve
      sink.onFailure = reject
      sink.once('close', () => reject(new Error('closed before an answer came')))
      // The proxy reads only what ClearedRequest and Sink have; its types ask for Node's own classes.
      const [req, res] = [request, sink] as unknown as [IncomingMessage, ServerResponse]
      handler(req, res, (error?: unknown) => {
        if (error !== undefined) reject(error instanceof Error ? error : new Error('proxy failed'))
      })?.catch(reject)
    })
    return answerOf(answer, sink, watch, release)
  } catch (cause) {
    release()
    sink.destroy()
    throw watch.fired() ? timedOut() : refused(cause)
  }
}

function answerOf(
  answer: IncomingMessage,
  sink: Sink,
  watch: Watchdog,
  release: () => void,
): UpstreamAnswer {
  watch.touch()
  const decoder = decoderFor(answer.headers['content-encoding'])
  if (decoder === undefined) {
    throw garbage('a content-encoding that cannot be read')
  }
  // An error between two reads has no listener otherwise, and would end the process.
  answer.on('error', () => {})
  const body = decoder === 'identity' ? answer : pipeline(answer, decoder, () => {})
  // Bytes that come count, whether or not they already make text.
  if (decoder !== 'identity') answer.on('data', () => watch.touch())
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of body) {
        watch.touch()
        yield chunk as Buffer
      }
      if (!answer.complete) throw new Error('the answer is not complete')
      sink.complete()
    } catch (cause) {
      if (watch.fired()) throw timedOut()
      throw decoder !== 'identity' && isOfDecoder(cause)
        ? garbage('what cannot be decoded', cause)
        : new GatewayError('upstream-cut', 'the upstream broke off its answer', { cause })
    } finally {
      release()
      sink.destroy()
    }
  }
  return {
    status: answer.statusCode ?? 502,
    headers: responseHeaders(answer.headers),
    contentType: answer.headers['content-type'] ?? '',
    body: read(),
    discard: () => {
      release()
      sink.destroy()
    },
  }
}

const OF_THE_NETWORK: ReadonlySet<string> = new Set(['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'])

/** A decoder's errors have codes of its own; it is also told of what befell the connection. */
function isOfDecoder(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && !OF_THE_NETWORK.has(String(cause.code))
}

function garbage(what: string, cause?: unknown): GatewayError {
  return new GatewayError('upstream-garbage', `the upstream answered with ${what}`, { cause })
}

interface Watchdog {
  touch(): void
  stop(): void
  fired(): boolean
}

/** Our own timer: the proxy's time-out looks like any other cut. */
function watchdog(timeoutMs: number, sink: Sink): Watchdog {
  let fired = false
  const timer = setTimeout(() => {
    fired = true
    sink.destroy()
  }, timeoutMs)
  return { touch: () => void timer.refresh(), stop: () => clearTimeout(timer), fired: () => fired }
}

function timedOut(): GatewayError {
  return new GatewayError('upstream-timeout', 'the upstream did not answer in time')
}

const REFUSED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

function refused(cause: unknown): GatewayError {
  if (cause instanceof GatewayError) return cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return REFUSED.has(code)
    ? new GatewayError('upstream-refused', 'the upstream cannot be reached', { cause })
    : new GatewayError('upstream-cut', 'the upstream closed the connection', { cause })
}
