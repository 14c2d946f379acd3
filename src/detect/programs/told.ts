import type { Finding } from '../../domain/index.ts'
import { AMBIGUOUS, foldWord } from '../names/index.ts'
import { isKnownWord } from '../names/tagger/index.ts'
import { isInSentence } from './passage.ts'
import { isCraftWord } from './signs.ts'

/** Capital and small letters, or a script that has none. */
const NAME_WORD =
  /^(?:\p{Lu}[\p{Ll}\p{M}]+(?:['’-]?\p{Lu}?[\p{Ll}\p{M}]+)*|\p{Lu}['’]\p{Lu}\p{Ll}+|\p{Lo}[\p{Lo}\p{M}]*)$/u
/** What stands between the words of one name: "Roe, Jane", "ROE^JANE", an initial. */
const BETWEEN = /(?:[\s,^_]+|(?<=[\s,^_])\p{Lu}\.?(?=[\s,^_]|$))+/u
const ANNOUNCED =
  /(?:^|[^\p{L}])(?:patients?|pt|client|mr|mrs|ms|miss|dr|doctor|nurse|mother|father|mom|dad|wife|husband|son|daughter|brother|sister|dear|lives? in|born in|living in|resident of)[\s.,:("']{1,3}$/iu
/** A number and a name, a kind of street, a state with its ZIP; a house where people are treated. */
const ADDRESS =
  /^\d{1,6}[A-Za-z]?,? \p{Lu}\p{Ll}|\p{Lu}\p{Ll}+ (?:St|Street|Ave|Avenue|Rd|Road|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way)(?!\p{L})|(?:[sS]tra(?:ß|ss)e|stra(?:ß|ss)e) \d|[A-Z]{2} \d{5}(?!\d)|Hospital|Clinic|Medical|Health|Klinik|H[ôo]pital/u
/** "font-family: Inter, …": what is named after a word for type. */
const TYPEFACE = /font[^\n]{0,120}$/i

/**
 * Whether a guess in what programs write is somebody's name or a place after all: there most words with a capital are
 * names of things, so it takes two that name nothing else, an announcement, or an address.
 */
export function isTold(text: string, { start, end, type }: Finding): boolean {
  const inside = text.slice(start, end)
  if (/[="<>{}()[\];|]|['"](?:, |\n)/.test(inside)) return false
  if (TYPEFACE.test(text.slice(Math.max(0, start - 130), start))) return false
  if (ANNOUNCED.test(text.slice(Math.max(0, start - 20), start))) return true
  const words = inside.split(BETWEEN).filter((word) => word !== '')
  if (/[\p{Lu}\p{Lo}]/u.test(inside) && !words.every(isThing) && isInSentence(text, start, end))
    return true
  if (type !== 'PERSON' && ADDRESS.test(inside) && words.length > 1) return true
  if (/\p{Lo}/u.test(inside)) return true
  if (type !== 'PERSON') return false
  const named = words.filter((word) => NAME_WORD.test(word) || isInCapitals(inside, word))
  return named.length > 1 && named.length === words.length && !words.some(isThing)
}

/** "ROE^JANE": capitals throughout, long enough to be no abbreviations. */
function isInCapitals(inside: string, word: string): boolean {
  return /^\p{Lu}{4,}$/u.test(word) && /[,^]/.test(inside)
}

/** A word that is seldom anybody's name. */
function isThing(word: string): boolean {
  const folded = foldWord(word)
  return isCraftWord(folded) || (isKnownWord(folded) && !AMBIGUOUS.has(folded))
}
