import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import { GatewayError } from '../../domain/index.ts'
import { html } from './html.ts'
import { page } from './layout.ts'

/** `referrer-policy` lets a form of ours say that it is of here; without it browsers send `Origin: null`. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/** The API's answers keep headers of their own. */
const isPage = ({ path }: Request): boolean => !/^\/(?:api\/|status$|healthz$)/.test(path)

/** Sets the headers of pages, on what everybody sees too. */
export const pageHeaders: RequestHandler = (req, res, next) => {
  if (isPage(req)) res.set(HEADERS)
  next()
}

/** Errors of pages: for whoever reads, not for programs. */
export const pageErrors: ErrorRequestHandler = (thrown: unknown, req, res, next) => {
  const wantsPage = isPage(req) && req.accepts(['json', 'html']) === 'html'
  if (!wantsPage || res.headersSent) {
    next(thrown)
    return
  }
  const error =
    thrown instanceof GatewayError ? thrown : new GatewayError('internal', 'Internal error')
  const view = html`<h1>This did not work</h1>
    <p role="alert">${error.message}</p>
    <p>
      <a class="button" href="/reviews">Reviews</a> <a class="button" href="/sign-in">Sign in</a>
    </p>`
  res
    .status(error.status)
    .type('html')
    .send(page('Error', undefined, view))
}
