import { html, type Content, type Html } from './html.ts'

/**
 * What masking left: `[TYPE_DIGEST]`, for names one digest a part, `[TYPE_HINT_DIGEST]`, a keyed hash of 26, and `[TYPE]`
 * (the grammar of mask/placeholder.ts).
 */
const MASKED = /\[([A-Z][A-Z0-9_]*?)(_[0-9A-HJKMNP-TV-Z]{7,26}(?:\.[0-9A-HJKMNP-TV-Z]{7,13})*)?\]/g

/** What is a mask: what a recording says was one, each with what it says of it, or what looks like one. */
export type Marks =
  | { readonly titles: ReadonlyMap<string, string> }
  /** Entity types that were found: `[TODO]` is no mask where there is no type of that name. */
  | { readonly types: ReadonlySet<string> }

/** Text with what was masked in it marked. */
export function marked(text: string, marks: Marks): Html {
  const parts: Content[] = []
  let at = 0
  for (const match of text.matchAll(MASKED)) {
    const mark = markOf(match, marks)
    if (mark === undefined) continue
    parts.push(text.slice(at, match.index), mark)
    at = match.index + match[0].length
  }
  parts.push(text.slice(at))
  return html`${parts}`
}

function markOf([whole, name = '', digest]: RegExpExecArray, marks: Marks): Html | undefined {
  if ('types' in marks) {
    return digest === undefined && !marks.types.has(name) ? undefined : html`<mark>${whole}</mark>`
  }
  const title = marks.titles.get(whole)
  return title === undefined ? undefined : html`<mark title="${title}">${whole}</mark>`
}
