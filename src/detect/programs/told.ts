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
/** "Danube, Volta, Mekong": more than a last name before a first one. */
const ENUMERATION = /^[^,\d]+,[^,\d]+,[^,\d]+$/u
/** A number and a name, a kind of street, a state with its ZIP; a house where people are treated. */
const ADDRESS =
  /^\d{1,6}[A-Za-z]?,? \p{Lu}\p{Ll}|\p{Lu}\p{Ll}+ (?:St|Street|Ave|Avenue|Rd|Road|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way)(?!\p{L})|(?:[sS]tra(?:ß|ss)e|stra(?:ß|ss)e) \d|[A-Z]{2} \d{5}(?!\d)|Hospital|Clinic|Medical|Health|Klinik|H[ôo]pital/u
/** A member whose text people write, whatever else the record holds. */
const IN_NOTE =
  /(?:notes?|comments?|remarks?|memo|narrative|complaint|transcript|voicemail)["'\]]{0,2}\s?(?:=>?|:)\s?["'`][^"'`\n]{0,150}$/iu
/** "font-family: Inter, …": what is named after a word for type. */
const TYPEFACE = /font[^\n]{0,120}$/i

/**
 * Whether a guess in what programs write is somebody's name or a place by itself and by what stands right before it:
 * there most words with a capital are names of things, so it takes two that name nothing else, an announcement, or an
 * address.
 */
export function isTold(text: string, one: Finding): boolean {
  const { start, type } = one
  const inside = insideOf(text, one)
  if (inside === undefined) return false
  if (ANNOUNCED.test(text.slice(Math.max(0, start - 20), start))) return true
  if (IN_NOTE.test(text.slice(Math.max(0, start - 180), start))) return true
  if (/\p{Lo}/u.test(inside)) return true
  const words = wordsOf(inside)
  if (words.length < 2 || ENUMERATION.test(inside)) return false
  if (type !== 'PERSON') return ADDRESS.test(inside)
  return (
    words.every((word) => NAME_WORD.test(word) || isInCapitals(inside, word)) &&
    !words.some(isThing)
  )
}

/** Whether it is told by the sentence that it stands in. That takes longer to see. */
export function isToldInSentence(text: string, one: Finding): boolean {
  const inside = insideOf(text, one)
  if (inside === undefined || !/[\p{Lu}\p{Lo}]/u.test(inside)) return false
  return !wordsOf(inside).some(isThing) && isInSentence(text, one)
}

/** What was found; undefined where it can be no name, by its marks or as that of a typeface. */
function insideOf(text: string, { start, end }: Finding): string | undefined {
  const inside = text.slice(start, end)
  if (/[="<>{}()[\];|]|['"](?:, |\n)/.test(inside)) return undefined
  return TYPEFACE.test(text.slice(Math.max(0, start - 130), start)) ? undefined : inside
}

function wordsOf(inside: string): readonly string[] {
  return inside.split(BETWEEN).filter((word) => word !== '')
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
