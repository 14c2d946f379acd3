import { foldWord } from '../fold.ts'
import { COUNTRIES } from '../lists/countries.ts'
import { STATES } from '../lists/states.ts'
import {
  HEADS_BEFORE,
  LEGAL,
  NAMESAKES,
  PRODUCTS,
  PRODUCTS_ELSEWHERE,
  TONGUES,
  TOOLS,
} from '../lists/terms.ts'
import { isNamedAfter, isScale } from '../named-after.ts'
import { AMBIGUOUS, isStopWord } from '../words.ts'
import { isCommonWord } from './common-words.ts'
import { isEnglishWord } from './english-words.ts'
import { isEponymWord, isMedicalWord } from './medical-words.ts'
import {
  contentsOf,
  HAS_CAPITAL,
  HAS_CELL_END,
  HAS_DIGIT,
  HAS_DOT,
  HAS_FOREIGN,
  HAS_SMALL,
} from './contents.ts'
import type { Span } from './spans.ts'

/** Known without having been trained with. */
const LISTED = new Set([
  ...PRODUCTS,
  ...PRODUCTS_ELSEWHERE,
  ...NAMESAKES,
  ...TONGUES,
  ...LEGAL,
  ...TOOLS,
  ...HEADS_BEFORE,
])
const HEADS = new Set(HEADS_BEFORE)
/** Between "maladie" and "Crohn", and no name by themselves. */
const BETWEEN = new Set([
  'de',
  'del',
  'della',
  'di',
  'do',
  'da',
  'du',
  'd',
  'von',
  'van',
  'la',
  'l',
])
/** Names after which things are named, but which very many people have, or places of that name. */
const WIDESPREAD = new Set(
  `adams anderson baker bell bennett brown bruce bush clark down edwards evans frank gardner graves gray harris henry hill holmes
  howell jacob jones johnson lewis louis marcus marshall mayo miller montgomery murphy nelson patrick paul pierre ramsay reed ross
  russell simpson smith stevens terry thomas thompson turner vincent watson williams wilson winter wood wright boston vancouver
  montreal toronto minnesota edinburgh glasgow denver geneva norwalk bethesda stanford cornell nottingham bristol ottawa amsterdam
  berlin poland perth leiden`.split(/\s+/),
)
const TITLE_BEFORE =
  /(?:^|[^\p{L}])(?:drs?|mrs?|ms|miss|prof|professor|doctor|nurse|patient|pt)\.? {0,2}$/iu
const STREET =
  /(?:^|[^\p{L}])(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|way|square|terrace|highway|hwy|parkway|pkwy|box|apt|apartment|suite|unit|floor|flat|room|zip|address|route|plaza|corner|county)(?![\p{L}])/iu
