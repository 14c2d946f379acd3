import { base64Edits, joiningEdits, signEdits } from './digits.ts'
import { edited, inOrder, type Edit } from './edits.ts'
import { escapeEdits } from './escapes.ts'
import { fileNameEdits } from './file-names.ts'
import { letterEdits } from './letters.ts'
import { markupEdits } from './markup.ts'
import { viewFrom, viewOf, type TextView } from './view.ts'

/** So many characters around what was undone are read with it: a label stands no further away. */
const MARGIN = 120
/** Escapes of escapes: "%2531" is "%31" is "1". */
const DEPTH = 3

const ESCAPE = /[\\&%]/
const NOTHING: readonly TextView[] = []

/**
 * What else a text can be read as: its escapes decoded, its parted digits and letters joined, the words of file names apart. Each of these views is a piece of the
 * text around what was undone, so a text in which nothing is hidden costs nothing more.
 */
export function hiddenViews(view: TextView): readonly TextView[] {
  const named = pieces(view, fileNameEdits(view.text))
  if (view.anchors().patterns.length === 0 && !ESCAPE.test(view.text)) return named
  const decoded = decodedViews(view, DEPTH)
  const joined = [view, ...decoded].flatMap((one) =>
    pieces(one, inOrder([...joiningEdits(one), ...letterEdits(one)])),
  )
  return [...named, ...decoded, ...joined]
}

function decodedViews(view: TextView, depth: number): readonly TextView[] {
  if (depth === 0) return NOTHING
  const edits = inOrder([
    ...escapeEdits(view.text),
    ...base64Edits(view),
    ...signEdits(view),
    ...markupEdits(view),
  ])
  const decoded = pieces(view, edits)
  return [...decoded, ...decoded.flatMap((one) => decodedViews(one, depth - 1))]
}

/** The pieces of the text around the edits, with the edits made. */
function pieces(view: TextView, edits: readonly Edit[]): readonly TextView[] {
  if (edits.length === 0) return NOTHING
  const views: TextView[] = []
  for (let first = 0; first < edits.length;) {
    let last = first
    while (near(edits[last], edits[last + 1])) last += 1
    views.push(piece(view, edits.slice(first, last + 1)))
    first = last + 1
  }
  return views
}

function near(edit: Edit | undefined, next: Edit | undefined): boolean {
  return edit !== undefined && next !== undefined && next.start - edit.end < 2 * MARGIN
}

function piece(view: TextView, edits: readonly Edit[]): TextView {
  const { text } = view
  const start = blankBefore(text, (edits[0]?.start ?? 0) - MARGIN)
  const end = blankAfter(text, (edits.at(-1)?.end ?? 0) + MARGIN)
  const moved = edits.map((edit) => ({
    start: edit.start - start,
    end: edit.end - start,
    text: edit.text,
  }))
  const mapped = edited(text.slice(start, end), moved)
  // What was decoded may hold odd characters of its own.
  const plain = viewOf(mapped.text)
  return viewFrom(plain.text, (from, to) => {
    const inner = plain.origin(from, to)
    const middle = mapped.origin(inner.start, inner.end)
    return view.origin(middle.start + start, middle.end + start)
  })
}

/** A piece begins and ends at a blank, so that it does not cut an identifier; a piece of a long word is cut all the same. */
function blankBefore(text: string, at: number): number {
  if (at <= 0) return 0
  for (let n = at; n > at - MARGIN && n > 0; n -= 1) if (text.charCodeAt(n - 1) <= 32) return n
  return codePointEdge(text, at)
}

function blankAfter(text: string, at: number): number {
  if (at >= text.length) return text.length
  for (let n = at; n < at + MARGIN && n < text.length; n += 1)
    if (text.charCodeAt(n) <= 32) return n
  return codePointEdge(text, at)
}

function codePointEdge(text: string, at: number): number {
  const low = text.charCodeAt(at)
  return low >= 0xdc00 && low <= 0xdfff ? at - 1 : at
}
