import { Router, type Request, type Response } from 'express'
import { GatewayError, type Clock } from '../domain/index.ts'
import type { Cookies } from './cookies.ts'
import { html } from './pages/html.ts'
import { page } from './pages/layout.ts'
import type { Sessions, SignedInPerson } from './sessions.ts'

/** Signing people in at their issuer, as the composition root gives it to the console. */
export interface SignInDesk<Secrets = unknown> {
  /** @param again the issuer asks who it is even if it knows */
  begin(again: boolean): Promise<{ readonly url: URL; readonly secrets: Secrets }>
  /** @throws GatewayError `unauthenticated`, `issuer-unavailable` */
  finish(callback: URL, secrets: Secrets): Promise<SignedInPerson>
}

export interface SignInRoutesOptions {
  readonly desk: SignInDesk
  readonly sessions: Sessions
  readonly cookies: Cookies
  readonly clock: Clock
  readonly publicUrl: URL
  readonly newSecret: () => string
}

/** Somebody on the way to the issuer and back. */
interface Attempt {
  readonly secrets: unknown
  readonly to: string
  readonly until: number
}

const ATTEMPT_MS = 10 * 60_000
const MOST_ATTEMPTS = 10_000
const PLACES = /^\/(?:reviews(?:\/rev_[0-9A-Z]{26})?|sessions(?:\/ses_[0-9A-Z]{26})?)$/

/** To the issuer and back. An attempt belongs to one browser and is good for one answer. */
export function signInRoutes(options: SignInRoutesOptions): Router {
  const attempts = new Map<string, Attempt>()
  const router = Router({ caseSensitive: true, strict: true })
  router.get('/sign-in', (req, res) => begin(req, res, options, attempts))
  router.get('/sign-in/callback', (req, res) => finish(req, res, options, attempts))
  router.get('/signed-out', (_req, res) => {
    res.type('html').send(
      page(
        'Signed out',
        undefined,
        html`<h1>Signed out</h1>
          <p>
            Nobody is signed in here. Your issuer may still know you in this browser: on a machine
            of others, sign out there as well.
          </p>
          <p><a class="button" href="/sign-in">Sign in</a></p>`,
      ),
    )
  })
  return router
}

async function begin(
  req: Request,
  res: Response,
  { desk, cookies, clock, publicUrl, newSecret }: SignInRoutesOptions,
  attempts: Map<string, Attempt>,
): Promise<void> {
  const { again, to } = req.query
  const place = typeof to === 'string' && PLACES.test(to) ? to : '/reviews'
  // Under another of its names the cookie of here would not come back: the issuer sends to the public address alone.
  if (req.headers.host !== publicUrl.host) {
    res.redirect(303, new URL(`/sign-in?to=${place}`, publicUrl).href)
    return
  }
  const { url, secrets } = await desk.begin(again === '1')
  const id = newSecret()
  const now = clock.now()
  for (const [name, { until }] of attempts) {
    if (until > now && attempts.size < MOST_ATTEMPTS) break
    attempts.delete(name)
  }
  attempts.set(id, { secrets, to: place, until: now + ATTEMPT_MS })
  cookies.set(res, 'sign-in', id)
  res.redirect(303, url.href)
}

async function finish(
  req: Request,
  res: Response,
  { desk, sessions, cookies, clock, publicUrl }: SignInRoutesOptions,
  attempts: Map<string, Attempt>,
): Promise<void> {
  const id = cookies.read(req, 'sign-in') ?? ''
  const attempt = attempts.get(id)
  // Before anything is asked: a second answer to it finds nothing.
  attempts.delete(id)
  cookies.clear(res, 'sign-in')
  if (attempt === undefined || attempt.until <= clock.now()) {
    throw new GatewayError(
      'unauthenticated',
      'This sign-in was not begun in this browser, or is over',
    )
  }
  const { search } = new URL(req.originalUrl, publicUrl)
  const person = await desk.finish(
    new URL(`/sign-in/callback${search}`, publicUrl),
    attempt.secrets,
  )
  const before = cookies.read(req, 'session')
  if (before !== undefined) sessions.end(before)
  // A new name each time: one that somebody planted before never becomes a session.
  cookies.set(res, 'session', sessions.start(person))
  res.redirect(303, attempt.to)
}
