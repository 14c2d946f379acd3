import type { Finding, Segment } from '../../domain/index.ts'
import type { Role } from '../../schema/index.ts'
import { readJsonText } from './documents.ts'
import { readEscaped } from './escaped.ts'
import { fhirMarks } from './fhir.ts'
import { fitTo } from './fit.ts'
import { readForms } from './form.ts'
import { readHl7 } from './hl7.ts'
import { readPairs } from './pairs.ts'
import type { Cell, Reader, Region } from './region.ts'
import { treesOf } from './segment-tree.ts'
import { readSql } from './sql.ts'
import { readTables } from './table.ts'
import type { Mark, Marks } from './tree.ts'
import { readX12 } from './x12.ts'
import { readXml } from './xml.ts'

/** In tool schemas names describe, and in system text they are the application's own: there only standards speak. */
const DATA: ReadonlySet<Role> = new Set([
  'tool_use',
  'tool_result',
  'user',
  'assistant',
  'metadata',
])
/** Recognizers that go by names which anyone may have chosen. */
const BY_NAME: ReadonlySet<string> = new Set(['key-name', 'table', 'form'])
/** A text in a text in a text: what is deeper is read as it is written. */
const MAX_NESTING = 8
/** A cell shorter than this has no syntax of its own. */
const SHORTEST = 12
/** Without one of these a cell has none either. */
const SYNTAX = /["<\n\r:\\]|MSH|ISA|ST\*/

/** The first reader that finds a region has it. */
const READERS: readonly Reader[] = [
  readJsonText,
  readEscaped,
  readHl7,
  readX12,
  readXml,
  readSql,
  readTables,
  readPairs,
  readForms,
]

/** Finds what needs no structure; offsets are those of the text given. */
export type ReadText = (text: string) => readonly Finding[]

/**
 * What the documents that the segments come from say of each of them, by its index: FHIR by datatype, everything else by
 * key name.
 */
export function marksOf(segments: readonly Segment[]): Marks {
  const marks: Marks = new Map()
  for (const tree of treesOf(segments)) {
    for (const [id, mark] of fhirMarks(tree)) marks.set(id, mark)
  }
  return marks
}

/**
 * Finds what is in a segment, by the syntax of its text and by what its document says of it: JSON, FHIR, HL7 v2, C-CDA,
 * tables and forms, at any depth of strings in strings. What a text without syntax holds is left to `read`.
 */
export function findStructured(
  segment: Segment,
  index: number,
  mark: Mark | undefined,
  read: ReadText,
): readonly Finding[] {
  const { text, role } = segment
  const reading: Reading = { index, read, named: DATA.has(role) }
  const isSilent =
    mark?.plain !== true && (mark?.label === undefined || !isHeard(mark.label, reading))
  if (mark === undefined || isSilent) {
    return inspect(text, reading, 0)
  }
  const whole = { start: 0, end: text.length }
  if (mark.label !== undefined && mark.part === undefined) {
    return [{ segment: index, ...whole, ...mark.label }]
  }
  return fitted(text, [{ ...whole, cells: markedCells(text, mark) }], reading, 0)
}

function markedCells(text: string, { label, part, plain }: Mark): readonly Cell[] {
  const whole = { start: 0, end: text.length }
  if (plain === true || label === undefined || part === undefined)
    return [{ ...whole, plain: true }]
  return [
    { start: 0, end: part.start, plain: true },
    { ...part, label },
    { start: part.end, end: text.length, plain: true },
  ]
}

interface Reading {
  readonly index: number
  readonly read: ReadText
  /** Whether names of fields count that no standard defines. */
  readonly named: boolean
}

function isHeard(label: NonNullable<Cell['label']>, { named }: Reading): boolean {
  return named || !BY_NAME.has(label.recognizer)
}

function inspect(text: string, reading: Reading, depth: number): readonly Finding[] {
  const regions = depth < MAX_NESTING ? regionsOf(text) : []
  return regions.length === 0 ? reading.read(text) : fitted(text, regions, reading, depth)
}

function fitted(
  text: string,
  regions: readonly Region[],
  reading: Reading,
  depth: number,
): readonly Finding[] {
  const found: Finding[] = []
  const done = new Set<Cell>()
  for (const cell of regions.flatMap((region) => region.cells)) {
    const inside = readCell(text, cell, reading, depth)
    if (inside === undefined) continue
    done.add(cell)
    found.push(...inside)
  }
  return [...found, ...fitTo(text, reading.read(text), regions, done)]
}

/** What a cell holds, where more is known of it than its text; undefined where the text around it is read with it. */
function readCell(
  text: string,
  cell: Cell,
  reading: Reading,
  depth: number,
): readonly Finding[] | undefined {
  const { start, end, label, inner, plain } = cell
  if (label !== undefined && isHeard(label, reading)) {
    return [{ segment: reading.index, start, end, ...label }]
  }
  if (plain === true) return undefined
  if (inner !== undefined) {
    return inspect(inner.text, reading, depth + 1).map((one) => ({
      ...one,
      ...inner.origin(one.start, one.end),
    }))
  }
  if (end - start < SHORTEST || depth + 1 >= MAX_NESTING) return undefined
  // The text around would be one cell: it has been read for what it is.
  if (start === 0 && end === text.length) return undefined
  const value = text.slice(start, end)
  if (!SYNTAX.test(value)) return undefined
  const nested = regionsOf(value)
  if (nested.length === 0) return undefined
  return fitted(value, nested, reading, depth + 1).map((one) => ({
    ...one,
    start: one.start + start,
    end: one.end + start,
  }))
}

function regionsOf(text: string): readonly Region[] {
  let regions: readonly Region[] = []
  for (const reader of READERS) {
    if (isCovered(text, regions)) break
    const found = reader(text)
    if (found.length === 0) continue
    regions =
      regions.length === 0
        ? found
        : [...regions, ...found.filter((one) => !overlapsAny(one, regions))].toSorted(
            (a, b) => a.start - b.start,
          )
  }
  return regions
}

/** Whether hardly anything is left that another syntax could stand in. */
function isCovered(text: string, regions: readonly Region[]): boolean {
  const covered = regions.reduce((sum, { start, end }) => sum + end - start, 0)
  return covered > 0 && text.length - covered < SHORTEST
}

/** By halving: the regions are in order and apart. */
function overlapsAny({ start, end }: Region, regions: readonly Region[]): boolean {
  let low = 0
  let high = regions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((regions[middle]?.end ?? 0) <= start) low = middle + 1
    else high = middle
  }
  return (regions[low]?.start ?? Infinity) < end
}
