import type { AuditRecord } from '../schema/index.ts'

/** What records are searched by. */
export const SEARCH_TERMS = [
  'kind',
  'id',
  'principal',
  'onBehalfOf',
  'connection',
  'session',
  'decision',
  'reason',
  'type',
  'review',
  'patient',
  'model',
  'revision',
  'end',
] as const

export type SearchTerm = (typeof SEARCH_TERMS)[number]

/** What one record is found by: each term once. */
export function termsOf(record: AuditRecord): readonly (readonly [SearchTerm, string])[] {
  const { custom, input, result } = record
  const types = [custom.masked, custom.kept].flatMap((counts) => Object.keys(counts ?? {}))
  const found: readonly (readonly [SearchTerm, readonly (string | null | undefined)[]])[] = [
    ['kind', [custom.kind]],
    ['id', [record.decision_id]],
    ['principal', [record.requested_by, custom.principal]],
    ['onBehalfOf', [input?.principal.onBehalfOf, custom.onBehalfOf]],
    ['connection', [custom.connection]],
    ['session', [custom.session]],
    ['decision', [result?.outcome]],
    ['reason', result?.reasons.map(({ code }) => code) ?? []],
    ['type', types],
    ['review', [custom.review]],
    ['patient', custom.patients ?? []],
    ['model', [input?.request.model]],
    ['revision', [record.bundles?.['phigate']?.revision]],
    ['end', [custom.end]],
  ]
  return found.flatMap(([term, values]) =>
    [...new Set(values)].flatMap((value) =>
      value === null || value === undefined || value === '' ? [] : [[term, value] as const],
    ),
  )
}
