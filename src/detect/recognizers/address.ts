import { COUNTRIES, foldWord, isStopWord, STATES } from '../names/index.ts'
import { isEponymWord, isKnownWord } from '../names/tagger/index.ts'
import type { TextView } from '../normalise/index.ts'
import { hitsIn, lastGroup, type Hit, type Recognizer } from '../recognizer.ts'
import { anchored, firstWords, type Anchored } from '../scan/index.ts'
import { apart } from './label.ts'

const STATE =
  'A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]'
const SUFFIX =
  '(?:[Ss]treet|[Ss]t|[Aa]venue|[Aa]ve|[Rr]oad|[Rr]d|[Bb]oulevard|[Bb]lvd|[Ll]ane|[Ll]n|[Dd]rive|[Dd]r|[Cc]ourt|[Cc]t|[Pp]lace|[Pp]l|[Ss]quare|[Ss]q|[Tt]errace|[Tt]er|[Cc]ircle|[Cc]ir|[Pp]arkway|[Pp]kwy|[Hh]ighway|[Hh]wy|[Ww]ay|[Tt]rail|[Tt]rl|[Aa]lley|[Cc]rescent|[Pp]laza|Close|Grove|Gardens|Mews|Loop|Heights|Crossing|Cove|Turnpike|Pike|Hollow|Ridge|Parade|STREET|ST|AVENUE|AVE|ROAD|RD|BLVD|LANE|LN|DRIVE|DR|COURT|CT|PLACE|HWY|WAY)'
const UNIT = String.raw`(?:,? (?:[Aa]pt|[Aa]partment|[Ss]uite|[Ss]te|[Uu]nit|[Ff]loor|APT|STE|UNIT)\.? ?#?[\p{L}\p{N}-]{1,6}|,? #\d{1,5}[A-Z]?)?`
const WORD = String.raw`(?:\p{Lu}[\p{L}\p{M}'.-]{0,20}|\d{1,3}(?:st|nd|rd|th)|de|la|of|the)`
/** In capitals a sentence looks like the name of a street: "71, WAS SEEN BY DR". */
const SENTENCE =
  '(?:WAS|WERE|IS|ARE|HAS|HAD|HAVE|SEEN|BY|FOR|WITH|FROM|TO|AT|IN|ON|AND|OR|PATIENT|PT)'
/** "75 ML. DR. ROE": a number of these is no house. */
const MEASURE =
  '(?:ML|MG|MCG|CM|MM|CC|KG|FR|UNITS?|MIN|MINUTES?|HOURS?|DAYS?|WEEKS?|MONTHS?|YEARS?)'
