import { randomUUID } from 'node:crypto'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import { GatewayError, type Clock, type Principal } from '../domain/index.ts'
import { errorHandler } from './errors.ts'
import { describe, type Route } from './openapi.ts'
import { PERMISSIONS, permits } from './permissions.ts'
import { policyRoute, type PolicyPages } from './policy.ts'
import { principalRoutes, type PrincipalsDesk } from './principals.ts'
import { reviewRoutes, type ReviewsDesk } from './reviews.ts'
import { hostCheck, securityHeaders } from './protect.ts'
import { STATUS_SCHEMA, statusBody, type StatusReport } from './status.ts'

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]']

/** Tells who calls; made by the composition root for the console's audience. */
export interface Authenticator {
  authenticate(headers: { readonly authorization?: string | undefined }): Promise<Principal>
}

/** What the console shows, and to whom. */
export interface ConsoleOptions extends PolicyPages {
  readonly identity: Authenticator
  readonly status: () => StatusReport
  readonly principals: PrincipalsDesk
  readonly reviews: ReviewsDesk
  readonly clock: Clock
  readonly publicUrl: URL
  /** Host names, without port, that requests may be for; when not given, that of publicUrl and its loopback kin. */
  readonly allowedHosts?: readonly string[]
  /** Makes request ids. */
  readonly newId?: () => string
}

/** Makes the console's API; the caller lets a server of its own listen. */
export function createConsole(options: ConsoleOptions): Express {
  const { identity, publicUrl } = options
  const newId = options.newId ?? (() => `req_${randomUUID()}`)
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.enable('case sensitive routing')
  app.enable('strict routing')
  app.use(securityHeaders(publicUrl))
  app.use(hostCheck(new Set(options.allowedHosts ?? hostsOf(publicUrl)), newId))
  for (const route of routesOf(options)) app[route.method](route.path, serve(route, identity))
  app.use(() => {
    throw new GatewayError('not-found', 'No such path')
  })
  app.use(errorHandler(newId))
  return app
}

function routesOf(options: ConsoleOptions): readonly Route[] {
  const { bundles, status, clock, publicUrl } = options
  const routes: readonly Route[] = [
    {
      method: 'get',
      path: '/healthz',
      summary: 'Whether the process answers.',
      action: null,
      answer: { type: 'object', properties: { status: { const: 'ok' } } },
      respond: () => ({ status: 'ok' }),
    },
    {
      method: 'get',
      path: '/status',
      summary: 'The active policy and the state of the server.',
      action: 'status:read',
      answer: STATUS_SCHEMA,
      respond: () => statusBody(bundles(), status(), clock),
    },
    {
      method: 'get',
      path: '/api/openapi.json',
      summary: 'This description.',
      action: 'api:describe',
      answer: { type: 'object' },
      respond: () => describe(routes, publicUrl, status().version),
    },
    policyRoute(options),
    ...principalRoutes(options.principals),
    ...reviewRoutes(options.reviews),
  ]
  return routes
}

const NOBODY: Principal = {
  id: '',
  kind: 'service_account',
  scopes: [],
  groups: [],
  onBehalfOf: null,
  purpose: null,
}

function serve({ action, body, respond }: Route, identity: Authenticator): RequestHandler {
  return async (req, res) => {
    let principal = NOBODY
    if (action !== null) {
      const { authorization } = req.headers
      principal = await identity.authenticate({ authorization })
      if (!permits(PERMISSIONS[action], principal)) {
        throw new GatewayError('forbidden', `The caller lacks the permission ${action}`)
      }
    }
    // Read only now: nobody else's body is worth the memory.
    const sent = body === undefined ? undefined : await jsonOf(req, res)
    const gone = new AbortController()
    res.once('close', () => gone.abort())
    const asked = { params: textsOf(req.params), query: textsOf(req.query) }
    const answer = await respond({ principal, body: sent, ...asked, signal: gone.signal })
    if (!res.destroyed) res.json(answer)
  }
}

/** A parameter that comes twice is none. */
function textsOf(given: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

const parseJson = express.json({ limit: '16kb' })

function jsonOf(req: Request, res: Response): Promise<unknown> {
  return new Promise((resolve, reject) => {
    parseJson(req, res, (error?: unknown) => {
      const message = 'The body must be JSON, of no more than 16 KB'
      if (error === undefined) resolve(req.body)
      else reject(new GatewayError('invalid-request', message, { cause: error }))
    })
  })
}

function hostsOf({ hostname }: URL): readonly string[] {
  return LOOPBACK_HOSTS.includes(hostname) ? LOOPBACK_HOSTS : [hostname]
}
