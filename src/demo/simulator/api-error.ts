/** The API's own error types by status. */
const TYPES = new Map([
  [400, 'invalid_request_error'],
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [500, 'api_error'],
  [504, 'timeout_error'],
  [529, 'overloaded_error'],
])

/** An answer of the simulated API that is an error. */
export class ApiError extends Error {
  readonly status: number
  readonly type: string
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.type = TYPES.get(status) ?? 'api_error'
    this.headers = headers
  }

  envelope(requestId: string): unknown {
    const error = { type: this.type, message: this.message }
    return { type: 'error', error, request_id: requestId }
  }
}

const TRIGGER = /simulate error (\d{3})/

/** The error that a user's text asks for. */
export function requestedError(text: string): ApiError | undefined {
  const status = Number(TRIGGER.exec(text)?.[1])
  if (!TYPES.has(status)) return undefined
  const headers = status === 429 ? { 'retry-after': '1' } : {}
  return new ApiError(status, `Simulated error ${status}`, headers)
}
