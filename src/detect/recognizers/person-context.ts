import type { Subtype } from '../../domain/index.ts'
import { matchesOf } from '../matches.ts'
import { CALENDAR, foldWord, isStopWord, nameBefore, takeName } from '../names/index.ts'
import { isEponymWord, isKnownWord } from '../names/tagger/index.ts'
import { before, hitsIn, hitsOfForms, type Hit, type Recognizer } from '../recognizer.ts'
import type { TextView } from '../normalise/index.ts'
import { anchored, firstWords, type Anchored } from '../scan/index.ts'
import { apart } from './label.ts'

// After a comma the letters are a degree; without one only those that are nothing else.
const DEGREE = String.raw`M\.?D|D\.?O|R\.?N|N\.?P|PA-?C?|Ph\.?D|PharmD|DDS|DMD|DNP|FNP|APRN|CRNA|CNM|CNS|LPN|LVN|BSN|MSN|LCSW|LMSW|MSW|LMFT|PsyD|MPH|MBBS|MBChB|FACP|FACS|DPM|DPT|PT|OTR|RD|OD|DVM|Esq`
const BARE_DEGREE = String.raw`M\.D|MD|RN|PhD|Ph\.D|DNP|APRN|CRNA|LCSW|PA-C|PharmD|MBBS|FNP|LPN`
const CREDENTIAL = anchored(
  String.raw`(?:, ?(?:${DEGREE})| (?:${BARE_DEGREE}))(?![\p{L}\p{N}-])`,
  'u',
  { words: firstWords(`${DEGREE}|${BARE_DEGREE}`), lead: 2, starts: ', ' },
)
/** "Ferris CRNA": one name, where no comma tells a degree from the short form of a ward or a device. */
const LONE_CREDENTIAL = anchored(
  String.raw` (?:${BARE_DEGREE}|NP|LVN|CNA|CNM)(?![\p{L}\p{N}-])`,
  'u',
  {
    words: firstWords(`${BARE_DEGREE}|NP|LVN|CNA|CNM`),
    lead: 1,
    starts: ' ',
  },
)
const RECORDED = String.raw`MRN|mrn|DOB|dob|D\.O\.B|SSN|ssn|Patient ID|patient ID|date of birth|born |MR#|Med(?:ical)? Rec`
const OPENING = String.raw`(?:,? {1,2}\(?|,|\()`
const RECORD = anchored(String.raw`${OPENING}(?=(?:${RECORDED})(?![\p{L}]))`, 'u', {
  words: firstWords(RECORDED),
  lead: 4,
  starts: ', (',
})
/** Begins at the age; what stands between name and age is its first group. */
const AGED = anchored(
  String.raw`(?<=(${OPENING}(?:an? |is an? |was an? |aged? |age: ?)?))\d{1,3}(?:[ -]{0,2}(?:year|yr|y\/?o|month|week|day)|[ ]?[MF](?![\p{L}\p{N}])|, ?[MF](?![\p{L}\p{N}]))`,
  'u',
  {
    tokens: [
      { kind: 'digits', least: 1, most: 3, next: ' -,', beyond: ['letter', 'other'] },
      { kind: 'digits', least: 1, most: 3, next: 'a' },
    ],
  },
)
/** "ROE, ANN K  03/14/1951": in the head of a sheet the day of birth stands behind the name. */
const HEADED = anchored(
  String.raw`(?<=((?: {2,}|\t| ?\| ?)))\d{1,2}[/-]\d{1,2}[/-](?:19|20)?\d{2}(?!\d)`,
  'u',
  { tokens: [{ kind: 'digits', least: 1, most: 2, next: '/-', beyond: ['digit'] }] },
)
/** "Tansy, 15, wants to go back": a word that is no other, an age, and what one does. */
const BARE_AGED = anchored(
  String.raw`(?<=(, ))\d{1,3}, (?:and |also |now )?(?:wants?|has|had|is|was|with|asks?|presents|needs|who|on|from|complains|reports|came|comes|takes|lives|works|\d{1,3}(?:\.\d)? ?kg)(?!\p{L})`,
  'u',
  { tokens: [{ kind: 'digits', least: 1, most: 3, next: ',' }] },
)
const CAME_WORDS =
  'presents?|presented|was (?:admitted|discharged|diagnosed|referred|transferred)|complains|denies|reports'
const CAME = anchored(String.raw` (?=(?:${CAME_WORDS}) )`, 'u', {
  words: firstWords(CAME_WORDS),
  lead: 1,
  starts: ' ',
})
const TOLD = anchored(
  String.raw`,(?= (?:who|whose|(?:last |recently |currently |was |is )?(?:seen|admitted|evaluated|treated|diagnosed|hospitali[sz]ed|presenting|followed|referred|discharged|living|residing)) )`,
  'u',
  { characters: ',' },
)
const MAILBOX = anchored(String.raw`['"]? (?=<[^\s<>@]{1,64}@)`, 'u', {
  characters: '<',
  lead: 2,
  starts: `'" `,
})

interface Context {
  readonly pattern: Anchored
  readonly subtype: Subtype
  readonly score: number
  readonly words: number
  /** Whether only "Last, First" counts. */
  readonly comma?: boolean
  /** Whether none of the words may be one of the language, or of medicine. */
  readonly unknown?: boolean
}

