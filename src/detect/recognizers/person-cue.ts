import type { Subtype } from '../../domain/index.ts'
import { foldWord, isNamedAfter, takeName, type NameSpan } from '../names/index.ts'
import { isEponymWord, isKnownWord } from '../names/tagger/index.ts'
import { after, hitsIn, type Hit, type Recognizer } from '../recognizer.ts'
import type { TextView } from '../normalise/index.ts'
import { anchored, anchoredByWords, type Anchored } from '../scan/index.ts'
import { apart } from './label.ts'

const START = String.raw`(?<![\p{L}\p{N}_])`
const JOIN = String.raw`(?: \(| - |\. |,? (?:is |was |named |called |aged? |also known as )?)`
const PATIENT = anchoredByWords(
  START,
  String.raw`patients?|pts?\.?|veteran|my client|the client|inmate|decedent|newborn|toddler|teenager|survivor`,
  JOIN,
)
const KIN = anchoredByWords(
  START,
  String.raw`mother|father|mom|dad|stepmother|stepfather|mother-in-law|father-in-law|wife|husband|spouse|partner|son|daughter|brother|sister|aunt|uncle|grandmother|grandfather|grandson|granddaughter|niece|nephew|cousin|guardian|caregiver|boyfriend|girlfriend|fianc[eé]e?|roommate|neighbou?r|sibling|twin|mum|mam|granny|gran|grandma|grandpa|grandad|stepson|stepdaughter|dtr|hubby|carer`,
  JOIN,
)
/** Of languages whose nouns have no capital: the word with one behind is a name, in the beginning of a sentence too. */
const KIN_ABROAD = anchoredByWords(
  START,
  String.raw`hij[oa]|espos[oa]|mujer|marido|madre|padre|herman[oa]|niet[oa]|yerno|nuera|sobrin[oa]|fille|fils|épou(?:se|x)|mère|père|sœur|frère|figli[ao]|moglie|marito|sorella|fratello|filh[oa]|mãe|irmã|irmão|net[oa]|dotter|datter|sønn|hustru|ektefelle|echtgeno(?:te|ot)|dochter|zoon|moeder|vader|żona|mąż|córka|manželka|dcera|tytär|vaimo`,
  String.raw`,? \(?`,
)
const NAMED = anchoredByWords(
  START,
  String.raw`named|by the name of|goes by|identified as|known as|a\.k\.a\.|introduc(?:es|ed) (?:himself|herself|themselves) as`,
  String.raw` ["']?`,
)
const SELF = anchoredByWords(
  START,
  String.raw`I am|I'm|this is|dear|hi|hello|hey|signed,?|sincerely,?|regards,?`,
  String.raw`[ \n]{1,2}`,
)
/** "Cheers,\nAnneke": a letter ends with the name of who wrote it. */
const SIGNED = anchoredByWords(
  START,
  String.raw`cheers|thanks|thank you|best|best wishes|kind regards|regards|sincerely|yours|faithfully|warmly|respectfully|take care|love|xx`,
  String.raw`[,!.]?\n{1,2}`,
)
/** Age and sex, as they begin a note: "71M Roe Brandvold". */
const AGED = anchored(
  String.raw`(?<![\p{L}\p{N}_./-])\d{1,3} ?(?:yo |y\/o |y\.o\. )?[MF],? (?=\p{Lu}\p{Ll})`,
  'u',
  {
    tokens: [
      { kind: 'mixed', least: 2, most: 5, next: ' ,/' },
      { kind: 'digits', least: 1, most: 3, next: ' ', beyond: ['letter'] },
    ],
    starts: '0123456789',
  },
)
const BEARER =
  /(?:patient|pt|man|woman|male|female|boy|girl|child|infant|baby|person|lady|gentleman|guy|adult|teen|son|daughter|wife|husband|mother|father|brother|sister|friend|nurse|doctor|veteran|y\/?o[mf]?|old|he|she|who|someone|somebody)[ ,]{1,2}(?:is |was |who is |who )?$/i

/** Names that a word for a person announces: "patient John Smith", "daughter Mary", "a woman named Ann Lee". */
export const PERSON_CUE: Recognizer = {
  name: 'person-cue',
  type: 'PERSON',
  needs: 'nothing',
  patterns: [PATIENT, KIN, KIN_ABROAD, AGED, NAMED, SELF, SIGNED],
  find(view) {
    return apart([
      ...announced(view, PATIENT, 'patient'),
      ...announced(view, KIN, 'relative'),
      ...abroad(view),
      ...aged(view),
      ...named(view),
      ...introduced(view),
      ...signed(view),
    ])
  },
}

function announced(view: TextView, cue: Anchored, subtype: Subtype): readonly Hit[] {
  const { text } = view
  return hitsIn(view, cue, (match) => {
    const name = takeName(text, match.index + match[0].length, { max: 3 })
    if (name === undefined || !isTold(text, match[0], name)) return undefined
    if (isDiseaseOf(text, name)) return undefined
    const { start, end, words } = name
    return { start, end, score: words > 1 ? 0.8 : 0.65, basis: 'cued', subtype }
  })
}

