import { isMaskable } from '../domain/index.ts'
import { applyEdits, liftEdits, type Edit } from './edit.ts'
import { member } from './json.ts'
import type { TextDocument } from './document.ts'
import type { LocatedSegment, Uninspectable } from './walk.ts'

/** Replaces a part of a segment's text. Offsets in UTF-16 code units of that text. */
export interface Replacement {
  readonly segment: LocatedSegment
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Puts a text block in the place of a source that cannot be read. */
export interface Withholding {
  readonly source: Uninspectable
  readonly text: string
}

/**
 * The text of the outermost document with the replacements in it (law 5): every other character stays as it was.
 * A number that is masked becomes a string. Text in base64 is encoded again as a whole.
 * @throws Error when a replacement stands where nothing can be replaced (a key, a header, a query parameter)
 */
export function splice(
  document: TextDocument,
  replacements: readonly Replacement[],
  withholdings: readonly Withholding[] = [],
): string {
  const edits = new Map<TextDocument, Edit[]>()
  const blocks = withholdings.map(({ source, text }) => ({
    document: source.document,
    edit: blockEdit(source, text),
  }))
  // What stands in a block that is replaced whole needs no edit of its own.
  const isGone = (of: TextDocument, { start, end }: Edit): boolean =>
    blocks.some((one) => one.document === of && one.edit.start <= start && end <= one.edit.end)
  const add = (to: TextDocument, more: readonly Edit[]): void => {
    const left = more.filter((edit) => !isGone(to, edit))
    const list = edits.get(to)
    if (list === undefined) edits.set(to, left)
    else for (const edit of left) list.push(edit)
  }
  for (const [segment, own] of groupBySegment(replacements)) {
    add(segment.document, editsOf(segment, own))
  }
  for (const { document: of, edit } of blocks) edits.set(of, [...(edits.get(of) ?? []), edit])
  // Innermost first, so that each document is complete before it becomes an edit of the one that holds it.
  const deepest = [...edits.keys()].toSorted((a, b) => depthOf(b) - depthOf(a))
  for (let inner = deepest.shift(); inner !== undefined; inner = deepest.shift()) {
    const holder = inner.holder
    if (holder === undefined) continue
    if (!edits.has(holder.document)) {
      deepest.push(holder.document)
      deepest.sort((a, b) => depthOf(b) - depthOf(a))
    }
    add(holder.document, outerEdits(inner, edits.get(inner) ?? []))
  }
  return applyEdits(document.text, edits.get(document) ?? [])
}

function groupBySegment(replacements: readonly Replacement[]): Map<LocatedSegment, Replacement[]> {
  const groups = new Map<LocatedSegment, Replacement[]>()
  for (const replacement of replacements) {
    const group = groups.get(replacement.segment)
    if (group === undefined) groups.set(replacement.segment, [replacement])
    else group.push(replacement)
  }
  return groups
}

function editsOf(segment: LocatedSegment, replacements: readonly Replacement[]): Edit[] {
  if (!isMaskable(segment.place)) {
    throw new Error(`nothing can be replaced in a ${segment.place}`)
  }
  const node = segment.node
  if (node === undefined) return [...replacements]
  if (node.kind === 'string') return liftEdits(segment.document.text, node.start, replacements)
  const text = applyEdits(segment.text, replacements)
  return [{ start: node.start, end: node.end, text: JSON.stringify(text) }]
}

function outerEdits(inner: TextDocument, edits: readonly Edit[]): Edit[] {
  const holder = inner.holder
  if (holder === undefined) return []
  const { document, node, encoding } = holder
  if (encoding === 'json') return liftEdits(document.text, node.start, edits)
  const encoded = Buffer.from(applyEdits(inner.text, edits), 'utf8').toString('base64')
  return [{ start: node.start, end: node.end, text: JSON.stringify(encoded) }]
}

function depthOf(document: TextDocument): number {
  return document.holder === undefined ? 0 : depthOf(document.holder.document) + 1
}

function blockEdit(source: Uninspectable, text: string): Edit {
  const { block, document } = source
  if (block === undefined) throw new Error('nothing can stand in for this')
  const control = member(block, 'cache_control')
  const kept =
    control === undefined
      ? ''
      : `,"cache_control":${document.text.slice(control.start, control.end)}`
  return {
    start: block.start,
    end: block.end,
    text: `{"type":"text","text":${JSON.stringify(text)}${kept}}`,
  }
}
