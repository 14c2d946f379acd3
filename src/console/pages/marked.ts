import { html, type Content, type Html } from './html.ts'

/**
 * What masking left: `[TYPE_DIGEST]`, for names one digest a part, `[TYPE_HINT_DIGEST]`, a keyed hash of 26, and `[TYPE]`
 * (the grammar of mask/placeholder.ts).
 */
const MASKED = /\[([A-Z][A-Z0-9_]*?)(_[0-9A-HJKMNP-TV-Z]{7,26}(?:\.[0-9A-HJKMNP-TV-Z]{7,13})*)?\]/g

/**
 * Text with what was masked in it marked.
 * @param types entity types that were found: `[TODO]` is no mask where there is no type of that name
 */
export function marked(text: string, types: ReadonlySet<string>): Html {
  const parts: Content[] = []
  let at = 0
  for (const match of text.matchAll(MASKED)) {
    const [whole, name = '', digest] = match
    if (digest === undefined && !types.has(name)) continue
    parts.push(text.slice(at, match.index), html`<mark>${whole}</mark>`)
    at = match.index + whole.length
  }
  parts.push(text.slice(at))
  return html`${parts}`
}
