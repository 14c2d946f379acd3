import { fhirMarks } from './fhir.ts'
import { jsonTextsOf, type JsonText } from './json-text.ts'
import type { Cell, Range, Region } from './region.ts'
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
    end > start ? cellsFor(text, { start, end }, marks.get(index)) : [],
  )
}

/** The cell of a value; where only a part of it is marked, that part is a cell of its own. */
export function cellsFor(text: string, range: Range, mark: Mark | undefined): Cell[] {
  const { start, end } = range
  const raw = text.slice(start, end)
  const inner = raw.includes('\\') ? movedBy(unescapeJson(raw), start) : undefined
  const whole: Cell = inner === undefined ? { start, end } : { start, end, inner }
  if (mark === undefined) return [whole]
  if (mark.plain === true) return [{ ...whole, plain: true }]
  const { label, part } = mark
  if (label === undefined) return [whole]
  if (part === undefined) return [{ ...whole, label }]
  const origin =
    inner?.origin(part.start, part.end) ??
    ({ start: start + part.start, end: start + part.end } satisfies Range)
  return [
    { start, end: origin.start, plain: true },
    { ...origin, label },
    { start: origin.end, end, plain: true },
  ].filter((cell) => cell.end > cell.start)
}
