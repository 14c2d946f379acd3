import { foldWord } from '../fold.ts'
import { isStopWord } from '../words.ts'
import { isEponymWord, isMedicalWord } from './medical-words.ts'
import type { Span } from './spans.ts'

/** Names after which things are named, but which very many people have. */
const WIDESPREAD = new Set(
  'adams anderson baker bell bennett brown bruce bush clark down edwards evans frank gardner graves gray harris henry hill holmes howell jacob jones johnson lewis louis marcus marshall mayo miller montgomery murphy nelson patrick paul pierre ramsay reed ross russell simpson smith stevens terry thomas thompson turner vincent watson williams wilson winter wood wright boston vancouver montreal toronto minnesota edinburgh glasgow denver geneva norwalk bethesda stanford cornell nottingham bristol ottawa amsterdam berlin poland perth leiden'.split(
    ' ',
  ),
)
const TITLE_BEFORE = /(?:^|[^\p{L}])(?:drs?|mrs?|ms|miss|prof|professor|doctor|nurse|patient|pt)\.? {0,2}$/iu
const PLACE_WORD =
  /(?:^|[^\p{L}])(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|way|square|terrace|highway|hwy|parkway|pkwy|box|apt|apartment|suite|unit|floor|flat|room|zip|address|adres\p{L}*|indirizzo|direcci\p{L}*|from|in|at|to|near|lives?|resid\p{L}*|city|town|route|plaza|corner)(?![\p{L}])/iu
const LONG_WORD = /\p{L}{4,}/gu

/** Whether a span is a term of medicine or a value after all. */
export function isVetoed(text: string, span: Span): boolean {
  const inside = text.slice(span.start, span.end)
  const before = text.slice(Math.max(0, span.start - 16), span.start)
  if (span.words === 1) return isTerm(inside, before)
  return span.type === 'LOCATION' && /\d/.test(inside) && !isAddress(inside, before)
}

/** One word alone that is a term of medicine, or an ordinary one that nobody is called. */
function isTerm(word: string, before: string): boolean {
  if (/\d/.test(word)) return !PLACE_WORD.test(before)
  if (TITLE_BEFORE.test(before)) return false
  const folded = foldWord(word)
  return (
    isMedicalWord(folded) ||
    isStopWord(folded) ||
    (isEponymWord(folded) && !WIDESPREAD.has(folded))
  )
}

/** An address has a word for a street, stands behind "lives at", or has a name and a house number or postcode. */
function isAddress(inside: string, before: string): boolean {
  if (PLACE_WORD.test(inside) || PLACE_WORD.test(before)) return true
  const named = (inside.match(LONG_WORD) ?? []).some((word) => !isMedicalWord(foldWord(word)))
  return named && /\d{2}/.test(inside)
}
