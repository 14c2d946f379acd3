import { anchored, matchesIn } from '../scan/index.ts'
import type { Edit } from './edits.ts'
import type { TextView } from './view.ts'

/** A tag that changes how letters look, or breaks a line, between two of them: "Roe</b>sner", "Ann<br>Lee". */
const TAG = anchored(
  String.raw`<(?:\/?(?:b|i|u|s|em|strong|span|font|mark|small|big|sub|sup|wbr|ins|del|tt|a|br)(?: [^<>]{0,80})?\/?|!--[^<>]{0,80}--)>`,
  'iu',
  { characters: '<' },
)
const LONGEST_WORD = 40
const INSIDE = /[\p{L}\p{N}@._,/<>-]/u
/** Words of which several are marked, each by itself: "*Ann* **Lee**". */
const EMPHASIS = anchored(
  String.raw`\*{1,3}[\p{L}\p{N}][\p{L}\p{N}.,'/-]{0,30}\*{1,3}(?: \*{0,3}[\p{L}\p{N}.,'/-]{1,30}\*{0,3}){0,7} \*{1,3}[\p{L}\p{N}.,'/-]{1,30}\*{1,3}`,
  'u',
  { characters: '*' },
)

/** What shows words otherwise than they are written. */
export function markupEdits(view: TextView): readonly Edit[] {
  const { text } = view
  const edits: Edit[] = []
  // An end stands inside a word, or right behind one that its beginning stood in.
  let open = -Infinity
  for (const { index, 0: tag } of matchesIn(view, TAG)) {
    const end = index + tag.length
    const last = text.charAt(index - 1)
    const isEnd = tag.startsWith('</') && INSIDE.test(last) && index - open < LONGEST_WORD
    if (!isEnd && !(INSIDE.test(last) && INSIDE.test(text.charAt(end)))) continue
    if (!tag.startsWith('</')) open = end
    edits.push({ start: index, end, text: /^<br/i.test(tag) ? gapBefore(text, end) : '' })
  }
  const words = matchesIn(view, EMPHASIS).map(({ index, 0: marked }): Edit => ({
    start: index,
    end: index + marked.length,
    text: marked.replaceAll('*', ''),
  }))
  return [...edits, ...words]
}

/** A line that begins with a label is one of its own. */
function gapBefore(text: string, at: number): string {
  return /^[\p{L} ]{1,16}:/u.test(text.slice(at, at + 18)) ? '\n' : ' '
}
