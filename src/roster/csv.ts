import type { ListedPerson } from '../detect/index.ts'
import { columnOf, personOf, type Column } from './person-of-columns.ts'
import { RosterError } from './roster-error.ts'

const DELIMITERS = [',', ';', '\t', '|'] as const

/** How the lines of one file are read. */
export interface CsvShape {
  readonly delimiter: string
  /** By position; undefined for columns that say nothing of a person. */
  readonly columns: readonly (Column | undefined)[]
}

/**
 * Reads the first line.
 * @throws RosterError when it names no column that is known
 */
export function csvShape(header: string): CsvShape {
  const shapes = DELIMITERS.map((delimiter) => {
    const columns = (cellsOf(header.replace(/^\uFEFF/, ''), delimiter) ?? []).map(columnOf)
    return { delimiter, columns, known: columns.filter((column) => column !== undefined).length }
  })
  const best = shapes.reduce((most, shape) => (shape.known > most.known ? shape : most))
  if (best.known === 0) throw new RosterError('line 1: no column has a name that is known')
  return { delimiter: best.delimiter, columns: best.columns }
}

/** @returns undefined when the line is not made as the header says */
export function csvPerson(
  line: string,
  { delimiter, columns }: CsvShape,
): ListedPerson | undefined {
  const cells = cellsOf(line, delimiter)
  return cells?.length === columns.length ? personOf(columns, cells) : undefined
}

/**
 * The cells of a line (RFC 4180): quoted ones may hold delimiters, line breaks and doubled quotes.
 * @returns undefined for quotes that do not close, or with something behind them
 */
function cellsOf(line: string, delimiter: string): readonly string[] | undefined {
  const cells: string[] = []
  for (let at = 0; at <= line.length;) {
    if (line[at] === '"') {
      const cell = quotedCell(line, at)
      if (cell === undefined) return undefined
      const behind = line[cell.end]
      if (behind !== undefined && behind !== delimiter) return undefined
      cells.push(cell.text)
      at = cell.end + 1
    } else {
      const next = line.indexOf(delimiter, at)
      const end = next === -1 ? line.length : next
      cells.push(line.slice(at, end))
      at = end + 1
    }
  }
  return cells
}

function quotedCell(
  line: string,
  start: number,
): { readonly text: string; readonly end: number } | undefined {
  let text = ''
  for (let at = start + 1; ;) {
    const quote = line.indexOf('"', at)
    if (quote === -1) return undefined
    text += line.slice(at, quote)
    if (line[quote + 1] !== '"') return { text, end: quote + 1 }
    text += '"'
    at = quote + 2
  }
}
