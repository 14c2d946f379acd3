import { cellsFor } from './documents.ts'
import { fhirMarks } from './fhir.ts'
import { markHtmlTables } from './html-table.ts'
import type { Cell, Range, Region } from './region.ts'
import type { Branch, Member, Node } from './tree.ts'
import { movedBy, unescapeXml } from './unescape.ts'

const TAG = /<(\/?)([A-Za-z_][\w.:-]{0,99})/g
const ATTRIBUTE = /\s{1,200}([A-Za-z_][\w.:-]{0,99})\s{0,20}=\s{0,20}(?:"([^"<]*)"|'([^'<]*)')/y
const TAG_END = /\s{0,200}(\/?)>/y
const MAX_DEPTH = 200
/** Elements of HTML that have no end tag. */
const VOID = new Set(['br', 'hr', 'img', 'input', 'meta', 'link', 'col', 'wbr'])

const NAMESPACE = /^(?:xmlns|schemaLocation|noNamespaceSchemaLocation)$/

interface Open {
  readonly name: string
  readonly branch: Branch
  /** Whether an element stands in it. */
  nested: boolean
}

interface Reading {
  readonly text: string
  readonly cells: Range[]
  /** Numbers of cells that name a namespace. */
  readonly plain: Set<number>
  readonly stack: Open[]
  readonly roots: Branch
}

/** XML and HTML, alone or inside of prose: every text and every attribute's value is a cell. Linear. */
export function readXml(text: string): readonly Region[] {
  if (!text.includes('</') && !text.includes('/>')) return []
  const reading: Reading = {
    text,
    cells: [],
    plain: new Set(),
    stack: [],
    roots: { kind: 'object', members: [] },
  }
  let start = -1
  let end = -1
  TAG.lastIndex = 0
  for (let match = TAG.exec(text); match !== null; match = TAG.exec(text)) {
    const [whole, slash, full = ''] = match
    const name = localName(full)
    const attributes = slash === '' ? attributesAt(text, match.index + whole.length) : undefined
    const from = attributes?.end ?? match.index + whole.length
    TAG_END.lastIndex = from
    const closing = TAG_END.exec(text)
    TAG.lastIndex = closing === null ? from : TAG_END.lastIndex
    if (closing === null) continue
    if (start < 0) start = match.index
    else addText(reading, end, match.index)
    if (slash === '') open(reading, name, attributes?.list ?? [], closing[1] === '/')
    else close(reading, name)
    end = TAG.lastIndex
  }
  return start < 0 ? [] : [{ start, end, cells: labelledCells(reading) }]
}

interface Attribute extends Range {
  readonly name: string
}

function attributesAt(text: string, from: number) {
  const list: Attribute[] = []
  let end = from
  ATTRIBUTE.lastIndex = from
  for (let match = ATTRIBUTE.exec(text); match !== null; match = ATTRIBUTE.exec(text)) {
    end = ATTRIBUTE.lastIndex
    const length = (match[2] ?? match[3] ?? '').length
    const full = match[1] ?? ''
    const name = full.startsWith('xmlns') ? 'xmlns' : localName(full)
    list.push({ name, start: end - 1 - length, end: end - 1 })
  }
  return { list, end }
}

/** The name without its namespace's prefix. */
function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1)
}

function leafAt({ text, cells }: Reading, start: number, end: number): Node {
  cells.push({ start, end })
  const raw = text.slice(start, end)
  const value = raw.includes('&') ? unescapeXml(raw).text : raw
  return { kind: 'leaf', value, id: cells.length - 1 }
}

function addText(reading: Reading, start: number, end: number): void {
  if (end <= start || reading.text.slice(start, end).trim() === '') return
  const parent = reading.stack.at(-1)?.branch ?? reading.roots
  parent.members.push({ key: '#text', value: leafAt(reading, start, end) })
}

function open(
  reading: Reading,
  name: string,
  attributes: readonly Attribute[],
  closed: boolean,
): void {
  const branch: Branch = { kind: 'object', members: [] }
  for (const one of attributes) {
    if (NAMESPACE.test(one.name)) reading.plain.add(reading.cells.length)
    branch.members.push({ key: one.name, value: leafAt(reading, one.start, one.end) })
  }
  const parent = reading.stack.at(-1)
  if (parent !== undefined) parent.nested = true
  const element: Open = { name, branch, nested: false }
  if (closed || VOID.has(name) || reading.stack.length >= MAX_DEPTH) put(reading, element)
  else reading.stack.push(element)
}

/** Closes the element of that name, and those in it that were never closed; an end without a beginning is nothing. */
function close(reading: Reading, name: string): void {
  const { stack } = reading
  const from = Math.max(0, stack.length - 4)
  for (let at = stack.length - 1; at >= from; at -= 1) {
    if (stack[at]?.name !== name) continue
    while (stack.length > at) {
      const element = stack.pop()
      if (element !== undefined) put(reading, element)
    }
    return
  }
}

/** Into its parent: as a value where it holds nothing but a text or, as FHIR and C-CDA write it, the attribute "value". */
function put({ stack, roots }: Reading, { name, branch, nested }: Open): void {
  const texts = branch.members.filter(({ key }) => key === '#text')
  const value = branch.members.find(({ key }) => key === 'value')
  const only = nested ? undefined : (value ?? (texts.length === 1 ? texts[0] : undefined))
  const member: Member = { key: name, value: only?.value ?? branch }
  const parent = stack.at(-1)?.branch ?? roots
  parent.members.push(member)
}

function labelledCells(reading: Reading): readonly Cell[] {
  while (reading.stack.length > 0) {
    const element = reading.stack.pop()
    if (element !== undefined) put(reading, element)
  }
  const root = merged(reading.roots, 0)
  const marks = fhirMarks(root)
  markHtmlTables(root, marks)
  return reading.cells
    .flatMap((range, id) => {
      const raw = reading.text.slice(range.start, range.end)
      const inner = raw.includes('&') ? movedBy(unescapeXml(raw), range.start) : undefined
      return cellsFor(range, inner, reading.plain.has(id) ? { plain: true } : marks.get(id))
    })
    .toSorted((a, b) => a.start - b.start)
}

/** Elements of one name side by side are a list. */
function merged(node: Node, depth: number): Node {
  if (node.kind !== 'object' || depth > MAX_DEPTH) return node
  const byKey = new Map<string, Node[]>()
  for (const { key, value } of node.members) {
    const list = byKey.get(key) ?? []
    list.push(merged(value, depth + 1))
    byKey.set(key, list)
  }
  const members = [...byKey].map(([key, items]): Member => {
    const [only] = items
    return {
      key,
      value: items.length === 1 && only !== undefined ? only : { kind: 'array', items },
    }
  })
  return { kind: 'object', members }
}
