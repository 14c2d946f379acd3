import { personOf, plainKey } from '../key-names.ts'
import { columnLabel, columnOf, type Column } from './labels.ts'
import { trimmed, type Cell, type Range, type Region } from './region.ts'

/** A table's name and, in parentheses, its columns. */
const TABLE = String.raw`((?:[\w$]|["'${'`'}[\].]){1,120})(?: ?\(([^()]{1,4000})\))?`
const INSERT = new RegExp(
  String.raw`\b(?:insert|replace) {1,4}(?:ignore )?into {1,4}${TABLE}\s{0,40}values?\s{0,40}(?=\()`,
  'gi',
)
const COPY = new RegExp(String.raw`\bcopy ${TABLE} from stdin[^\n]{0,200}\n`, 'gi')
const END_OF_COPY = '\\.'
const BETWEEN_ROWS = /\s*,\s*(?=\()/y
const QUOTE = 0x27
const BACKSLASH = 0x5c

/** Rows that SQL puts into a table: INSERT … VALUES (…), (…), and PostgreSQL's COPY … FROM stdin. The columns name the values. */
export function readSql(text: string): readonly Region[] {
  if (!/\b(?:into|copy) /i.test(text)) return []
  return [...statements(text, INSERT, readRow), ...statements(text, COPY, readLine)].toSorted(
    (a, b) => a.start - b.start,
  )
}

interface Row extends Range {
  readonly values: readonly Range[]
  /** Where the next row begins; undefined behind the last. */
  readonly next: number | undefined
}

type ReadRow = (text: string, at: number, limit: number) => Row | undefined

/** The rows of each statement, which ends where the next begins if it does not before. */
function statements(text: string, pattern: RegExp, read: ReadRow): readonly Region[] {
  const begins = [...text.matchAll(pattern)]
  return begins.flatMap((begin, index) => {
    const columns = columnsOf(begin[1] ?? '', begin[2] ?? '')
    const limit = begins[index + 1]?.index ?? text.length
    const rows: Region[] = []
    for (let at: number | undefined = begin.index + begin[0].length; at !== undefined;) {
      const row: Row | undefined = at < limit ? read(text, at, limit) : undefined
      if (row === undefined) break
      const cells = row.values.map((value, column) => cellOf(text, value, columns[column]))
      rows.push({ start: row.start, end: row.end, cells })
      at = row.next
    }
    return rows
  })
}

/** What the columns say, where the table is one about people. */
function columnsOf(table: string, names: string): readonly (Column | undefined)[] {
  const columns = names.split(',').map((name) => columnOf(name.trim()))
  const isPersonal =
    personOf(plainKey(table.replace(/^.*\./, ''))) !== undefined ||
    columns.some((column) => column?.tells === true)
  return isPersonal ? columns : []
}

function cellOf(text: string, range: Range, column: Column | undefined): Cell {
  const label =
    column === undefined ? undefined : columnLabel(column, text.slice(range.start, range.end))
  return label === undefined ? range : { ...range, label }
}

/** The values between parentheses, strings without their quotes. */
function readRow(text: string, start: number, limit: number): Row | undefined {
  const values: Range[] = []
  let from = start + 1
  let depth = 1
  for (let at = start + 1; at < limit; at += 1) {
    const sign = text.charAt(at)
    if (sign === "'") at = endOfString(text, at, limit)
    else if (sign === '(') depth += 1
    else if (sign === ')') depth -= 1
    if (depth === 0 || (sign === ',' && depth === 1)) {
      const value = valueOf(text, { start: from, end: at })
      values.push(value)
      from = at + 1
    }
    if (depth > 0) continue
    BETWEEN_ROWS.lastIndex = at + 1
    const isLast = !BETWEEN_ROWS.test(text)
    return { start, end: at + 1, values, next: isLast ? undefined : BETWEEN_ROWS.lastIndex }
  }
  return undefined
}

/** The quote that ends a string; '' and \' stand for one in it. */
function endOfString(text: string, from: number, limit: number): number {
  for (let at = from + 1; at < limit; at += 1) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at += 1
    else if (code === QUOTE && text.charCodeAt(at + 1) === QUOTE) at += 1
    else if (code === QUOTE) return at
  }
  return limit
}

function valueOf(text: string, range: Range): Range {
  const { start, end } = trimmed(text, range)
  const isString = end - start >= 2 && text[start] === "'" && text[end - 1] === "'"
  return isString ? { start: start + 1, end: end - 1 } : { start, end }
}

/** A line of COPY's text format: values with tabs between. */
function readLine(text: string, start: number, limit: number): Row | undefined {
  const newLine = text.indexOf('\n', start)
  const end = newLine === -1 ? limit : Math.min(newLine, limit)
  const line = text.slice(start, end).trimEnd()
  if (line === '' || line === END_OF_COPY) return undefined
  const values: Range[] = []
  let from = start
  for (const value of line.split('\t')) {
    values.push(trimmed(text, { start: from, end: from + value.length }))
    from += value.length + 1
  }
  return { start, end, values, next: newLine === -1 ? undefined : newLine + 1 }
}
