import express, { type Express } from 'express'
import { GatewayError } from '../domain/index.ts'
import { refusalForError, sendRefusal } from './error-response.ts'
import type { ExchangeLanes, GatewayParts, GatewaySettings } from './exchange.ts'
import { handleExchange } from './pipeline.ts'

export interface GatewayHttpOptions extends Omit<GatewayParts, keyof GatewaySettings | 'lanes'> {
  /** The settings for an exchange that begins now. */
  readonly settings: () => GatewaySettings
  readonly lanes: () => ExchangeLanes
  /** Names of what is not ready; empty when all is. */
  readonly notReady: () => readonly string[]
  /** What an operator should see to, while the gateway works. */
  readonly warnings?: () => readonly string[]
  readonly draining: () => boolean
  /** Host names that are answered; undefined for any. */
  readonly allowedHosts: ReadonlySet<string> | undefined
}

/** The application's side of phigate: the Messages API, and two probes. */
export function createGateway(options: GatewayHttpOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use((request, response, next) => {
    const allowed = options.allowedHosts
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    if (allowed === undefined || allowed.has(host)) next()
    else
      refuse(response, options, new GatewayError('not-found', 'this host name is not served here'))
  })
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  app.get('/readyz', (_request, response) => {
    const missing = options.draining() ? ['draining'] : options.notReady()
    const warnings = options.warnings?.() ?? []
    response.status(missing.length === 0 ? 200 : 503).json({
      ready: missing.length === 0,
      missing,
      ...(warnings.length === 0 ? {} : { warnings }),
    })
  })
  // The Agent SDK asks this at its start, without credentials.
  app.head(['/api/hello', '/c/:connection/api/hello'], (_request, response) => {
    response.status(200).end()
  })
  app.use((request, response) => {
    if (options.draining()) {
      // The next request of this client finds another process.
      response.setHeader('connection', 'close')
      refuse(
        response,
        options,
        new GatewayError('draining', 'phigate is stopping', { retryAfter: 1 }),
      )
      return
    }
    const lanes = options.lanes()
    // The exchange answers for itself; what it throws after that has nobody left to hear it.
    handleExchange({ ...options, ...options.settings(), lanes }, request, response)
      .catch((error: unknown) => {
        options.log('exchange-lost', { error: error instanceof Error ? error.name : 'unknown' })
        response.destroy()
      })
      .finally(() => lanes.leave())
  })
  return app
}

function refuse(
  response: Parameters<typeof sendRefusal>[0],
  options: GatewayHttpOptions,
  error: GatewayError,
): void {
  sendRefusal(response, refusalForError(error, options.newDecisionId()))
}
