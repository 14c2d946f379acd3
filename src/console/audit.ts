import { GatewayError, type Principal } from '../domain/index.ts'
import type { AuditRecord } from '../schema/index.ts'
import type { Route } from './openapi.ts'
import { isReason } from './reviews.ts'

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
  /**
   * Records that a package of evidence is made, and signs the log up to there.
   * @throws GatewayError `audit-unavailable`
   * @returns the record's number
   */
  exported(by: Principal, reason: string, terms: readonly string[]): Promise<number>
}

/** The audit log, for auditors. */
export function auditRoutes(desk: AuditDesk): readonly Route[] {
  return [searchRoute(desk), exportRoute(desk)]
}

function exportRoute(desk: AuditDesk): Route {
  return {
    method: 'post',
    path: '/api/audit/exports',
    summary:
      'Records that a package of evidence is made of the files of the log, and signs the log.',
    action: 'audit:export',
    body: {
      type: 'object',
      required: ['reason', 'terms'],
      properties: {
        reason: { type: 'string', minLength: 1, maxLength: 500 },
        terms: { type: 'array', items: { enum: Object.keys(desk.terms) } },
      },
    },
    answer: {
      type: 'object',
      required: ['seq'],
      properties: { seq: { type: 'integer', description: 'The record that says so.' } },
    },
    respond: async ({ principal, body }) => {
      const { reason, terms } = (body ?? {}) as { reason?: unknown; terms?: unknown }
      if (!isReason(reason)) {
        throw new GatewayError(
          'invalid-request',
          'reason must be a text of no more than 500 characters',
        )
      }
      const known =
        Array.isArray(terms) && terms.every((term) => Object.hasOwn(desk.terms, String(term)))
      if (!known) throw new GatewayError('invalid-request', 'terms must be names of search terms')
      return { seq: await desk.exported(principal, reason, terms.map(String)) }
    },
  }
}

function searchRoute(desk: AuditDesk): Route {
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
