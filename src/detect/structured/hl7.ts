import { HL7_FIELDS, type Hl7Field } from './hl7-fields.ts'
import { cellsOfRepetition, typeOfObservation, type Repetition } from './hl7-types.ts'
import type { Cell, Range, Region } from './region.ts'
import { movedBy, unescapeHl7 } from './unescape.ts'

/** The separators that a message declares in MSH-1 and MSH-2. */
interface Separators {
  readonly field: string
  readonly component: string
  readonly repetition: string
  readonly subcomponent: string
}

const USUAL: Separators = { field: '|', component: '^', repetition: '~', subcomponent: '&' }

/** A header declares its separators; any other segment begins a line. The line end may be written as an escape. */
const NAMES = [...HL7_FIELDS.keys(), '[A-Z][A-Z0-9]{2}'].join('|')
const HEADER = String.raw`(?:MSH|FHS|BHS)(?=([^\p{L}\p{N}\s"'\\])[^\p{L}\p{N}\s"]{3,5}\1)`
const BEGIN = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${HEADER}|(?<=^|[\r\n\v]|\\[rn]|\\x0[dD]|<[cC][rR]>|[\r\n\v][ \t>]{1,8}|[ \t"'${'`'}:](?=(?:PID|NK1|PV1|PV2|OBX|OBR|NTE|GT1|IN1|EVN|PD1)[^\p{L}\p{N}\s]))(?:${NAMES})(?=[^\p{L}\p{N}\s"'\\])`,
  'gu',
)
const LINE_END = /[\r\n\v]/g
const CLOSING = /(?:\\[rn]|\\x0[dD]|<[cC][rR]>|["'`\s])+$/
/** Without a header only a patient's segment tells a message from a table. */
const HEADLESS = /^PID\|\d{0,4}\|(?=[^\r\n]{0,2000}\^)(?:[^|\r\n]{0,300}\|){3}/

/** HL7 v2 messages, whole, in parts, several, and inside of prose: by segment and field, with their own separators. */
export function readHl7(text: string): readonly Region[] {
  if (!mayHold(text)) return []
  const starts = startsOf(text)
  const found: Region[] = []
  let separators: Separators | undefined
  let line = -1
  for (const [index, start] of starts.entries()) {
    // Searched for once a line: where all segments stand on one, each search would go to its end.
    if (line < start) line = lineEnd(text, start)
    const end = endOf(text, start, Math.min(line, starts[index + 1] ?? text.length))
    const segment = text.slice(start, end)
    const header = /^(?:MSH|FHS|BHS)/.test(segment) ? declared(segment) : undefined
    separators = header ?? separators ?? (HEADLESS.test(segment) ? USUAL : undefined)
    if (separators === undefined || segment.charAt(3) !== separators.field) continue
    found.push({ start, end, cells: cellsOf(segment, start, separators) })
  }
  return found
}

function mayHold(text: string): boolean {
  return ['MSH', 'PID', 'FHS', 'BHS'].some((name) => text.includes(name))
}

function startsOf(text: string): readonly number[] {
  const starts: number[] = []
  BEGIN.lastIndex = 0
  for (let match = BEGIN.exec(text); match !== null; match = BEGIN.exec(text)) {
    starts.push(match.index)
    BEGIN.lastIndex = match.index + 3
  }
  return starts
}

function lineEnd(text: string, start: number): number {
  LINE_END.lastIndex = start
  return LINE_END.exec(text)?.index ?? text.length
}

/** A segment ends with its line, or where the next one begins; what closes it is no part of it. */
function endOf(text: string, start: number, end: number): number {
  const tail = Math.max(start, end - 40)
  return end - (CLOSING.exec(text.slice(tail, end))?.[0].length ?? 0)
}

/** MSH-1 and MSH-2. The ampersand may be written as XML writes it. */
function declared(segment: string): Separators | undefined {
  const field = segment.charAt(3)
  const encoding = segment.slice(4, segment.indexOf(field, 4)).replace('&amp;', '&')
  const [component = '', repetition = '', , subcomponent = '&'] = encoding.replace('\\\\', '\\')
  const all = [field, component, repetition, subcomponent]
  const distinct = new Set(all).size === all.length && !all.includes('')
  return distinct ? { field, component, repetition, subcomponent } : undefined
}

function cellsOf(segment: string, base: number, separators: Separators): readonly Cell[] {
  const name = segment.slice(0, 3)
  const fields = HL7_FIELDS.get(name)
  const isHeader = name === 'MSH' || name === 'FHS' || name === 'BHS'
  const ranges = split(segment, { start: 0, end: segment.length }, separators.field)
  const cells: Cell[] = []
  for (const [index, range] of ranges.entries()) {
    // MSH-1 is the separator itself, MSH-2 declares the others.
    const number = isHeader ? index + 1 : index
    if (index === 0 || range.end <= range.start || (isHeader && number === 2)) continue
    const field = fieldOf(name, number, fields?.get(number), segment, ranges)
    for (const one of split(segment, range, separators.repetition)) {
      cells.push(...cellsOfRepetition(takenApart(segment, one, separators), field))
    }
  }
  return cells.map((cell) => placed(segment, cell, base))
}

/** The cell at its place in the text; what is read as text is read without escapes. */
function placed(segment: string, cell: Cell, base: number): Cell {
  const start = cell.start + base
  const end = cell.end + base
  const raw = segment.slice(cell.start, cell.end)
  const isText = cell.label === undefined && cell.plain !== true
  if (!isText || !raw.includes('\\')) return { ...cell, start, end }
  return { ...cell, start, end, inner: movedBy(unescapeHl7(raw), start) }
}

function fieldOf(
  name: string,
  number: number,
  field: Hl7Field | undefined,
  segment: string,
  ranges: readonly Range[],
): Hl7Field | undefined {
  if (name !== 'OBX' || number !== 5 || field === undefined) return field
  const kind = ranges[2]
  const type =
    kind === undefined ? undefined : typeOfObservation(segment.slice(kind.start, kind.end))
  return type === undefined ? undefined : { ...field, type, who: 'unknown' }
}

function takenApart(text: string, range: Range, separators: Separators): Repetition {
  const components = split(text, range, separators.component).map((component) =>
    split(text, component, separators.subcomponent),
  )
  return { text, components }
}

/** MUST not look beyond the range: a search to the end of the segment for each field would be quadratic. */
function split(text: string, { start, end }: Range, separator: string): readonly Range[] {
  const code = separator.charCodeAt(0)
  const parts: Range[] = []
  let from = start
  for (let at = start; at < end; at += 1) {
    if (text.charCodeAt(at) !== code) continue
    parts.push({ start: from, end: at })
    from = at + 1
  }
  parts.push({ start: from, end })
  return parts
}
