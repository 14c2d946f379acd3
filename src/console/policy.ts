import type { Route } from './openapi.ts'
import { BUNDLE_SCHEMA, type BundleState } from './status.ts'

/** What the console shows of the policy. */
export interface PolicyPages {
  readonly bundles: () => readonly BundleState[]
  /** Every bundle that was ever active. */
  readonly history: () => readonly PastBundle[]
}

export interface PastBundle {
  /** Its folder in the archive. */
  readonly digest: string
  /** RFC 3339, UTC: the last time it became active. */
  readonly at: string
  readonly serial?: number
}

/** The active policy, what is tried beside it, and what was active before. */
export function policyRoute({ bundles, history }: PolicyPages): Route {
  return {
    method: 'get',
    path: '/api/policy',
    summary:
      'The active policy, the bundle in shadow, and all that were ever active, the latest first.',
    action: 'policy:read',
    answer: {
      type: 'object',
      required: ['bundles', 'history'],
      properties: {
        bundles: { type: 'array', items: BUNDLE_SCHEMA },
        history: {
          type: 'array',
          items: {
            type: 'object',
            required: ['digest', 'at'],
            properties: {
              digest: { type: 'string', description: 'Its folder in the archive.' },
              at: { type: 'string', format: 'date-time' },
              serial: { type: 'integer' },
            },
          },
        },
      },
    },
    respond: () => ({
      bundles: bundles(),
      history: history().toSorted((a, b) => b.at.localeCompare(a.at)),
    }),
  }
}
