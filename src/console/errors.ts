import type { ErrorRequestHandler, Response } from 'express'
import { GatewayError } from '../domain/index.ts'

/** Answers with the error envelope that every listener of phigate uses. */
export function sendError(
  res: Response,
  requestId: string,
  error: Pick<GatewayError, 'status' | 'type' | 'message'>,
): void {
  const { status, type, message } = error
  res
    .status(status)
    .set('request-id', requestId)
    .json({ type: 'error', request_id: requestId, error: { type, message } })
}

/** The last handler: a GatewayError says what it is, of everything else nothing is told. */
export function errorHandler(newId: () => string): ErrorRequestHandler {
  return (thrown: unknown, _req, res, next) => {
    if (res.headersSent) {
      next(thrown)
      return
    }
    const error = asGatewayError(thrown)
    if (error.code === 'unauthenticated') res.set('www-authenticate', 'Bearer')
    if (error.retryAfter !== undefined) res.set('retry-after', String(error.retryAfter))
    sendError(res, newId(), error)
  }
}

function asGatewayError(thrown: unknown): GatewayError {
  if (thrown instanceof GatewayError) return thrown
  return new GatewayError('internal', 'Internal error', { cause: thrown })
}