const LEADS_TO_PLACE =
  /(?:^|[^\p{L}])(?:at|to|in|from|near|on|lives?|resid\p{L}*|address|adres\p{L}*|indirizzo|direcci\p{L}*|city|town|zip|location|home)(?: is|:|:? ?\n)?[\s"']{1,3}$/iu
/** "a Critical Access Hospital": what regulations speak of, not one of them. */
const KIND_OF_HOUSE =
  /^(?:(?:an?|the) )?(?:(?:federally|qualified|critical|access|ambulatory|accountable|skilled|nursing|assisted|living|long-term|acute|inpatient|outpatient|accredited|certified|designated|tertiary|academic|safety-net|rural|care|health|medical|surgery|rehabilitation) )+(?:hospital|center|centre|clinic|facility|home|organization)s?$/i
const JOURNAL = /(?:^|[\s’'])(?:Journal|Annals|Archives|Proceedings|Bulletin) (?:of|for|in) /u
const LEADS_TO_HOUSE =
  /(?:^|[^\p{L}])(?:by|with|the|of|via|our|@|outside|transfer(?:red)?|referred|calls?|called|saw|seen|visit(?:ed)?)[\s"'@(]{1,3}$/iu
const SMALL_CUE =
  /(?:^|[^\p{L}])(?:named?|called|patient|pt|client|dr|mr|mrs|ms|wife|husband|mother|father|mom|dad|son|daughter|dtr|brother|sister|friend|by|with|for|is|user|caller)[\s.,:(]{1,3}$/iu
/** Letters and digits by turns: a digest, a key. */
const DIGEST = /(?:\d+[a-z]+){2}|(?:[a-z]+\d+){3}/iu
/** Characters of Chinese and Japanese sentences, and of none of their names and places: particles, pronouns, what is asked and taken. */
const EASTERN_SENTENCE =
  /[的了吗嗎么麼您你我他她这這是请請药藥剂劑症疗療]|[をへがはでに]|[\u3041-\u3096]{4}|입니|습니|에서|까\?/u
/** A full address of a flat in a town has about a dozen. */
const MOST_WORDS = 16
/** Don Juan Carlos de la Cruz y Vega has eight. */
const LONGEST_NAME = 8
/** deviceIdentifier: the name of a member of an object. */
const MEMBER = /^\p{Ll}{3,}\p{Lu}\p{Ll}/u
/** CLAUDE.md, Makefile.am: what is called so is a file. */
const FILE_END = /^\.[a-z]{1,5}(?![\p{L}\p{N}])/u
const WORDS = /\p{L}+/gu
/** A house number before a name, or a postcode: four digits and more, or groups of letters and digits. */
const HOUSE_OR_POSTCODE =
  /^\d{1,5}[A-Za-z]?,? \p{L}{3}|(?<![\d.])\d{4,6}(?![\d.]| ?(?:mg|ml|mcg|units))|\p{L}{4} \d{1,3}[a-z]?(?:,|\n|$)/u

/** "She has Graves": what somebody has is no person. */
const SUFFERED = /(?<!\p{L})(?:has|had|have|h\/o|hx of|hx|r\/o|known|possible|likely) {1,2}$/iu
const BESIDE = /(\p{L}{4,})(?:,? (?:or|vs\.?|versus|and)| ?\/|,) {0,2}$/iu
const JOINED = /,? (?:and|or|&) |, ?|\//
/** The others are names of people and towns as well. */
const TWO_WORD_STATES = new Set(STATES.filter((name) => name.includes(' ') && name !== 'New York'))
const BEGINS_STATE = new RegExp(`^(?:${[...TWO_WORD_STATES].join('|')})`)
const TOWN_BEFORE = /(?:,|(?<!\p{L})\p{Lu}[\p{L}\p{M}'-]*) {1,2}$/u
/** People are called so as well. */
const GIVEN_COUNTRIES = new Set(['jordan', 'georgia', 'chad', 'israel', 'kenya', 'india'])
const WHOLE_COUNTRIES = new Set(COUNTRIES.map((name) => name.toLowerCase()))

/** Whether a span is a term of medicine or a value after all. */
export function isVetoed(text: string, span: Span): boolean {
  const inside = text.slice(span.start, span.end)
  const before = text.slice(Math.max(0, span.start - 16), span.start)
  const contents = contentsOf(inside)
  const has = (kinds: number): boolean => (contents & kinds) !== 0
  // Two cells of a table; half a surrogate pair; a file name or a member of an object.
  if (has(HAS_CELL_END)) return true
  if (!has(HAS_CAPITAL | HAS_SMALL | HAS_DIGIT) && !/[\p{L}\p{N}]/u.test(inside)) return true
  if (has(HAS_DOT) && /\p{Ll}\.\p{Ll}/u.test(inside)) return true
  if (span.words === 1 && FILE_END.test(text.slice(span.end, span.end + 8))) return true
  if (span.words > (span.type === 'PERSON' ? LONGEST_NAME : MOST_WORDS)) return true
  if (span.words === 1 && MEMBER.test(inside)) return true
  if (has(HAS_DIGIT) && DIGEST.test(inside)) return true
  if (text.charAt(span.end) === '@' || before.endsWith('@')) return true
  if (span.type !== 'FACILITY' && isCountry(inside.toLowerCase(), span.type)) return true
  if (span.type === 'LOCATION' && isOfStates(text, span, inside)) return true
  if (has(HAS_FOREIGN) && EASTERN_SENTENCE.test(inside)) return true
  if (TITLE_BEFORE.test(before)) return false
  // "ISA*00*", "PV1|": where a segment of a message begins stands its name.
  if (
    span.words === 1 &&
    /^\p{Lu}[\p{Lu}\d]{1,2}$/u.test(inside) &&
    /[*|^~]/.test(text.charAt(span.end))
  )
    return true
  // "Signed AMA": against medical advice.
  if (inside === 'AMA' && /(?:left|leaves?|signed(?: out)?|out) $/i.test(before)) return true
  // An initial alone is a unit or a variable.
  if (span.type === 'PERSON' && /^[A-Za-z]$/.test(inside)) return true
  if (span.words === 1 && isEponymWord(foldWord(inside))) {
    if (SUFFERED.test(before) || isBesideDisease(text, span)) return true
  }
  // "ANA/Ro/La": what is tested.
  if (span.words === 1 && inside.length < 3 && before.endsWith('/')) return true
  const words = (inside.match(WORDS) ?? []).map(foldWord).filter((word) => word.length > 1)
  const term = span.type === 'FACILITY' ? isMedicalTerm : isTerm
  const telling = words.filter((word) => !BETWEEN.has(word))
  if (telling.length > 0 && telling.every(term)) return true
  if (isHeaded(words, telling)) return true
  if (span.type === 'PERSON' && words.length > 1 && words.every(isOrdinary)) return true
  if (!has(HAS_CAPITAL | HAS_DIGIT) && isSmall(text, span, inside, words)) return true
  if (isThing(text, span, before)) return true
  if (!has(HAS_DIGIT)) return false
  if (span.type === 'LOCATION' && isQuantity(inside)) return true
  if (span.words === 1) return !LEADS_TO_PLACE.test(before)
  return span.type === 'LOCATION' && !isAddress(inside, before, words)
}

function isCountry(folded: string, type: Span['type']): boolean {
  return WHOLE_COUNTRIES.has(folded) && (type === 'LOCATION' || !GIVEN_COUNTRIES.has(folded))
}

/** "thyroiditis or Graves": whose name stands by another disease is the one after whom a disease is named. */
function isBesideDisease(text: string, { start }: Span): boolean {
  const word = BESIDE.exec(text.slice(Math.max(0, start - 40), start))?.[1]
  return word !== undefined && isMedicalWord(foldWord(word))
}

/** What is called after somebody or a town, a figure of a scale, an abbreviation that nobody goes to. */
function isThing(text: string, { end, start, type, words }: Span, before: string): boolean {
  if (type === 'PERSON') return isNamedAfter(text, end)
  if (LEADS_TO_PLACE.test(before)) return false
  if (type === 'LOCATION') {
    return isNamedAfter(text, end) || isScale(text, end) || isValue(text.slice(start, end))
  }
  const inside = text.slice(start, end)
  if (KIND_OF_HOUSE.test(inside) || JOURNAL.test(inside)) return true
  return words === 1 && /^\p{Lu}{2,4}$/u.test(inside) && !LEADS_TO_HOUSE.test(before)
}

/** "anti-La", "modifier JZ", "West Haven II", "Lugano PD; ABVD": what is measured, not where. */
function isValue(inside: string): boolean {
  if (/[→;=<>+%]|^(?:anti|non|pre|post|intra|peri)-/i.test(inside)) return true
  if (STREET.test(inside)) return false
  return /\p{L} (?:[IVX]{2,4}|\d)$/u.test(inside) || /^(?:\p{Ll}+ )+\p{Lu}{1,3}$/u.test(inside)
}

/** "North Carolina and South Dakota": larger than what identifies, unless a town or an address goes before. */
function isOfStates(text: string, { start }: Span, inside: string): boolean {
  if (!BEGINS_STATE.test(inside) || !inside.split(JOINED).every((one) => TWO_WORD_STATES.has(one)))
    return false
  return !TOWN_BEFORE.test(text.slice(Math.max(0, start - 24), start))
}

/** "8 wks", "22 C", "7f45 4c46": numbers with nothing behind them that could be called a place. */
function isQuantity(inside: string): boolean {
  if (/(?<!\d)\d{5}(?!\d)/.test(inside)) return false
  return (inside.match(WORDS) ?? []).every((word) => word.length < 4)
}

/** "knee replacement" among words with capitals: names typed small stand in texts that are typed small. */
function isSmall(text: string, span: Span, inside: string, words: readonly string[]): boolean {
  if (/[\p{Lu}\p{Lo}\d]/u.test(inside)) return false
  const around = text.slice(Math.max(0, span.start - 200), span.end + 80)
  const before = text.slice(Math.max(0, span.start - 16), span.start)
  if (!/\p{Lu}/u.test(around)) return false
  if (span.type !== 'PERSON' || !SMALL_CUE.test(before)) return true
  return words.some((word) => isTerm(word) || isCommonWord(word))
}

/** "To Be Determined": a word that nobody is called. */
function isOrdinary(folded: string): boolean {
  return (isCommonWord(folded) || isEnglishWord(folded)) && !AMBIGUOUS.has(folded)
}

/** "Escala de Glasgow": what is called after anybody or anything, with the word for it in front. */
function isHeaded(words: readonly string[], [head = '', ...rest]: readonly string[]): boolean {
  return HEADS.has(head) && rest.length + 1 < words.length && rest.every(isEponymWord)
}

/** A term of medicine, or an ordinary word that nobody is called. "Memorial Hospital" is made of those. */
function isTerm(folded: string): boolean {
  return isMedicalTerm(folded) || isStopWord(folded)
}

function isMedicalTerm(folded: string): boolean {
  return (
    isMedicalWord(folded) || LISTED.has(folded) || (isEponymWord(folded) && !WIDESPREAD.has(folded))
  )
}

/** "2026-01,North,12", and lines parted by commas without a blank: rows of data, never an address. */
const ROW = /^\d{4}-\d\d(?!\d)|,[^\s,][^\n]*\n[^\n]*,[^\s,]/

/** An address has a word for a street, stands behind "lives at", or is a name with a house number or postcode. */
function isAddress(inside: string, before: string, words: readonly string[]): boolean {
  if (ROW.test(inside)) return false
  if (STREET.test(inside) || LEADS_TO_PLACE.test(before)) return true
  if (/\d\.\d|[%/<>+=]/.test(inside)) return false
  const terms = words.filter((word) => isMedicalWord(word) || isEponymWord(word)).length
  return terms * 3 < words.length && HOUSE_OR_POSTCODE.test(inside)
}
