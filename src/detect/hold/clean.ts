import { placeholderRanges } from '../normalise/index.ts'

/** Longer words are no words of a language. */
const LONGEST_WORD = 40
const EDGE = String.raw`["'“”‘’«»()[\]*_${'`'}#>|.,;:!?…\-–—•]*`
const WORD = String.raw`\p{L}[\p{L}\p{M}]*(?:['’\-–—‑][\p{L}\p{M}]+)*`
const CLEAN = new RegExp(`^${EDGE}(?:${WORD})?${EDGE}$`, 'u')

/**
 * Whether a word, between white space, is letters and the punctuation around them, so that no number, address or other
 * identifier can stand in it. What masking wrote counts as nothing.
 */
export function isClean(word: string): boolean {
  const bare = word.includes('[') ? withoutPlaceholders(word) : word
  return bare.length <= LONGEST_WORD && CLEAN.test(bare)
}

function withoutPlaceholders(word: string): string {
  let bare = ''
  let at = 0
  for (const { start, end } of placeholderRanges(word)) {
    bare += word.slice(at, start)
    at = end
  }
  return bare + word.slice(at)
}