const CITY = String.raw`(?:(?:St|Ste|Ft|Mt|Pt)\. )?\p{Lu}[\p{L}\p{M}'-]{1,20}(?: \p{Lu}[\p{L}\p{M}'-]{1,20}){0,2}`
const ZIP = String.raw`\d{5}(?:-\d{4})?(?!\d)`
const TOWN = String.raw`(?!${SENTENCE}(?!\p{L}))${CITY}`
const REGION = String.raw`(?:${STATE})(?![\p{L}\p{N}])`
/** Where no comma parts them, a state or a ZIP must tell the town from the next sentence: "40 Roe Ave. Sign on door". */
const TAIL = String.raw`(?:(?:,\s{1,2}${TOWN}(?:,? ${REGION})?(?:,? ${ZIP})?|\s{1,2}${TOWN}(?:,? ${REGION}(?:,? ${ZIP})?|,? ${ZIP}))(?=[\s,.;)"']|$))?`
const STREET = anchored(
  String.raw`(?<![\p{L}\p{N}_.$/-])\d{1,6}[A-Z]?(?:-\d{1,4})?,? (?!${MEASURE}[. ])(?:(?:blk|block|BLK|BLOCK)(?: (?:of|OF))? )?(?:[NSEW]{1,2}\.? )?(?:(?!${SENTENCE} )${WORD} ){1,4}${SUFFIX}(?![\p{L}\p{N}])\.?${UNIT}${TAIL}`,
  'u',
  {
    tokens: [
      { kind: 'digits', least: 1, most: 6, next: ' ', beyond: ['digit', 'letter'] },
      { kind: 'digits', least: 1, most: 6, next: '-', beyond: ['digit'] },
      { kind: 'digits', least: 1, most: 6, next: ',a', beyond: ['other'] },
    ],
  },
)
/** Typed without capitals; only kinds of streets that are no other word ("a 5 minute drive"). */
const LOWER_STREET = anchored(
  String.raw`(?<![\p{L}\p{N}_.$/-])\d{1,5} (?:[nsew]\.? )?(?:\p{Ll}{3,16}|\d{1,3}(?:st|nd|rd|th))(?: \p{Ll}{3,16})? (?:street|avenue|ave|road|boulevard|blvd|lane)(?![\p{L}\p{N}])`,
  'u',
  { tokens: [{ kind: 'digits', least: 1, most: 5, next: ' ', beyond: ['digit', 'letter'] }] },
)
/** "2240 Rt 12, Box 19", "4410 County Road 7": a house on a road that has a number for a name. */
const ROAD = anchored(
  String.raw`(?<![\p{L}\p{N}_.$/-])(?:\d{3,6} (?:CR|FM|SR|Road|Rd)|\d{2,6} (?:[NSEW]{1,2}\.? )?(?:US |State |County |STATE |COUNTY )?(?:Rt\.?|Rte\.?|Route|Hwy|Highway|RT|RTE|ROUTE|HWY|(?<=y )Road)) \d{1,4}(?:,? Box \d{1,5})?(?![\p{L}\p{N}])${TAIL}`,
  'u',
  { tokens: [{ kind: 'digits', least: 2, most: 6, next: ' ', beyond: ['letter'] }] },
)
const BOX = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:P\.? ?O\.? Box|PO BOX|p\.?o\.? box|PSC \d{1,5},? Box|(?:Unit|CMR) \d{1,5},? Box) \d{1,7}${TAIL}`,
  'u',
  { words: new Set(['p', 'po', 'psc', 'unit', 'cmr']) },
)
/** A military post office, with the code of its state and ZIP. */
const MILITARY = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:APO|FPO|DPO),? (?:AA|AE|AP) \d{5}(?:-\d{4})?(?![\p{L}\p{N}])`,
  'u',
  { words: new Set(['apo', 'fpo', 'dpo']) },
)
const STATE_NAMES = STATES.join('|')
/** Begins at the state; the city before it is looked for from there. */
const STATE_ZIP = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:${STATE}|${STATE_NAMES})\.?,? {1,2}(${ZIP})(?![\p{L}\p{N}])`,
  'u',
  { tokens: [{ kind: 'digits', least: 5, most: 5 }], back: 2 },
)
const LOWER_STATE_ZIP = anchored(
  String.raw`(?<=\p{Ll}, ?)(?:${STATE.toLowerCase()}) (${ZIP})(?![\p{L}\p{N}])`,
  'u',
  { tokens: [{ kind: 'digits', least: 5, most: 5 }], back: 1 },
)
/** A British postcode in full, as Royal Mail forms them; behind a number no ordinal and no hour. */
const POSTCODE = anchored(
  String.raw`(?<![\p{L}\p{N}])[A-Z]{1,2}\d[A-Z\d]? \d(?!ST|ND|RD|TH|HR)[ABD-HJLNP-UW-Z]{2}(?![\p{L}\p{N}])`,
  'u',
  { tokens: [{ kind: 'mixed', least: 2, most: 4, next: ' ', beyond: ['digit'] }], starts: 'A' },
)
/** The town before it, and the house and its street before that. */
const TOWN_BEFORE = new RegExp(
  String.raw`(?<![\p{L}\p{N}'.-])(?:\d{1,4}[A-Za-z]? (?:(?!${SENTENCE} )${WORD} ){0,3}${WORD},?\s{1,2})?${CITY},?\s{1,2}$`,
  'u',
)
const CITY_BEFORE = new RegExp(String.raw`(?<![\p{L}\p{N}'.-])${CITY},? ?$`, 'u')
const LOWER_CITY_BEFORE = /(?<![\p{L}\p{N}'.-])\p{Ll}{3,20}(?: \p{Ll}{3,20})?, ?$/u
const ZIP_LABEL = String.raw`zip(?: ?code)?|postal ?code|postcode`
const ZIP_LABELLED = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:${ZIP_LABEL})['"*_]{0,3} ?[:=#|]?["'*_ ]{0,3}(?:is |of |was )?(\d{5}(?:-\d{4})?(?!\d)|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2})(?![\p{L}\p{N}])`,
  'iu',
  { words: firstWords(ZIP_LABEL) },
)
const LIVES_WORDS = String.raw`(?:lives?|lived|living|resid(?:es|ed|ing)|born|grew up|raised) (?:in|at|near)|resident of|native of|hometown(?: is| of|:)|relocated (?:to|from)`
const LIVES = anchored(String.raw`(?<![\p{L}\p{N}-])(?:${LIVES_WORDS}) `, 'iu', {
  words: firstWords(LIVES_WORDS),
})
const PLACE =
  /\p{Lu}[\p{L}\p{M}'-]{2,20}(?: \p{Lu}[\p{L}\p{M}'-]{1,20}){0,2}(?:, (?:\p{Lu}[\p{L}\p{M}]{3,20}|[A-Z]{2})(?![\p{L}\p{N}]))?/uy

const CAME_WORDS = String.raw`(?:travel(?:ed|led|ing|ling)?|trips?|flew) (?:to|from)|(?:visiting|immigrated|emigrated|commutes|drove|flew in|moved here) from|(?:stationed|ranch|farms?|house|apartment|cabin|clinic) (?:in|near)`
const CAME = anchored(String.raw`(?<![\p{L}\p{N}-])(?:${CAME_WORDS}) (?=\p{Lu}\p{Ll})`, 'iu', {
  words: firstWords(CAME_WORDS),
})

/** Street addresses, post boxes, and cities written with state and ZIP. */
export const STREET_ADDRESS: Recognizer = {
  name: 'address',
  type: 'LOCATION',
  needs: 'digit',
  patterns: [
    STREET,
    LOWER_STREET,
    ROAD,
    BOX,
    MILITARY,
    STATE_ZIP,
    LOWER_STATE_ZIP,
    POSTCODE,
    ZIP_LABELLED,
  ],
  find(view) {
    const labelled = hitsIn(view, ZIP_LABELLED, (match) => {
      const { start, end } = lastGroup(match)
      return { start, end, score: 0.85, basis: 'labelled' }
    })
    return apart([
      ...labelled,
      ...shaped(view, STREET, 0.75),
      ...shaped(view, LOWER_STREET, 0.6),
      ...shaped(view, ROAD, 0.7),
      ...shaped(view, BOX, 0.85),
      ...shaped(view, MILITARY, 0.85),
      ...withCity(view, STATE_ZIP, CITY_BEFORE),
      ...withCity(view, LOWER_STATE_ZIP, LOWER_CITY_BEFORE),
      ...hitsIn(view, POSTCODE, (match) => withTown(view, match)),
    ])
  },
}

function shaped(view: TextView, pattern: Anchored, score: number): readonly Hit[] {
  return hitsIn(view, pattern, (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    score,
    // The form checks itself: number, name, kind of street.
    basis: 'cued',
  }))
}

/** A ZIP behind its state, and the city before it. Without a city it must end a line or a sentence. */
function withCity(view: TextView, pattern: Anchored, city: RegExp): readonly Hit[] {
  return hitsIn(view, pattern, (match) => {
    const end = match.index + match[0].length
    const before = city.exec(view.text.slice(Math.max(0, match.index - 80), match.index))?.[0]
    if (before !== undefined) {
      return { start: match.index - before.length, end, score: 0.8, basis: 'cued' }
    }
    const finished = /^ {0,2}(?:$|[\n\r,.;)"|]|USA?(?!\p{L}))/u.test(view.text.slice(end, end + 5))
    const zip = match.at(-1)?.length ?? 0
    return finished ? { start: end - zip, end, score: 0.6, basis: 'cued' } : undefined
  })
}

/** Without a town before it, it may be a part of anything. */
function withTown({ text }: TextView, { index, 0: postcode }: RegExpExecArray): Hit | undefined {
  const town = TOWN_BEFORE.exec(text.slice(Math.max(0, index - 100), index))?.[0]
  const end = index + postcode.length
  if (town === undefined) return undefined
  return { start: index - town.length, end, score: 0.75, basis: 'cued' }
}

/** Places behind "lives in", "born in", "resident of". */
export const PLACE_BY_CUE: Recognizer = {
  name: 'place-cue',
  type: 'LOCATION',
  needs: 'nothing',
  patterns: [LIVES, CAME],
  find: (view) =>
    apart([...placesBehind(view, LIVES), ...placesBehind(view, CAME).filter(isSmaller(view.text))]),
}

function placesBehind(view: TextView, cue: Anchored): readonly Hit[] {
  return hitsIn(view, cue, (match) => {
    const { text } = view
    const start = match.index + match[0].length
    PLACE.lastIndex = start
    const place = withoutSentence(PLACE.exec(text)?.[0])
    const first = place?.split(' ')[0]?.toLowerCase() ?? ''
    if (place === undefined || isStopWord(first) || MONTH.test(first)) return undefined
    if (SOFTWARE.test(first) && !place.includes(',')) return undefined
    return { start, end: start + place.length, score: 0.65, basis: 'cued' }
  })
}

/** Countries, states and parts of the world stay; so does a word that is one of the language. */
function isSmaller(text: string): (hit: Hit) => boolean {
  return ({ start, end }) => {
    const place = text.slice(start, end)
    if (!/^\p{Lu}\p{Ll}/u.test(place)) return false
    const first = foldWord(place.split(/[ ,]/)[0] ?? '')
    return (
      !LARGE.has(place.toLowerCase()) &&
      !LARGE.has(first) &&
      !isKnownWord(first) &&
      !isEponymWord(first)
    )
  }
}

const LARGE = new Set(
  [
    ...COUNTRIES,
    ...STATES,
    ...'Africa,Asia,Europe,America,Antarctica,Oceania,Southeast,Northeast,Southwest,Northwest,Southern,Northern,Eastern,Western,Central,Middle,Mediterranean,Caribbean,Balkans,Scandinavia,Latin,Sub-Saharan,East,West,North,South,UK,USA,US,Britain,Arctic,Everest,Himalayas,Amazon'.split(
      ',',
    ),
  ].map((name) => name.toLowerCase()),
)

/** "SCRANTON WITH HER": in capitals the sentence goes on behind the place. */
function withoutSentence(place: string | undefined): string | undefined {
  if (place === undefined || place !== place.toUpperCase()) return place
  const words = place.split(' ')
  const end = words.findIndex((word, index) => index > 0 && isStopWord(word.toLowerCase()))
  return end === -1 ? place : words.slice(0, end).join(' ')
}

/** Where code, settings and features live. */
const SOFTWARE = /^(?:claude|anthropic|github|gitlab|docker|kubernetes|slack|postgres|redis)$/
const MONTH =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december)$/
