import type { ReviewStatus } from '../schema/index.ts'

export const STATUSES: readonly ReviewStatus[] = [
  'pending',
  'approved',
  'denied',
  'expired',
  'cancelled',
]
/** In characters. */
export const LONGEST_REASON = 500

const TIME = { type: 'string', format: 'date-time' }
/** What comes with an answer. */
export const REASON = {
  type: 'object',
  required: ['reason'],
  additionalProperties: false,
  properties: {
    reason: {
      type: 'string',
      minLength: 1,
      maxLength: LONGEST_REASON,
      description: 'Why: goes into the audit log.',
    },
  },
}
const OR_NULL = { type: ['string', 'null'] }
const NAME = { type: 'string' }
const REASON_GIVEN = {
  type: 'object',
  required: ['code', 'message'],
  additionalProperties: false,
  properties: { code: NAME, message: NAME, rule: NAME },
}
const SAID = {
  type: 'object',
  required: ['by', 'groups', 'verdict', 'reason', 'at'],
  additionalProperties: false,
  properties: {
    by: { type: 'string', description: 'issuer|subject' },
    groups: { type: 'array', items: NAME },
    verdict: { enum: ['approve', 'deny', 'revoke', 'renew', 'cancel', 'break-glass'] },
    reason: NAME,
    at: TIME,
  },
}
const NEED = {
  type: 'object',
  required: ['groups', 'missing'],
  additionalProperties: false,
  properties: {
    groups: { type: 'array', items: NAME, description: 'Whose members may answer now.' },
    missing: { type: 'integer', description: 'How many of them have still to approve.' },
  },
}
const ESCALATION = {
  type: 'object',
  additionalProperties: false,
  required: ['at', 'groups'],
  properties: { at: TIME, groups: { type: 'array', items: NAME } },
}
const REVIEW_PROPERTIES = {
  id: NAME,
  status: { enum: [...STATUSES, 'revoked'] },
  principal: { type: 'string', description: 'issuer|subject' },
  onBehalfOf: OR_NULL,
  purpose: OR_NULL,
  connection: NAME,
  session: NAME,
  operation: NAME,
  model: OR_NULL,
  reviewDigest: NAME,
  decisionId: { type: 'string', description: 'Of the exchange that asked first.' },
  reasons: { type: 'array', items: REASON_GIVEN, description: 'Why policy wants an approval.' },
  requestReason: { ...OR_NULL, description: 'Why, in the words of who asked, masked.' },
  signals: { type: 'array', items: NAME },
  totals: { type: 'object', additionalProperties: { type: 'integer' } },
  patients: { type: 'integer' },
  policyRevision: NAME,
  approvals: {
    type: 'array',
    items: SAID,
    description: 'Who said what, in order; a service account is not told.',
  },
  needs: { type: 'array', items: NEED },
  scope: { enum: ['exchange', 'session', 'job'] },
  grant: {
    type: ['object', 'null'],
    additionalProperties: false,
    required: ['status', 'until', 'used', 'outcomeUnknown'],
    properties: {
      status: { enum: ['active', 'revoked', 'expired'] },
      until: TIME,
      used: { type: 'integer', description: 'Uses that were not given back.' },
      outcomeUnknown: {
        type: 'boolean',
        description:
          'phigate ended before it knew what became of the single use: renew allows another.',
      },
    },
  },
  createdAt: TIME,
  expiresAt: TIME,
  escalations: {
    type: 'array',
    items: ESCALATION,
    description: 'Groups that were asked later, because nobody had answered.',
  },
  url: NAME,
}
/** A review as the console's API shows it. */
export const REVIEW = {
  type: 'object',
  required: Object.keys(REVIEW_PROPERTIES).filter((name) => name !== 'approvals'),
  additionalProperties: false,
  properties: {
    ...REVIEW_PROPERTIES,
    payload: { type: 'object', description: 'The masked body, for those who may answer or audit.' },
  },
}
