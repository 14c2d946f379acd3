import { columnLabel, columnOf, type Column } from './labels.ts'
import { trimmed, type Cell, type Range, type Region } from './region.ts'

const DELIMITERS = [0x09, 0x7c, 0x2c, 0x3b] as const // tab, bar, comma, semicolon
const LONGEST_NAME = 48
const LONGEST_HEADER = 4000
const NEW_LINE = 0x0a
const QUOTE = 0x22
const RULER = /^[\s|:+=-]+$/

/** CSV, TSV, bars, semicolons and Markdown: columns whose header names what they hold. */
export function readTables(text: string): readonly Region[] {
  const found: Region[] = []
  let at = 0
  while (at < text.length) {
    const line = lineAt(text, at)
    const header = line.delimiter === undefined ? undefined : headerOf(text, line, line.delimiter)
    const table = header === undefined ? undefined : rowsOf(text, line, header)
    if (table !== undefined) found.push(table)
    at = table === undefined ? line.next : Math.max(line.next, table.end)
  }
  return found
}

interface Line extends Range {
  readonly next: number
  /** What could separate the cells of a header: names are short. */
  readonly delimiter: number | undefined
}

/** One look at each character: how long the pieces between delimiters are says whether a line can be a header. */
function lineAt(text: string, start: number): Line {
  const newLine = text.indexOf('\n', start)
  const next = newLine < 0 ? text.length : newLine + 1
  let end = newLine < 0 ? text.length : newLine
  if (text.charCodeAt(end - 1) === 0x0d && end > start) end -= 1
  if (end - start > LONGEST_HEADER || end - start < 3)
    return { start, end, next, delimiter: undefined }
  let delimiter: number | undefined
  for (const one of DELIMITERS) {
    if (isHeaderShaped(text, start, end, one)) {
      delimiter = one
      break
    }
  }
  return { start, end, next, delimiter }
}

function isHeaderShaped(text: string, start: number, end: number, delimiter: number): boolean {
  const sign = String.fromCharCode(delimiter)
  let from = start
  let count = 0
  for (let at = text.indexOf(sign, from); at >= 0 && at < end; at = text.indexOf(sign, from)) {
    if (at - from > LONGEST_NAME) return false
    count += 1
    from = at + 1
  }
  return count > 0 && end - from <= LONGEST_NAME
}

interface Header {
  readonly delimiter: number
  readonly columns: readonly (Column | undefined)[]
}

function headerOf(text: string, line: Line, delimiter: number): Header | undefined {
  const cells = cellsOf(text, line, delimiter)
  if (cells.length < 2) return undefined
  const names = cells.map(({ start, end }) =>
    text.slice(start, end).replace(/^[*_`]+|[*_`]+$/g, ''),
  )
  if (!names.every((name) => /^[\p{L}#][\p{L}\p{M}\p{N} _./#()'-]*$|^$/u.test(name)))
    return undefined
  const columns = names.map(columnOf)
  const isPersonal = columns.some((column) => column?.tells === true)
  return isPersonal ? { delimiter, columns } : undefined
}

/** Rows follow while they have as many cells as the header. */
function rowsOf(text: string, header: Line, { delimiter, columns }: Header): Region | undefined {
  const cells: Cell[] = []
  let end = header.end
  for (let at = header.next; at < text.length;) {
    const row = rowAt(text, at)
    if (!RULER.test(text.slice(row.start, Math.min(row.end, row.start + 2000)))) {
      const values = cellsOf(text, row, delimiter)
      if (values.length !== columns.length) break
      for (const [index, range] of values.entries()) {
        if (range.end > range.start) cells.push(cellFor(text, range, columns[index]))
      }
    }
    end = row.end
    at = row.next
  }
  return cells.length === 0 ? undefined : { start: header.end, end, cells }
}

function rowAt(text: string, start: number): { start: number; end: number; next: number } {
  const newLine = text.indexOf('\n', start)
  const next = newLine < 0 ? text.length : newLine + 1
  const end = newLine < 0 ? text.length : newLine
  return { start, end: text.charCodeAt(end - 1) === 0x0d ? end - 1 : end, next }
}

function cellFor(text: string, range: Range, column: Column | undefined): Cell {
  const value = text.slice(range.start, range.end)
  const label = column === undefined ? undefined : columnLabel(column, value)
  return label === undefined ? range : { ...range, label }
}

/** The cells of a line without quotes, spaces, and the bars at the ends of a Markdown row. */
function cellsOf(text: string, line: Range, delimiter: number): readonly Range[] {
  const cells: Range[] = []
  let from = line.start
  let quoted = false
  for (let at = line.start; at <= line.end; at += 1) {
    const code = at === line.end ? delimiter : text.charCodeAt(at)
    if (at < line.end && code === QUOTE && delimiter !== 0x7c) quoted = !quoted
    if (code !== delimiter || (quoted && at < line.end) || (code === NEW_LINE && at < line.end))
      continue
    cells.push(unquoted(text, trimmed(text, { start: from, end: at })))
    from = at + 1
  }
  if (delimiter !== 0x7c) return cells
  const isEmpty = (cell: Range | undefined) => cell !== undefined && cell.end <= cell.start
  const first = isEmpty(cells[0]) ? 1 : 0
  const last = cells.length - (cells.length > 1 && isEmpty(cells.at(-1)) ? 1 : 0)
  return text.charAt(trimmed(text, line).start) === '|' ? cells.slice(first, last) : cells
}

function unquoted(text: string, range: Range): Range {
  const isQuoted =
    range.end - range.start >= 2 && text[range.start] === '"' && text[range.end - 1] === '"'
  return isQuoted ? trimmed(text, { start: range.start + 1, end: range.end - 1 }) : range
}
