/** Every cause for which phigate itself answers with an error: HTTP status and Anthropic error type. */
const CAUSES = {
  'invalid-request': [400, 'invalid_request_error'],
  unauthenticated: [401, 'authentication_error'],
  forbidden: [403, 'permission_error'],
  'not-found': [404, 'not_found_error'],
  'body-too-large': [413, 'request_too_large'],
  'unsupported-encoding': [415, 'invalid_request_error'],
  'policy-denied': [451, 'policy_denied'],
  'approval-required': [451, 'approval_required'],
  'approval-denied': [451, 'approval_denied'],
  'approval-expired': [451, 'approval_expired'],
  conflict: [409, 'invalid_request_error'],
  'surface-closed': [451, 'policy_denied'],
  'operation-not-allowed': [451, 'policy_denied'],
  'model-not-allowed': [451, 'policy_denied'],
  'policy-unavailable': [451, 'policy_denied'],
  'too-busy': [429, 'rate_limit_error'],
  'limit-requests-per-minute': [429, 'rate_limit_error'],
  'limit-concurrent': [429, 'rate_limit_error'],
  'limit-tokens-per-day': [429, 'rate_limit_error'],
  'limit-patients-per-day': [429, 'rate_limit_error'],
  'principal-blocked': [451, 'policy_denied'],
  'inspection-failed': [451, 'policy_denied'],
  'upstream-refused': [502, 'api_error'],
  'upstream-cut': [502, 'api_error'],
  'upstream-garbage': [502, 'api_error'],
  'upstream-timeout': [504, 'timeout_error'],
  'audit-unavailable': [503, 'api_error'],
  'store-unavailable': [503, 'api_error'],
  'issuer-unavailable': [503, 'api_error'],
  'policy-changed': [503, 'api_error'],
  draining: [503, 'api_error'],
  internal: [500, 'api_error'],
} as const

export type ErrorCode = keyof typeof CAUSES
export type ApiErrorType = (typeof CAUSES)[ErrorCode][1]

/**
 * An error of phigate's own.
 *
 * `message` is shown to clients and logged: it MUST name places (paths, header names, entity types) and MUST NOT
 * hold a value out of a request, an answer or a credential. `cause` is for the process only and is never printed.
 */
export class GatewayError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly type: ApiErrorType
  /** Seconds after which a retry makes sense, for the `retry-after` header. */
  readonly retryAfter: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; retryAfter?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'GatewayError'
    this.code = code
    const [status, type] = CAUSES[code]
    this.status = status
    this.type = type
    this.retryAfter = options.retryAfter
  }
}

/** Wraps whatever was thrown (opa-wasm throws strings and plain objects) into an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error('a foreign value was thrown', { cause: thrown })
}