const CONTEXTS: readonly Context[] = [
  { pattern: CREDENTIAL, subtype: 'clinician', score: 0.85, words: 2 },
  { pattern: LONE_CREDENTIAL, subtype: 'clinician', score: 0.55, words: 1, unknown: true },
  { pattern: RECORD, subtype: 'patient', score: 0.85, words: 2 },
  { pattern: AGED, subtype: 'patient', score: 0.7, words: 2 },
  { pattern: BARE_AGED, subtype: 'patient', score: 0.55, words: 1, unknown: true },
  { pattern: HEADED, subtype: 'patient', score: 0.6, words: 2, comma: true },
  { pattern: MAILBOX, subtype: 'unknown', score: 0.75, words: 2 },
  { pattern: TOLD, subtype: 'patient', score: 0.6, words: 2 },
  { pattern: CAME, subtype: 'patient', score: 0.55, words: 2 },
]

// "Maria S., …": a given name and an initial. A capital letter behind a thing ("Vitamin D.") is no initial.
const LAST_INITIAL = anchored(
  String.raw`(?<![\p{L}\p{N}_@/.'-])\p{Lu}\p{Ll}{2,14} \p{Lu}(?:\.(?='s|,|;|\)| \p{Ll})|(?='s |, (?:a|an|who|aged?|\d{1,3}) ))`,
  'u',
  { tokens: [{ kind: 'letters', least: 1, most: 1, next: ".'," }], back: 1, starts: 'A' },
)
/** Names that what follows gives away: "John Smith, MD", "Ann Lee (MRN …", "Ann Lee, a 45-year-old". */
export const PERSON_CONTEXT: Recognizer = {
  name: 'person-context',
  type: 'PERSON',
  needs: 'nothing',
  patterns: [...CONTEXTS.map(({ pattern }) => pattern), LAST_INITIAL],
  find(view) {
    const { text } = view
    const hits = hitsOfForms(view, CONTEXTS, (match, context) => {
      const { subtype, score, words, comma, unknown } = context
      const end = match.index - (match[1]?.length ?? 0)
      const name = hasCapitalBefore(text, end) ? nameBefore(text, end) : undefined
      if (name === undefined || name.tokens < words) return undefined
      if (unknown === true && hasKnownWord(text.slice(name.start, name.end))) return undefined
      if (comma === true && !text.slice(name.start, name.end).includes(',')) return undefined
      return { start: name.start, end: name.end, score, basis: 'cued', subtype }
    })
    return apart([...hits, ...lastInitials(view)])
  },
}

/** Short forms of where somebody works, who may be a nurse there. */
const WARDS = new Set(
  `peds tele onc ortho neuro cards med surg psych rehab heme pulm uro derm sicu micu cvicu picu endo gyn obs card vasc gastro nephro
  hemonc medsurg stepdown preop postop triage charge float`.split(/\s+/),
)

function hasKnownWord(name: string): boolean {
  return name.split(/[^\p{L}\p{M}'-]+/u).some((word) => {
    const folded = foldWord(word)
    return isKnownWord(folded) || isEponymWord(folded) || WARDS.has(folded)
  })
}

/** Whether the word that ends here has a capital: no name ends with another, and to look at it costs little. */
function hasCapitalBefore(text: string, end: number): boolean {
  for (let at = end - 1; at >= Math.max(0, end - 44); at -= 1) {
    const code = text.charCodeAt(at)
    if ((code >= 65 && code <= 90) || code >= 128) return true
    const lower = code >= 97 && code <= 122
    if (!lower && code !== 39 && code !== 45 && !(code === 46 && at === end - 1)) return false
  }
  return false
}

const LETTERED =
  /^(?:vitamin|hepatitis|influenza|type|class|grade|stage|group|plan|part|figure|table|exhibit|section|appendix|option|phase|protein|factor|strep|streptococcus|team|unit|level|block|form|schedule|version|building|wing|ward|floor|room|suite|serum|model|series|site|arm|cohort|item|point|step|case|panel|omega|coenzyme|cyclosporin|amphotericin|penicillin|immunoglobulin|complement|apolipoprotein|troponin|botulinum|toxin|antigen|blood|study|line|lane|row|column|drug|medicare|and|with|the|in|on|for|or)$/

function lastInitials(view: TextView): readonly Hit[] {
  return hitsIn(view, LAST_INITIAL, (match) => {
    const first = foldWord(match[0].split(' ')[0] ?? '')
    if (LETTERED.test(first) || isStopWord(first) || CALENDAR.has(first)) return undefined
    const end = match.index + match[0].length - (match[0].endsWith('.') ? 1 : 0)
    return { start: match.index, end, score: 0.6, basis: 'cued', subtype: 'unknown' }
  })
}

const CLINICAL =
  /(?<!\p{L})(?:patient|pt|diagnosed|admitted|treated|presents?|presented|seen|chart|record|visit|surgery|mrn|dob|prescribed|referred|discharged|follow-?up|appointment)(?!\p{L})/iu
const RUN = /(?<![\p{L}\p{N}_@/.-])\p{Lu}\p{Ll}/gu

/** Two capitalised words beside a clinical word: only where a miss costs more than a false alarm. */
export const PERSON_NEAR_CLINICAL: Recognizer = {
  name: 'person-near-clinical',
  type: 'PERSON',
  needs: 'nothing',
  find({ text }, recall) {
    if (recall !== 'strict') return []
    const hits: Hit[] = []
    let free = 0
    for (const match of matchesOf(text, RUN)) {
      const name = match.index < free ? undefined : takeName(text, match.index, { max: 3 })
      if (name === undefined) continue
      free = name.end
      const around = `${before(text, name.start, 50)} ${text.slice(name.end, name.end + 50)}`
      if (name.tokens < 2 || !CLINICAL.test(around)) continue
      hits.push({
        start: name.start,
        end: name.end,
        score: 0.45,
        basis: 'cued',
        subtype: 'unknown',
      })
    }
    return hits
  },
}
