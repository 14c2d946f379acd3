import type { RequestHandler } from 'express'
import { sendError } from './errors.ts'

const HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** Sets what a browser must heed, on every answer. */
export function securityHeaders(publicUrl: URL): RequestHandler {
  const transport =
    publicUrl.protocol === 'https:' ? { 'strict-transport-security': 'max-age=31536000' } : {}
  return (_req, res, next) => {
    res.set({ ...HEADERS, ...transport })
    next()
  }
}

/** Refuses requests for another host: a page elsewhere must not reach this server through a name of its own. */
export function hostCheck(allowed: ReadonlySet<string>, newId: () => string): RequestHandler {
  return (req, res, next) => {
    if (allowed.has(hostnameOf(req.headers.host))) {
      next()
      return
    }
    sendError(res, newId(), {
      status: 421,
      type: 'invalid_request_error',
      message: 'The Host header names a host that is not served here',
    })
  }
}

/** Without the port: a listener may stand behind another one. Empty when it cannot be read. */
function hostnameOf(host: string | undefined): string {
  const url = `http://${host ?? ''}/`
  return /^[\w.:[\]-]+$/.test(host ?? '') && URL.canParse(url) ? new URL(url).hostname : ''
}
