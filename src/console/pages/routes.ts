import express, { Router, type Request, type RequestHandler, type Response } from 'express'
import { GatewayError, type Clock } from '../../domain/index.ts'
import type { Review } from '../../schema/index.ts'
import type { AuditDesk } from '../audit.ts'
import type { Cookies } from '../cookies.ts'
import { PERMISSIONS, permits, type Action } from '../permissions.ts'
import { filterOf, numberIn, USUAL_EXCHANGES, type RecordingsDesk } from '../recordings.ts'
import { answerAs, isReason, mayRead, maySee, VERBS, type ReviewsDesk } from '../reviews.ts'
import type { Sessions } from '../sessions.ts'
import type { Visit, Visitors } from '../visitors.ts'
import { auditPage, type Searched } from './audit.ts'
import { SCRIPT, STYLE } from './assets.ts'
import { inbox, titleOf } from './inbox.ts'
import { page, type Viewer } from './layout.ts'
import { sessionList, sessionPage } from './recordings.ts'
import { reviewPage, type Shown } from './review.ts'

export interface PagesOptions {
  readonly reviews: ReviewsDesk
  readonly audit: AuditDesk
  readonly recordings: RecordingsDesk
  readonly sessions: Sessions
  readonly cookies: Cookies
  readonly visitors: Visitors
  readonly clock: Clock
}

/** The pages of reviewers (the list, a review, the answer to it) and of auditors (sessions and their replay). All of it works without the script. */
export function pageRoutes(options: PagesOptions): Router {
  const router = Router({ caseSensitive: true, strict: true })
  const form = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 10 })
  router.get('/', (_req, res) => res.redirect(303, '/reviews'))
  router.get('/assets/style.css', (_req, res) => void res.type('css').send(STYLE))
  router.get('/assets/script.js', (_req, res) => void res.type('js').send(SCRIPT))
  router.get('/reviews', signedIn(options, showInbox))
  router.get('/reviews/:id', signedIn(options, showReview))
  router.get('/reviews/:id/body', signedIn(options, showBody))
  router.get('/audit', signedIn(options, showAudit))
  router.post('/reviews/:id', form, (req, res) => answer(options, req, res))
  router.get('/sessions', signedIn(options, showSessions))
  router.get('/sessions/:id', signedIn(options, showSession))
  router.get('/sessions/:id/exchanges/:exchange', signedIn(options, showBytes))
  router.post('/sign-out', form, (req, res) => signOut(options, req, res))
  return router
}

/** The script looks for news: that is no use of the session, and it has the body, which does not change. */
function isLive({ headers }: Request): boolean {
  return headers['x-phigate-live'] === '1'
}

type Show = (options: PagesOptions, visit: Visit, req: Request, res: Response) => Promise<void>

/** Whoever is not signed in is sent to sign in, but for the script, which is told. */
function signedIn(options: PagesOptions, show: Show): RequestHandler {
  return async (req, res) => {
    const live = isLive(req)
    const visit = await options.visitors.reader(req, !live)
    if (visit !== undefined) await show(options, visit, req, res)
    else if (live) throw new GatewayError('unauthenticated', 'Nobody is signed in')
    else res.redirect(303, `/sign-in?to=${encodeURIComponent(req.path)}`)
  }
}

const MOST_ANSWERED = 50

const showInbox: Show = async ({ reviews, clock }, { principal, session }, _req, res) => {
  const lists = [
    await reviews.approvals.list('pending'),
    await reviews.approvals.list('approved'),
    await reviews.approvals.list(undefined, 2 * MOST_ANSWERED),
  ]
  const all = new Map(lists.flat().map((review) => [review.id, review]))
  const seen = [...all.values()]
    .filter((review) => maySee(review, principal, reviews))
    .toSorted((a, b) => b.createdAt - a.createdAt)
  const mine = new Set(seen.filter((review) => waitsFor(reviews, review, principal)))
  const rest = seen.filter((review) => !mine.has(review))
  const shown = {
    mine: [...mine],
    others: rest.filter(({ status }) => status === 'pending'),
    answered: rest.filter(({ status }) => status !== 'pending').slice(0, MOST_ANSWERED),
  }
  const view = inbox(shown, clock.now())
  res.type('html').send(page('Reviews', viewerOf({ principal, session }), view))
}

function viewerOf({ principal, session }: Pick<Visit, 'principal' | 'session'>): Viewer {
  const reads = permits(PERMISSIONS['audit:read'], principal)
  return { id: principal.id, csrf: session.csrf, reads }
}

const showAudit: Show = async ({ audit }, visit, req, res) => {
  if (!permits(PERMISSIONS['audit:read'], visit.principal)) {
    throw new GatewayError('forbidden', 'The audit log is for auditors and privacy officers')
  }
  const asked = Object.fromEntries(
    Object.entries(req.query).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  )
  const send = (searched: Partial<Searched>): void => {
    const view = auditPage({ names: audit.terms, asked, records: undefined, ...searched })
    res.type('html').send(page('Audit log', viewerOf(visit), view))
  }
  if (Object.keys(asked).length === 0) return send({})
  try {
    send({ records: await audit.search(visit.principal, asked) })
  } catch (thrown) {
    if (!(thrown instanceof GatewayError) || thrown.code !== 'invalid-request') throw thrown
    res.status(thrown.status)
    send({ problem: thrown.message })
  }
}

const showReview: Show = async (options, visit, req, res) => {
  await sendReview(options, visit, await reviewFor(options, visit, req), res)
}

