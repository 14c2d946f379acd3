import type { ServerResponse } from 'node:http'
import { hoursOf } from '../approve/index.ts'
import type { GatewayError } from '../domain/index.ts'
import type { RefuseVerdict } from '../inspect/index.ts'
import type {
  Decision,
  ErrorEnvelope,
  RefusalDetails,
  Review,
  ReviewStatus,
} from '../schema/index.ts'

/** An answer of phigate's own, ready to be sent in either form. */
export interface Refusal {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly envelope: ErrorEnvelope
}

/** The envelope of an error that is not a decision of policy. */
export function refusalForError(error: GatewayError, decisionId: string): Refusal {
  const retryAfter = error.retryAfter
  return {
    status: error.status,
    headers: {
      'request-id': decisionId,
      'x-phigate-decision-id': decisionId,
      // Policy and bad input come out the same however often they are sent.
      // Clients obey retry-after in full: nobody should hang for a day on a daily limit.
      ...((error.status < 500 && error.status !== 429 && error.status !== 401) ||
      (retryAfter ?? 0) > LONGEST_RETRY_SECONDS
        ? { 'x-should-retry': 'false' }
        : {}),
      ...(error.status === 451 ? { 'x-phigate-decision': 'deny' } : {}),
      // RFC 9110, 15.5.2: a 401 says what it takes.
      ...(error.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
    envelope: {
      type: 'error',
      request_id: decisionId,
      error: {
        type: error.type,
        message: error.message,
        ...(OF_THE_CALLER.has(error.code) ? { phigate: detailsOf(error, decisionId) } : {}),
      },
    },
  }
}

const LONGEST_RETRY_SECONDS = 60

/** Refusals for who asks, not for what: the application's operator has to know which. */
const OF_THE_CALLER: ReadonlySet<string> = new Set([
  'principal-blocked',
  'limit-requests-per-minute',
  'limit-concurrent',
  'limit-tokens-per-day',
  'limit-patients-per-day',
])

function detailsOf({ code, message }: GatewayError, decisionId: string): RefusalDetails {
  return { decisionId, outcome: 'deny', reasons: [{ code, message }], removed: [] }
}

type Refused = Pick<RefuseVerdict, 'removed' | 'acceptable' | 'sanitized'>

/** A refusal whose reasons say all. */
export const NOTHING_OFFERED: Refused = { removed: [], acceptable: false, sanitized: undefined }

/** Always 451: no client retries it, and the Agent SDK shows its message (see SECURITY.md). */
export function refusalForDecision(
  decision: Decision,
  decisionId: string,
  details: Refused,
): Refusal {
  const outcome = decision.outcome === 'require-approval' ? 'require-approval' : 'deny'
  const phigate: RefusalDetails = {
    decisionId,
    outcome,
    reasons: decision.reasons,
    removed: [...details.removed],
    ...(details.sanitized === undefined
      ? {}
      : { sanitized: JSON.parse(details.sanitized) as Record<string, unknown> }),
  }
  return {
    status: 451,
    headers: {
      'request-id': decisionId,
      'x-should-retry': 'false',
      'x-phigate-decision-id': decisionId,
      'x-phigate-decision': outcome,
    },
    envelope: {
      type: 'error',
      request_id: decisionId,
      error: {
        type: outcome === 'deny' ? 'policy_denied' : 'approval_required',
        message: messageOf(decision, details),
        phigate,
      },
    },
  }
}

/** The Agent SDK shows its user this text and nothing else: it has to name the fields. */
function messageOf(decision: Decision, details: Refused): string {
  const reasons = decision.reasons.map((reason) => reason.message).join(' ')
  if (decision.outcome === 'require-approval') return `Approval required: ${reasons}`
  if (!details.acceptable) return `Blocked by policy: ${reasons}`
  const types = new Map<string, string[]>()
  for (const { path, type } of details.removed) types.set(path, [...(types.get(path) ?? []), type])
  const fields = [...types].map(([path, found]) => `${path} (${found.join(', ')})`)
  const count = fields.length === 1 ? '1 field' : `${fields.length} fields`
  const shown = fields.slice(0, MOST_FIELDS).join(', ')
  const more = fields.length > MOST_FIELDS ? ` and ${fields.length - MOST_FIELDS} more` : ''
  return (
    `Blocked by policy: ${count} would have to be removed: ${shown}${more}. ` +
    'Send it without them, or with header x-phigate-accept-masked: true.'
  )
}

const MOST_FIELDS = 20

const REVIEW_TYPES = {
  denied: 'approval_denied',
  expired: 'approval_expired',
  cancelled: 'approval_denied',
  pending: 'approval_required',
  approved: 'approval_required',
} as const satisfies Readonly<Record<ReviewStatus, ErrorEnvelope['error']['type']>>

/** What a client is told about the review that its request waits for. */
export function refusalForReview(
  review: Review,
  decision: Decision,
  about: { readonly decisionId: string; readonly url: string; readonly session: string },
): Refusal {
  const { decisionId, url } = about
  const asked = refusalForDecision(decision, decisionId, NOTHING_OFFERED)
  const expiresAt = new Date(review.expiresAt).toISOString()
  const error = {
    ...asked.envelope.error,
    type: REVIEW_TYPES[review.status],
    message: reviewMessage(review, decision, about),
  }
  const phigate: RefusalDetails = {
    ...(error.phigate ?? { decisionId, outcome: 'require-approval', reasons: [], removed: [] }),
    review: { id: review.id, status: review.status, url, expiresAt },
  }
  return { ...asked, envelope: { ...asked.envelope, error: { ...error, phigate } } }
}

function reviewMessage(
  review: Review,
  decision: Decision,
  { url, session }: { readonly url: string; readonly session: string },
): string {
  const reasons = decision.reasons.map(({ message }) => message).join(' ')
  switch (review.status) {
    case 'denied':
      return `Approval denied: ${reasons} Review ${review.id}: ${url}`
    case 'expired':
      return `Nobody approved in time: ${reasons} Send the request again to ask anew.`
    case 'cancelled':
      return `The review was cancelled: ${reasons}`
    case 'approved': {
      const jobs = review.needs.flatMap(({ job }) => job ?? [])
      if (review.scope === 'job' && jobs.length > 0) {
        const hours = [...new Set(jobs.map(hoursOf))].join(' and ')
        return `Approval required: ${reasons} Review ${review.id} allows it at ${hours}: ${url} Send the same request again then.`
      }
      return `Approval required: ${reasons} Review ${review.id} was approved for another request alone: ${url}`
    }
    case 'pending': {
      const header = PRINTABLE.test(session) ? `, with header x-phigate-session: ${session}` : ''
      const again = `Send the same request again when it is approved${header}.`
      return `Approval required: ${reasons} Review ${review.id} is pending: ${url} ${again}`
    }
  }
}

/** A session's name that the client chose, if it cannot be anything but a name. */
const PRINTABLE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

/** Sends a refusal in the form that the client can still read. */
export function sendLate(response: ServerResponse, refusal: Refusal): void {
  if (!response.headersSent) sendRefusal(response, refusal)
  else if (!response.destroyed) {
    response.end(`event: error\ndata: ${JSON.stringify(refusal.envelope)}\n\n`)
  }
}

export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.destroyed) return
  const body = JSON.stringify(refusal.envelope)
  response.writeHead(refusal.status, {
    ...refusal.headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
  // A client that is still sending would wait for ever for somebody to read the rest. It gets a while to hear the
  // answer, not the time that a body may take.
  const request = response.req
  request.resume()
  setTimeout(() => {
    if (!request.complete) request.destroy()
  }, DRAIN_MS).unref()
}

const DRAIN_MS = 30_000
