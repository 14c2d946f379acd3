import type { Principal } from '../domain/index.ts'
import type { AuditRecord } from '../schema/index.ts'
import type { Route } from './openapi.ts'

export type AuditTerms = Readonly<Record<string, string | undefined>>

/** The audit log as the composition root gives it to the console. */
export interface AuditDesk {
  /** What may be asked for, and what it means. */
  readonly terms: Readonly<Record<string, string>>
  /**
   * Records that fit, the newest first. Each search is recorded itself: who searched, and by which terms.
   * @throws GatewayError `invalid-request` for terms that are none
   */
  search(by: Principal, terms: AuditTerms): Promise<readonly AuditRecord[]>
}

/** The audit log, for auditors. */
export function auditRoute(desk: AuditDesk): Route {
  return {
    method: 'get',
    path: '/api/audit',
    summary: 'Records of the audit log, the newest first. The search is recorded.',
    action: 'audit:read',
    query: desk.terms,
    answer: {
      type: 'object',
      required: ['records', 'before'],
      properties: {
        records: {
          type: 'array',
          items: { type: 'object', description: 'As audit-record.schema.json has it.' },
        },
        before: {
          type: ['integer', 'null'],
          description: 'What to ask with for the records before these; null behind the last one.',
        },
      },
    },
    respond: async ({ principal, query }) => {
      const records = await desk.search(principal, query)
      return { records, before: records.at(-1)?.custom.seq ?? null }
    },
  }
}
