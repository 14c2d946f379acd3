import { GatewayError, type Delivery } from '../domain/index.ts'
import type { Call, Route } from './openapi.ts'

/** Notifications as the composition root gives them to the console. */
export interface WebhooksDesk {
  endpoints(): readonly { readonly url: URL; readonly events: readonly string[] }[]
  undelivered(): Promise<readonly Delivery[]>
  /** @returns how many */
  resend(id?: string): Promise<number>
}

const TIME = { type: 'string', format: 'date-time' }
const LISTED = {
  type: 'object',
  required: ['endpoints', 'undelivered'],
  properties: {
    endpoints: {
      type: 'array',
      items: {
        type: 'object',
        required: ['url', 'events'],
        properties: {
          url: { type: 'string' },
          events: { type: 'array', items: { type: 'string' } },
        },
      },
    },
    undelivered: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'url', 'state', 'attempts', 'problem', 'createdAt', 'nextAt'],
        properties: {
          id: { type: 'string' },
          url: { type: 'string' },
          state: { enum: ['waiting', 'failed'], description: 'failed: given up.' },
          attempts: { type: 'integer', description: 'Attempts that failed.' },
          problem: { type: ['string', 'null'], description: 'Of the latest attempt.' },
          createdAt: TIME,
          nextAt: { ...TIME, type: ['string', 'null'] },
        },
      },
    },
  },
}

/** Who is notified, and what could not be delivered. */
export function webhookRoutes(desk: WebhooksDesk): readonly Route[] {
  return [
    {
      method: 'get',
      path: '/api/webhooks',
      summary: 'Receivers of notifications, and what they have not got, the newest first.',
      action: 'webhooks:read',
      answer: LISTED,
      respond: async () => ({
        endpoints: desk.endpoints().map(({ url, events }) => ({ url: url.href, events })),
        undelivered: (await desk.undelivered()).map(shown),
      }),
    },
    {
      method: 'post',
      path: '/api/webhooks/resend',
      summary: 'Tries again what was given up: one notification, or all of them.',
      action: 'webhooks:write',
      body: {
        type: 'object',
        additionalProperties: false,
        properties: { id: { type: 'string', description: 'Without it: all of them.' } },
      },
      answer: {
        type: 'object',
        required: ['resent'],
        properties: { resent: { type: 'integer', description: 'One for each receiver.' } },
      },
      refusals: { 404: 'No notification of this id was given up.' },
      respond: (call) => resend(desk, call),
    },
  ]
}

async function resend(desk: WebhooksDesk, { body }: Call): Promise<{ readonly resent: number }> {
  const asked = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : undefined
  const { id, ...more }: Readonly<Record<string, unknown>> = { ...asked }
  const isText = id === undefined || typeof id === 'string'
  if (asked === undefined || !isText || Object.keys(more).length > 0) {
    throw new GatewayError('invalid-request', 'The body must be {"id"}, a text, or {}')
  }
  const resent = await desk.resend(id)
  if (resent > 0 || id === undefined) return { resent }
  throw new GatewayError('not-found', 'No such notification was given up')
}

function shown({ id, endpoint, state, attempts, problem, createdAt, dueAt }: Delivery): object {
  const nextAt = state === 'waiting' ? new Date(dueAt).toISOString() : null
  const at = { createdAt: new Date(createdAt).toISOString(), nextAt }
  return { id, url: endpoint, state, attempts, problem, ...at }
}
