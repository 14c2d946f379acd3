import type { AuditRecord } from '../schema/index.ts'
import { readRecords } from './records.ts'

/** What happened in a week, in numbers. */
export interface Activity {
  /** `2026-W47`: ISO 8601, weeks begin on Monday, UTC. */
  readonly week: string
  readonly records: number
  /** Of requests: by outcome. */
  readonly decisions: Readonly<Record<string, number>>
  readonly reasons: Readonly<Record<string, number>>
  /** Forwarded exchanges, by how they ended. */
  readonly ends: Readonly<Record<string, number>>
  readonly principals: Readonly<Record<string, number>>
  readonly connections: Readonly<Record<string, number>>
  /** Findings of requests, masked, by type. */
  readonly masked: Readonly<Record<string, number>>
  /** Distinct patients of forwarded requests, as far as records name them. */
  readonly patients: number
  /** What became of reviews. */
  readonly reviews: Readonly<Record<string, number>>
  /** Everything else that is on record: activations, blocks, reads, exports and so on, by kind. */
  readonly others: Readonly<Record<string, number>>
}

const EXCHANGES: ReadonlySet<string> = new Set(['decision', 'completion', 'review'])

/** Weeks of a log, the oldest first. @param from milliseconds since the epoch, @param to up to and without */
export async function activityOf(
  directory: string,
  from = 0,
  to = Infinity,
): Promise<readonly Activity[]> {
  const weeks = new Map<string, Week>()
  for await (const { record } of readRecords(directory)) {
    const time = Date.parse(record.timestamp)
    if (Number.isNaN(time) || time < from || time >= to) continue
    const name = weekOf(time)
    const week = weeks.get(name) ?? new Week()
    weeks.set(name, week)
    week.count(record)
  }
  return [...weeks]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, week]) => week.report(name))
}

class Tally {
  readonly #counts = new Map<string, number>()

  add(name: string | undefined, count = 1): void {
    if (name !== undefined) this.#counts.set(name, (this.#counts.get(name) ?? 0) + count)
  }

  /** The most first. */
  report(): Readonly<Record<string, number>> {
    const sorted = [...this.#counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    return Object.fromEntries(sorted)
  }
}

class Week {
  #records = 0
  readonly #patients = new Set<string>()
  readonly #decisions = new Tally()
  readonly #reasons = new Tally()
  readonly #ends = new Tally()
  readonly #principals = new Tally()
  readonly #connections = new Tally()
  readonly #masked = new Tally()
  readonly #reviews = new Tally()
  readonly #others = new Tally()

  count(record: AuditRecord): void {
    const { custom, result, requested_by: principal } = record
    this.#records += 1
    if (!EXCHANGES.has(custom.kind)) this.#others.add(custom.kind)
    if (custom.kind === 'review') this.#reviews.add(custom.reviewStatus)
    if (custom.kind === 'completion' && custom.supersedes === undefined) this.#ends.add(custom.end)
    // A refusal that takes the place of a decision is about a request that has been counted.
    if (custom.kind !== 'decision' || custom.supersedes !== undefined) return
    this.#decisions.add(result?.outcome)
    for (const code of new Set(result?.reasons.map((reason) => reason.code)))
      this.#reasons.add(code)
    this.#principals.add(principal)
    this.#connections.add(custom.connection)
    for (const [type, count] of Object.entries(custom.masked ?? {})) this.#masked.add(type, count)
    if (result?.outcome !== 'deny') for (const one of custom.patients ?? []) this.#patients.add(one)
  }

  report(week: string): Activity {
    return {
      week,
      records: this.#records,
      decisions: this.#decisions.report(),
      reasons: this.#reasons.report(),
      ends: this.#ends.report(),
      principals: this.#principals.report(),
      connections: this.#connections.report(),
      masked: this.#masked.report(),
      patients: this.#patients.size,
      reviews: this.#reviews.report(),
      others: this.#others.report(),
    }
  }
}

const DAY_MS = 24 * 60 * 60 * 1000

/** ISO 8601: the week of a day is the one of its Thursday. */
function weekOf(time: number): string {
  const day = new Date(time)
  const weekday = (day.getUTCDay() + 6) % 7
  const thursday = new Date(time + (3 - weekday) * DAY_MS)
  const year = thursday.getUTCFullYear()
  const number = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1
  return `${year}-W${String(number).padStart(2, '0')}`
}

/** A report that a person reads, in Markdown. */
export function activityReport(weeks: readonly Activity[]): string {
  return weeks.map(weekReport).join('\n')
}

function weekReport(activity: Activity): string {
  const { week, records, patients, decisions, reasons, ends, principals } = activity
  const { connections, masked, reviews, others } = activity
  const tables: readonly (readonly [string, Readonly<Record<string, number>>])[] = [
    ['Requests by outcome', decisions],
    ['Reasons', reasons],
    ['Ends of forwarded exchanges', ends],
    ['Requests by principal', principals],
    ['Requests by connection', connections],
    ['Masked by type', masked],
    ['Reviews', reviews],
    ['Other records', others],
  ]
  const parts = tables
    .filter(([, counts]) => Object.keys(counts).length > 0)
    .map(([title, counts]) => {
      const rows = Object.entries(counts).map(([name, count]) => `| ${cell(name)} | ${count} |`)
      return `\n| ${title} | |\n| --- | ---: |\n${rows.join('\n')}\n`
    })
  return `## ${week}\n\n${records} records; ${patients} patients in requests that were not denied\n${parts.join('')}`
}

/** Names of principals are not ours: a bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/[\r\n]/g, ' ')
}