/** As text, and never anything else, whatever it looks like. */
const showBody: Show = async (options, visit, req, res) => {
  const review = await reviewFor(options, visit, req)
  if (!mayRead(review, visit.principal, options.reviews)) {
    throw new GatewayError('forbidden', 'Whoever asked does not see the body')
  }
  res.set('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
  res.type('text/plain').send(Buffer.from(await options.reviews.approvals.payload(review.id)))
}

const SESSIONS_A_PAGE = 50

const showSessions: Show = async ({ recordings }, { principal, session }, req, res) => {
  demand('sessions:list', principal)
  const query = queryOf(req)
  const skip = numberIn(query['skip'], 'skip', 0, Number.MAX_SAFE_INTEGER)
  const sessions = await recordings.sessions({ ...filterOf(query), most: SESSIONS_A_PAGE, skip })
  const next = `/sessions?skip=${skip + SESSIONS_A_PAGE}`
  const view = sessionList(sessions, sessions.length < SESSIONS_A_PAGE ? undefined : next)
  res.type('html').send(page('Sessions', viewerOf({ principal, session }), view))
}

const showSession: Show = async ({ recordings }, { principal, session }, req, res) => {
  demand('sessions:read', principal)
  const from = numberIn(queryOf(req)['from'], 'from', 0, Number.MAX_SAFE_INTEGER)
  const most = USUAL_EXCHANGES
  const part = { from, most, by: principal.id, exports: false }
  const replayed = await recordings.replay(String(req.params['id']), part)
  const view = sessionPage(replayed, from, most)
  res.type('html').send(page('Session', viewerOf({ principal, session }), view))
}

/** As text, and never anything else, whatever it looks like. */
const showBytes: Show = async ({ recordings }, { principal }, req, res) => {
  demand('sessions:read', principal)
  const { id, exchange } = req.params
  const { request } = await recordings.bytes(String(id), String(exchange), principal.id)
  res.set('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
  res.type('text/plain').send(Buffer.from(request))
}

/** @throws GatewayError `forbidden` */
function demand(action: Action, principal: Visit['principal']): void {
  if (permits(PERMISSIONS[action], principal)) return
  throw new GatewayError('forbidden', `You lack the permission ${action}`)
}

/** A parameter that comes twice is none. */
function queryOf({ query }: Request): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
}

async function sendReview(
  { reviews, clock }: PagesOptions,
  { principal, session, fresh }: Visit,
  review: Review,
  res: Response,
  problem?: NonNullable<Shown['problem']>,
): Promise<void> {
  const reads = mayRead(review, principal, reviews) && !isLive(res.req)
  const bytes = reads ? await reviews.approvals.payload(review.id) : undefined
  const view = reviewPage({
    review,
    body: bytes === undefined ? undefined : new TextDecoder().decode(bytes),
    may: mayDo(reviews, review, principal),
    fresh,
    csrf: session.csrf,
    now: clock.now(),
    ...(problem === undefined ? {} : { problem }),
  })
  res.type('html').send(page(titleOf(review), viewerOf({ principal, session }), view))
}

/** @throws GatewayError `not-found`: whoever may not see it is not told that it is there */
async function reviewFor({ reviews }: PagesOptions, visit: Visit, req: Request): Promise<Review> {
  const review = await reviews.approvals.get(String(req.params['id']))
  if (maySee(review, visit.principal, reviews)) return review
  throw new GatewayError('not-found', 'No such review')
}

function mayDo(
  { approvals }: ReviewsDesk,
  review: Review,
  principal: Visit['principal'],
): Shown['may'] {
  if (!permits(PERMISSIONS['reviews:write'], principal)) return []
  return approvals.may(review, { id: principal.id, groups: principal.groups })
}

/** To be answered, to be looked at afterwards, or to be allowed once more. */
function waitsFor(desk: ReviewsDesk, review: Review, principal: Visit['principal']): boolean {
  return mayDo(desk, review, principal).some((verb) => verb === 'approve' || verb === 'renew')
}

async function answer(options: PagesOptions, req: Request, res: Response): Promise<void> {
  const { csrf, verdict, reason } = fieldsOf(req)
  const visit = await options.visitors.writer(req, csrf)
  const { reviews } = options
  if (!permits(PERMISSIONS['reviews:write'], visit.principal)) {
    throw new GatewayError('forbidden', 'Only a person answers reviews')
  }
  const review = await reviewFor(options, visit, req)
  const again = (status: number, message: string): Promise<void> =>
    sendReview(options, visit, review, res.status(status), {
      message,
      reason: typeof reason === 'string' ? reason : '',
    })
  if (!visit.fresh) {
    return again(403, 'Your sign-in is too old for an answer. Nothing was done.')
  }
  const verb = VERBS.find((name) => name === verdict)
  if (verb === undefined) return again(400, 'Choose one of the buttons.')
  if (!isReason(reason)) return again(400, 'Give a reason of no more than 500 characters.')
  try {
    await answerAs(reviews, verb, visit.principal, { id: review.id, reason })
  } catch (thrown) {
    if (!(thrown instanceof GatewayError)) throw thrown
    const latest = await reviewFor(options, visit, req)
    const problem = { message: thrown.message, reason }
    return sendReview(options, visit, latest, res.status(thrown.status), problem)
  }
  res.redirect(303, `/reviews/${review.id}`)
}

async function signOut(
  { visitors, sessions, cookies }: PagesOptions,
  req: Request,
  res: Response,
): Promise<void> {
  visitors.ours(req, fieldsOf(req)['csrf'])
  sessions.end(cookies.read(req, 'session') ?? '')
  cookies.clear(res, 'session')
  res.redirect(303, '/signed-out')
}

function fieldsOf(req: Request): Readonly<Record<string, unknown>> {
  const body: unknown = req.body
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
}
