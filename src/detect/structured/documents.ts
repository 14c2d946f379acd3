import { fhirMarks } from './fhir.ts'
import { jsonTextsOf, type JsonText } from './json-text.ts'
import type { Cell, Inner, Range, Region } from './region.ts'
import type { Mark } from './tree.ts'
import { movedBy, unescapeJson } from './unescape.ts'

/** JSON documents of a text as regions: every string and number is a cell. */
export function readJsonText(text: string): readonly Region[] {
  return jsonTextsOf(text).map((json) => ({
    start: json.start,
    end: json.end,
    cells: cellsOf(text, json),
  }))
}

function cellsOf(text: string, { root, literals }: JsonText): readonly Cell[] {
  const marks = fhirMarks(root)
  return literals.flatMap(({ start, end }, index): Cell[] =>
    end > start ? cellsFor({ start, end }, innerOf(text, start, end), marks.get(index)) : [],
  )
}

function innerOf(text: string, start: number, end: number): Inner | undefined {
  const raw = text.slice(start, end)
  return raw.includes('\\') ? movedBy(unescapeJson(raw), start) : undefined
}

/** The cell of a value; where only a part of it is marked, that part is a cell of its own. */
export function cellsFor(range: Range, inner: Inner | undefined, mark: Mark | undefined): Cell[] {
  const { start, end } = range
  const whole: Cell = inner === undefined ? { start, end } : { start, end, inner }
  if (mark?.plain === true) return [{ ...whole, plain: true }]
  if (mark?.label === undefined) return [whole]
  const { label, part } = mark
  if (part === undefined) return [{ start, end, label }]
  const labelledPart = inner?.origin(part.start, part.end) ?? {
    start: start + part.start,
    end: start + part.end,
  }
  const cells: readonly Cell[] = [
    { start, end: labelledPart.start, plain: true },
    { ...labelledPart, label },
    { start: labelledPart.end, end, plain: true },
  ]
  return cells.filter((cell) => cell.end > cell.start)
}
