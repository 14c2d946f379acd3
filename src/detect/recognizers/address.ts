import { matchesOf } from '../matches.ts'
import { isStopWord } from '../names/index.ts'
import { lastGroup, type Hit, type Recognizer } from '../recognizer.ts'
import { apart } from './label.ts'

const STATE =
  'A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]'
const SUFFIX =
  '(?:[Ss]treet|[Ss]t|[Aa]venue|[Aa]ve|[Rr]oad|[Rr]d|[Bb]oulevard|[Bb]lvd|[Ll]ane|[Ll]n|[Dd]rive|[Dd]r|[Cc]ourt|[Cc]t|[Pp]lace|[Pp]l|[Ss]quare|[Ss]q|[Tt]errace|[Tt]er|[Cc]ircle|[Cc]ir|[Pp]arkway|[Pp]kwy|[Hh]ighway|[Hh]wy|[Ww]ay|[Tt]rail|[Tt]rl|[Aa]lley|[Cc]rescent|[Pp]laza|STREET|ST|AVENUE|AVE|ROAD|RD|BLVD|LANE|LN|DRIVE|DR|COURT|CT|PLACE|HWY|WAY)'
const UNIT = String.raw`(?:,? (?:[Aa]pt|[Aa]partment|[Ss]uite|[Ss]te|[Uu]nit|[Ff]loor|APT|STE|UNIT)\.? ?#?[\p{L}\p{N}-]{1,6}|,? #\d{1,5}[A-Z]?)?`
const WORD = String.raw`(?:\p{Lu}[\p{L}\p{M}'.-]{0,20}|\d{1,3}(?:st|nd|rd|th)|de|la|of|the)`
const CITY = String.raw`\p{Lu}[\p{L}\p{M}'.-]{1,20}(?: \p{Lu}[\p{L}\p{M}'.-]{1,20}){0,2}`
const ZIP = String.raw`\d{5}(?:-\d{4})?(?!\d)`
const TAIL = String.raw`(?:,?\s{1,2}${CITY}(?:,? (?:${STATE})(?![\p{L}\p{N}]))?(?:,? ${ZIP})?(?=[\s,.;)"']|$))?`
const STREET = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.$-])\d{1,6}[A-Z]?(?:-\d{1,4})?,? (?:[NSEW]{1,2}\.? )?(?:${WORD} ){1,4}${SUFFIX}(?![\p{L}\p{N}])\.?${UNIT}${TAIL}`,
  'gu',
)
const BOX = new RegExp(String.raw`(?<![\p{L}\p{N}])P\.? ?O\.? Box \d{1,7}${TAIL}`, 'gu')
const CITY_ZIP = new RegExp(
  String.raw`(?<![\p{L}\p{N}'.-])${CITY},? (?:${STATE})\.?,? ${ZIP}`,
  'gu',
)
const ZIP_LABELLED =
  /(?<![\p{L}\p{N}])(?:zip(?: ?code)?|postal ?code|postcode)['"*_]{0,3} ?[:=#|]?["'*_ ]{0,3}(?:is )?(\d{5}(?:-\d{4})?(?!\d)|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?![\p{L}\p{N}])/giu
const LIVES =
  /(?<![\p{L}\p{N}-])(?:(?:lives?|lived|living|resid(?:es|ed|ing)|born|grew up|raised) (?:in|at|near)|resident of|native of|hometown(?: is| of|:)|relocated (?:to|from)) /giu
const PLACE =
  /\p{Lu}[\p{L}\p{M}'-]{2,20}(?: \p{Lu}[\p{L}\p{M}'-]{1,20}){0,2}(?:, (?:\p{Lu}[\p{L}\p{M}]{3,20}|[A-Z]{2})(?![\p{L}\p{N}]))?/uy

/** Street addresses, post boxes, and cities written with state and ZIP. */
export const STREET_ADDRESS: Recognizer = {
  name: 'address',
  type: 'LOCATION',
  needs: 'digit',
  find({ text }) {
    const labelled = matchesOf(text, ZIP_LABELLED).map((match): Hit => {
      const { start, end } = lastGroup(match)
      return { start, end, score: 0.85, basis: 'labelled' }
    })
    return apart([
      ...labelled,
      ...shaped(text, STREET, 0.75),
      ...shaped(text, BOX, 0.85),
      ...shaped(text, CITY_ZIP, 0.8),
    ])
  },
}

function shaped(text: string, pattern: RegExp, score: number): readonly Hit[] {
  return matchesOf(text, pattern).map((match): Hit => ({
    start: match.index,
    end: match.index + match[0].length,
    score,
    // The form checks itself: number, name, kind of street.
    basis: 'cued',
  }))
}

/** Places behind "lives in", "born in", "resident of". */
export const PLACE_BY_CUE: Recognizer = {
  name: 'place-cue',
  type: 'LOCATION',
  needs: 'nothing',
  find: ({ text }) =>
    matchesOf(text, LIVES).flatMap((match): Hit[] => {
      const start = match.index + match[0].length
      PLACE.lastIndex = start
      const place = PLACE.exec(text)?.[0]
      const first = place?.split(' ')[0]?.toLowerCase() ?? ''
      if (place === undefined || isStopWord(first) || MONTH.test(first)) return []
      if (SOFTWARE.test(first) && !place.includes(',')) return []
      return [{ start, end: start + place.length, score: 0.65, basis: 'cued' }]
    }),
}

/** Where code, settings and features live. */
const SOFTWARE = /^(?:claude|anthropic|github|gitlab|docker|kubernetes|slack|postgres|redis)$/
const MONTH =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/
