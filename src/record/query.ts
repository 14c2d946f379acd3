import { GatewayError } from '../domain/index.ts'
import type { AuditQuery } from './search.ts'
import { SEARCH_TERMS } from './search-terms.ts'

/** The most records of one answer. */
const MOST = 200
const USUAL = 50

/** What every name of a query means, for descriptions. */
export const QUERY_NAMES: Readonly<Record<string, string>> = {
  kind: 'Kind of record: decision, completion, review, start and others.',
  id: 'Id of a decision: dec_...',
  principal: 'issuer|subject: who asked, who did it, or whom it was done to.',
  onBehalfOf: 'The person behind the principal.',
  connection: 'Name of a connection.',
  session: 'Name of a session, as records have it.',
  decision: 'Outcome: allow, mask, deny or require-approval.',
  reason: 'Code of a reason.',
  type: 'Entity type that was found.',
  review: 'Id of a review.',
  patient: 'Digest of a patient, as `phigate audit patient` gives it.',
  model: 'Model that was asked for.',
  revision: 'Revision of the policy that decided.',
  end: 'How a forwarded exchange ended.',
  from: 'RFC 3339: records of this time or later.',
  to: 'RFC 3339: records before this time.',
  before: 'Number of a record: those before it.',
  limit: `How many, ${USUAL} when not given, ${MOST} at most.`,
}

/**
 * A query of names and texts, as the API and the command line have it.
 * @throws GatewayError `invalid-request` naming what is wrong, never its value
 */
export function parseQuery(asked: Readonly<Record<string, string | undefined>>): AuditQuery {
  const unknown = Object.keys(asked).find((name) => !Object.hasOwn(QUERY_NAMES, name))
  if (unknown !== undefined) throw new GatewayError('invalid-request', 'No such search term')
  return {
    terms: SEARCH_TERMS.flatMap((term) => {
      const value = asked[term]
      return value === undefined || value === '' ? [] : [[term, value] as const]
    }),
    from: timeOf(asked, 'from'),
    to: timeOf(asked, 'to'),
    before: numberOf(asked, 'before'),
    most: Math.min(numberOf(asked, 'limit') ?? USUAL, MOST),
  }
}

type Asked = Readonly<Record<string, string | undefined>>

/** A day, or a time with its zone: without one the same text would mean another time elsewhere. */
const TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

function timeOf(asked: Asked, name: string): number | undefined {
  const text = asked[name]
  if (text === undefined || text === '') return undefined
  const time = TIME.test(text) ? Date.parse(text) : NaN
  if (!Number.isNaN(time)) return time
  throw new GatewayError(
    'invalid-request',
    `${name} must be a day or a time with its zone: 2026-11-22T12:00:00Z`,
  )
}

function numberOf(asked: Asked, name: string): number | undefined {
  const text = asked[name]
  if (text === undefined || text === '') return undefined
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new GatewayError('invalid-request', `${name} must be a number above 0`)
}
