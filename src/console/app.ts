import { randomBytes, randomUUID } from 'node:crypto'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import { GatewayError, type Clock, type Principal } from '../domain/index.ts'
import { auditRoutes, type AuditDesk } from './audit.ts'
import { cookieName, cookiesFor } from './cookies.ts'
import { errorHandler } from './errors.ts'
import { CSRF_HEADER, describe, type Route } from './openapi.ts'
import { PERMISSIONS, permits, refusalOf } from './permissions.ts'
import { policyRoute, type PolicyPages } from './policy.ts'
import { principalRoutes, type PrincipalsDesk } from './principals.ts'
import { recordingRoutes, type RecordingsDesk } from './recordings.ts'
import { reviewRoutes, type ReviewsDesk } from './reviews.ts'
import { pageErrors, pageHeaders } from './pages/frame.ts'
import { pageRoutes } from './pages/routes.ts'
import { hostCheck, securityHeaders } from './protect.ts'
import { retentionRoutes, type RetentionDesk } from './retention.ts'
import { scanRoutes, type ScanDesk } from './scans.ts'
import { openSessions, type SessionTimes } from './sessions.ts'
import { signInRoutes, type SignInDesk } from './sign-in.ts'
import { STATUS_SCHEMA, statusBody, type StatusReport } from './status.ts'
import { openVisitors, type Visit, type Visitors } from './visitors.ts'
import { webhookRoutes, type WebhooksDesk } from './webhooks.ts'

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
  readonly recordings: RecordingsDesk
  readonly scans: ScanDesk
  readonly webhooks: WebhooksDesk
  readonly audit: AuditDesk
  readonly retention: RetentionDesk
  /** Without it there are no pages: everybody calls with a token. */
  readonly signIn?: { readonly desk: SignInDesk; readonly times: SessionTimes } | undefined
  readonly clock: Clock
  readonly publicUrl: URL
  /** Host names, without port, that requests may be for; when not given, that of publicUrl and its loopback kin. */
  readonly allowedHosts?: readonly string[]
  /** Makes request ids. */
  readonly newId?: () => string
}

/** Makes the console's API and pages; the caller lets a server of its own listen. */
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
  const visitors = addPages(app, options)
  const callers = callersBy(identity, visitors)
  for (const route of routesOf(options)) app[route.method](route.path, serve(route, callers))
  app.use(() => {
    throw new GatewayError('not-found', 'No such path')
  })
  if (visitors !== undefined) app.use(pageErrors)
  app.use(errorHandler(newId))
  return app
}

/** @returns who calls by the cookie of a session; undefined where nobody can sign in */
function addPages(app: Express, options: ConsoleOptions): Visitors | undefined {
  const { signIn, reviews, recordings, audit, clock, publicUrl } = options
  if (signIn === undefined) return undefined
  const newSecret = (): string => randomBytes(32).toString('base64url')
  const cookies = cookiesFor(publicUrl)
  const sessions = openSessions(clock, signIn.times, newSecret)
  const visitors = openVisitors({ sessions, cookies, clock, publicUrl })
  const { desk } = signIn
  app.use(pageHeaders)
  app.use(signInRoutes({ desk, sessions, cookies, clock, publicUrl, newSecret }))
  app.use(pageRoutes({ reviews, recordings, audit, sessions, cookies, visitors, clock }))
  return visitors
}

function freshWriter({ principal, fresh }: Visit): Principal {
  if (fresh) return principal
  throw new GatewayError('forbidden', 'The sign-in is too old for a change: sign in again')
}

/** Who calls: by a token, else by the cookie of a session. What a session changes needs its CSRF token as well. */
type Callers = (req: Request, access: 'read' | 'write') => Promise<Principal>

function callersBy(identity: Authenticator, visitors: Visitors | undefined): Callers {
  return async (req, access) => {
    const { authorization, [CSRF_HEADER]: csrf } = req.headers
    if (authorization === undefined && visitors !== undefined) {
      const visit = await visitors.reader(req, false)
      if (visit !== undefined && access === 'read') return visit.principal
      if (visit !== undefined) return freshWriter(await visitors.writer(req, csrf))
    }
    return identity.authenticate({ authorization })
  }
}

function routesOf(options: ConsoleOptions): readonly Route[] {
  const { bundles, status, clock, publicUrl, signIn } = options
  const cookie = signIn === undefined ? undefined : cookieName('session', publicUrl)
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
      respond: () => describe(routes, publicUrl, status().version, cookie),
    },
    policyRoute(options),
    ...principalRoutes(options.principals),
    ...reviewRoutes(options.reviews),
    ...recordingRoutes(options.recordings),
    ...scanRoutes(options.scans),
    ...webhookRoutes(options.webhooks),
    ...auditRoutes(options.audit),
    ...retentionRoutes(options.retention),
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

function serve({ action, body, respond }: Route, callers: Callers): RequestHandler {
  return async (req, res) => {
    let principal = NOBODY
    if (action !== null) {
      principal = await callers(req, PERMISSIONS[action].access)
      if (!permits(PERMISSIONS[action], principal)) {
        throw new GatewayError('forbidden', refusalOf(action, principal))
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
