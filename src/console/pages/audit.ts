import type { AuditRecord } from '../../schema/index.ts'
import type { AuditTerms } from '../audit.ts'
import { html, type Html } from './html.ts'
import { nameOf, time } from './layout.ts'

/** What an auditor asked for, and what was found. */
export interface Searched {
  /** What may be asked for, and what it means. */
  readonly names: Readonly<Record<string, string>>
  readonly asked: AuditTerms
  /** Undefined where nothing was searched for yet. */
  readonly records: readonly AuditRecord[] | undefined
  /** What was wrong with the search. */
  readonly problem?: string
}

/** The page of the audit log: a form, and the records that fit. */
export function auditPage({ names, asked, records, problem }: Searched): Html {
  const fields = Object.entries(names).filter(([name]) => name !== 'before' && name !== 'limit')
  return html`<h1>Audit log</h1>
    <p class="faint">Every search is recorded: who searched, and by which of these terms.</p>
    ${problem === undefined ? undefined : html`<p role="alert" class="notice">${problem}</p>`}
    <form method="get" action="/audit" class="search">
      ${fields.map(([name, meaning]) => field(name, meaning, asked[name] ?? ''))}
      <p class="actions"><button>Search</button></p>
    </form>
    ${records === undefined ? undefined : found(records, asked)}`
}

function field(name: string, meaning: string, value: string): Html {
  return html`<p>
    <label for="${name}">${name}</label>
    <input id="${name}" name="${name}" value="${value}" aria-describedby="${name}-is" />
    <span class="faint" id="${name}-is">${meaning}</span>
  </p>`
}

function found(records: readonly AuditRecord[], asked: AuditTerms): Html {
  const last = records.at(-1)
  const next = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined && value !== '' && name !== 'before') next.set(name, value)
  }
  if (last !== undefined) next.set('before', String(last.custom.seq))
  return html`<h2>Records</h2>
    <p role="status">
      ${records.length === 0 ? 'None fits.' : `${records.length}, the newest first.`}
    </p>
    <ol class="list" reversed>
      ${records.map(item)}
    </ol>
    ${last === undefined ? undefined : html`<p><a class="button" href="/audit?${next.toString()}">Before these</a></p>`}`
}

function item(record: AuditRecord): Html {
  const { custom, result, requested_by: by, decision_id: id } = record
  const what = [custom.kind, result?.outcome ?? custom.end ?? custom.reviewStatus ?? custom.use]
  const codes = result?.reasons.map(({ code }) => code) ?? []
  return html`<li>
    <p>
      <strong>${what.filter((word) => word !== undefined).join(': ')}</strong> ${codes.join(', ')}
    </p>
    <p class="faint">
      ${custom.seq},
      ${time(Date.parse(record.timestamp))}${by === undefined ? undefined : html`, ${nameOf(by)}`}${custom.connection === undefined ? undefined : html` on ${custom.connection}`}
      ${id ?? ''}
    </p>
    <details>
      <summary>The record</summary>
      <pre>${JSON.stringify(record, undefined, 2)}</pre>
    </details>
  </li>`
}
