import type { Delivery } from '../domain/index.ts'
import type { Route } from './openapi.ts'

/** Notifications as the composition root gives them to the console. */
export interface WebhooksDesk {
  endpoints(): readonly { readonly url: URL; readonly events: readonly string[] }[]
  undelivered(): Promise<readonly Delivery[]>
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
  ]
}

function shown({ id, endpoint, state, attempts, problem, createdAt, dueAt }: Delivery): object {
  const nextAt = state === 'waiting' ? new Date(dueAt).toISOString() : null
  const at = { createdAt: new Date(createdAt).toISOString(), nextAt }
  return { id, url: endpoint, state, attempts, problem, ...at }
}
