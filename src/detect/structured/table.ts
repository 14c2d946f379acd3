import { columnLabel, columnOf, type Column } from './labels.ts'
import { trimmed, type Cell, type Range, type Region } from './region.ts'

const TAB = 0x09
const NEW_LINE = 0x0a
const RETURN = 0x0d
const QUOTE = 0x22
const COMMA = 0x2c
const SEMICOLON = 0x3b
const BAR = 0x7c
const LONGEST_NAME = 48
const LONGEST_HEADER = 4000
/** What a column may be called; the call of a function is no header. */
const NAME = /^(?:[\p{L}#][\p{L}\p{M}\p{N} _./#'-]*(?:\([\p{L}\p{N} /%-]*\))?)?$/u
const RULER = /^[\s|:+=-]+$/

/** CSV, TSV, bars, semicolons and Markdown: columns whose header names what they hold. */
export function readTables(text: string): readonly Region[] {
  const found: Region[] = []
  // Below a rule stand rows: none of them names what the others hold.
  let rowsEnd = 0
  let line = nextLine(text, 0)
  while (line !== undefined) {
    const header = headerOf(text, line)
    const isRow = line.start < rowsEnd
    const table =
      header === undefined
        ? undefined
        : (recordOf(text, line, header) ?? (isRow ? undefined : rowsOf(text, line, header)))
    if (table !== undefined) found.push(table)
    else if (!isRow && isRuled(text, line)) rowsEnd = endOfRows(text, line)
    line = nextLine(text, table === undefined ? line.next : Math.max(line.next, table.end))
  }
  return found
}

/** The delimiter of a line that is the header of a table about people; undefined where it is none. */
export function delimiterOfHeader(line: string): string | undefined {
  const text = `${line}\n`
  const found = nextLine(text, 0)
  if (found === undefined || headerOf(text, found) === undefined) return undefined
  return String.fromCharCode(found.delimiter)
}

interface Line extends Range {
  readonly next: number
}
interface HeaderLine extends Line {
  readonly delimiter: number
}

/**
 * The next line that can be a header: names are short, so the pieces between delimiters are. One look at each
 * character, because most texts hold no table.
 */
function nextLine(text: string, from: number): HeaderLine | undefined {
  let start = from
  let piece = from
  let delimiter = 0
  let isLong = false
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === NEW_LINE) {
      const fits = !isLong && at - piece <= LONGEST_NAME && at - start <= LONGEST_HEADER
      // The last line has no row below.
      if (delimiter !== 0 && fits)
        return { start, end: lineEnd(text, start, at), next: at + 1, delimiter }
      start = at + 1
      piece = start
      delimiter = 0
      isLong = false
    } else if (code === COMMA || code === TAB || code === BAR || code === SEMICOLON) {
      // The first of them in a line separates its cells.
      if (delimiter === 0) delimiter = code
      if (code !== delimiter) continue
      if (at - piece > LONGEST_NAME) isLong = true
      piece = at + 1
    }
  }
  return undefined
}

function lineEnd(text: string, start: number, end: number): number {
  return end > start && text.charCodeAt(end - 1) === RETURN ? end - 1 : end
}

/** What stands below a header: the types and answers of a table that describes another one. */
const VALUE =
  /^(?:string|varchar.*|char.*|int(?:eger)?|bigint|uuid|bool(?:ean)?|timestamp(?:tz)?|numeric.*|yes|no|true|false|null|not null)$/i

interface Header {
  readonly delimiter: number
  readonly columns: readonly (Column | undefined)[]
}

function headerOf(text: string, line: HeaderLine): Header | undefined {
  const { delimiter } = line
  const cells = cellsOf(text, line, delimiter)
  if (cells.length < 2) return undefined
  const names = cells.map(({ start, end }) =>
    text.slice(start, end).replace(/^[*_`]+|[*_`]+$/g, ''),
  )
  if (!names.every((name) => NAME.test(name)) || names.some((name) => VALUE.test(name)))
    return undefined
  if (names.filter((name) => name !== '').length < 2) return undefined
  const columns = names.map(columnOf)
  const isPersonal = columns.some((column) => column?.tells === true)
  return isPersonal ? { delimiter, columns } : undefined
}

/** A record written downwards: every row is a name and its value. */
function recordOf(text: string, first: Line, { delimiter, columns }: Header): Region | undefined {
  if (columns.length !== 2 || columns[0] === undefined || columns[1] !== undefined) return undefined
  const cells: Cell[] = []
  let known = 0
  let end = first.end
  for (let at = first.start; at < text.length;) {
    const row = rowAt(text, at)
    const [name, value, ...more] = cellsOf(text, row, delimiter)
    if (name === undefined || value === undefined || more.length > 0) break
    const column = columnOf(text.slice(name.start, name.end))
    if (column !== undefined) known += 1
    if (value.end > value.start) cells.push(cellFor(text, value, column))
    end = row.end
    at = row.next
  }
  return known < 2 ? undefined : { start: first.start, end, cells }
}

/** Rows follow while they have as many cells as the header. */
function rowsOf(text: string, header: Line, { delimiter, columns }: Header): Region | undefined {
  const cells: Cell[] = []
  let end = header.end
  for (let at = header.next; at < text.length;) {
    const row = rowAt(text, at)
    if (!isRule(text, row)) {
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

function isRule(text: string, { start, end }: Range): boolean {
  return RULER.test(text.slice(start, Math.min(end, start + 2000)))
}

/** Whether a line has names and a rule below it, of more than blanks. */
function isRuled(text: string, line: HeaderLine): boolean {
  const below = rowAt(text, line.next)
  if (!isRule(text, below) || !text.slice(below.start, below.start + 80).includes('-')) return false
  return cellsOf(text, line, line.delimiter).filter(({ start, end }) => end > start).length > 1
}

/** Where the rows end that stand below a header of nobody. */
function endOfRows(text: string, header: HeaderLine): number {
  const count = cellsOf(text, header, header.delimiter).length
  let at = header.next
  while (at < text.length) {
    const row = rowAt(text, at)
    if (!isRule(text, row) && cellsOf(text, row, header.delimiter).length !== count) break
    at = row.next
  }
  return at
}

function rowAt(text: string, start: number): Line {
  const newLine = text.indexOf('\n', start)
  const end = newLine < 0 ? text.length : newLine
  return { start, end: lineEnd(text, start, end), next: newLine < 0 ? text.length : newLine + 1 }
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
    if (at < line.end && code === QUOTE && delimiter !== BAR) quoted = !quoted
    if (code !== delimiter || (quoted && at < line.end)) continue
    cells.push(unquoted(text, trimmed(text, { start: from, end: at })))
    from = at + 1
  }
  if (delimiter !== BAR) return cells
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