/** "Hija Uxía", "moglie Ornella": a word with a capital that is none of the language or of medicine. */
function abroad(view: TextView): readonly Hit[] {
  return hitsIn(view, KIN_ABROAD, (match) => {
    const name = takeName(view.text, match.index + match[0].length, { max: 3 })
    if (name === undefined) return undefined
    const { start, end } = name
    const taken = view.text.slice(start, end)
    const isName = /^\p{Lu}\p{Ll}/u.test(taken) && !isOther(foldWord(taken.split(/[ -]/)[0] ?? ''))
    return isName ? { start, end, score: 0.6, basis: 'cued', subtype: 'relative' } : undefined
  })
}

/** It takes two words that are no words of medicine: "55M Crohn Disease". */
function aged(view: TextView): readonly Hit[] {
  return announced(view, AGED, 'patient').filter(({ start, end }) => {
    const words = view.text.slice(start, end).split(/[^\p{L}\p{M}'’]+/u)
    return words.length > 1 && !words.some((word) => isOther(foldWord(word)))
  })
}

function isOther(word: string): boolean {
  return isKnownWord(word) || isEponymWord(word)
}

/**
 * "patient John" in running text is a name; in a headline every word has a capital ("Patient Portal"), so there it
 * takes two words that name nothing else, and neither may be written in capitals throughout.
 */
function isTold(text: string, cue: string, name: NameSpan): boolean {
  const first = text.slice(name.start, name.start + 2)
  // A dot ends the sentence unless the word before it is short for patient.
  if (cue.endsWith('. ') && (!/^pts?\. /i.test(cue) || (cue.startsWith('p') && name.tokens < 2)))
    return false
  if (/^\p{Lu}{2}/u.test(first) && !/^\p{Lu}{2}/u.test(cue)) return name.words > 1
  // "0.9 MoM, Harmony": the median of many.
  if (/^\p{Lu}\p{Ll}+\p{Lu}/u.test(cue)) return false
  if (/^\p{Ll}/u.test(cue) || name.tokens > 1 || /[(,]/.test(cue)) return true
  // "Pt Mertz resting": a sentence goes on in lower case, where "Pt Education" does not.
  const word = foldWord(text.slice(name.start, name.end))
  return cue.startsWith('Pt ') && /^ \p{Ll}/u.test(after(text, name.end, 2)) && !isKnownWord(word)
}

/** "brother Crohn's", "Sister Mary Joseph nodule": whose disease or sign it is, not who has it. */
function isDiseaseOf(text: string, name: NameSpan): boolean {
  if (isNamedAfter(text, name.end)) return true
  const word = foldWord(text.slice(name.start, name.end))
  return (isKnownWord(word) || isEponymWord(word)) && /^['’]s/.test(after(text, name.end, 2))
}

function named(view: TextView): readonly Hit[] {
  const { text } = view
  return hitsIn(view, NAMED, (match) => {
    const name = takeName(text, match.index + match[0].length, { max: 3 })
    if (name === undefined || !isPlain(text, name)) return undefined
    const bearer = BEARER.test(text.slice(Math.max(0, match.index - 24), match.index))
    if (!bearer && name.words < 2) return undefined
    const { start, end } = name
    return { start, end, score: bearer ? 0.85 : 0.6, basis: 'cued', subtype: 'unknown' }
  })
}

function introduced(view: TextView): readonly Hit[] {
  const { text } = view
  return hitsIn(view, SELF, (match) => {
    const name = takeName(text, match.index + match[0].length, { max: 3 })
    const greeting = /^dear/i.test(match[0])
    if (name === undefined || !isPlain(text, name) || (name.words < 2 && !greeting))
      return undefined
    // "this is Blue Cross calling" ends otherwise than a name does.
    if (
      !greeting &&
      !/^[\s]?[,.!;:\n)]|^$| (?:and|with|from|calling|here)\b/.test(after(text, name.end, 10))
    )
      return undefined
    const { start, end } = name
    return { start, end, score: 0.6, basis: 'cued', subtype: 'unknown' }
  })
}

/** One word is enough where it stands alone on its line, or before a title, and is no other word. */
function signed(view: TextView): readonly Hit[] {
  const { text } = view
  return hitsIn(view, SIGNED, (match) => {
    const name = takeName(text, match.index + match[0].length, { max: 3 })
    if (name === undefined || !/^ {0,2}(?:$|\n|,)/.test(after(text, name.end, 4))) return undefined
    const { start, end } = name
    const words = text.slice(start, end).split(/[^\p{L}\p{M}'’]+/u)
    if (words.some((word) => isOther(foldWord(word)))) return undefined
    return { start, end, score: 0.6, basis: 'cued', subtype: 'unknown' }
  })
}

/** A word with a capital inside is a class or a product ("GetWeather"), unless it is a Mc or De. */
function isPlain(text: string, name: NameSpan): boolean {
  return text
    .slice(name.start, name.end)
    .split(/[ '-]/)
    .every((word) => !/\p{Ll}\p{Lu}/u.test(word.replace(/^(?:Mac|Mc|De|Di|Le|La|Van|Fitz)/, '')))
}
