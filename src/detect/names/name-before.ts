import { foldWord } from './fold.ts'
import { isEnglishWord } from './tagger/english-words.ts'
import type { NameSpan } from './take-name.ts'
import { CALENDAR, isStopWord } from './words.ts'

const WINDOW = 90
const TOKEN =
  /\p{Lu}(?:[\p{L}\p{M}]|['-](?=\p{L})){0,40}\.?|(?:de|la|del|da|van|der|von|bin|al|el)(?= )/gu
const MAX_TOKENS = 4

/** Takes the name that ends at a position: capitalised words side by side, or "LAST, FIRST". */
export function nameBefore(text: string, position: number): NameSpan | undefined {
  const end = /'s$/i.test(text.slice(Math.max(0, position - 2), position)) ? position - 2 : position
  const from = Math.max(0, end - WINDOW)
  const tokens = [...text.slice(from, end).matchAll(TOKEN)].map((match) => ({
    start: from + match.index,
    end: from + match.index + match[0].length,
    text: match[0],
  }))
  let start = end
  let words = 0
  let taken = 0
  for (const token of tokens.toReversed()) {
    const gap = text.slice(token.end, start)
    const comma = gap === ', ' || gap === ','
    if (taken === MAX_TOKENS || !(taken === 0 ? gap === '' : gap === ' ' || comma)) break
    if (comma && (taken > 2 || words !== 1)) break
    if (!isNameToken(text, token.start, token.text)) break
    // "Bystander Roe said": a sentence begins with a capital, too.
    if (taken > 0 && !comma && isOpener(text, token.start, token.text)) break
    start = token.start
    taken += 1
    if (/^\p{Lu}[\p{L}\p{M}'-]+$/u.test(token.text)) words += 1
    if (comma) break
  }
  const first = text.charAt(start)
  return words > 0 && /\p{Lu}|[dvlbae]/u.test(first)
    ? { start, end, words, tokens: taken }
    : undefined
}

function isOpener(text: string, start: number, token: string): boolean {
  return (
    /(?:^|[.!?:;\n] {0,2}|\n)$/.test(text.slice(Math.max(0, start - 3), start)) &&
    isEnglishWord(foldWord(token))
  )
}

function isNameToken(text: string, start: number, token: string): boolean {
  // A dot ends a sentence unless it stands behind an initial.
  if (token.endsWith('.') && token.length > 2) return false
  if (start > 0 && /[\p{L}\p{N}_@/\\.']/u.test(text.charAt(start - 1))) return false
  const folded = foldWord(token.replace('.', ''))
  return !isStopWord(folded) && !CALENDAR.has(folded)
}
