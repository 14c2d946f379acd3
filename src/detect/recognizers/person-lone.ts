import type { Subtype } from '../../domain/index.ts'
import { foldWord, isStopWord } from '../names/index.ts'
import { isKnownWord } from '../names/tagger/index.ts'
import type { Hit, Recognizer } from '../recognizer.ts'
import { anchored, firstWords, matchesIn, type Anchored } from '../scan/index.ts'

const KIN =
  'mother|father|mom|dad|wife|husband|spouse|partner|son|daughter|brother|sister|aunt|uncle|niece|nephew|cousin|friend|dtr|mum|grandson|granddaughter|grandma|grandpa|girlfriend|boyfriend|gf|bf|stepmom|stepdad|roommate|caregiver|poa|hcp'
const WORD = String.raw`[\p{L}][\p{L}'’-]{2,23}`
const DOES = String.raw`(?= (?:is|was|has|will|${WORD}(?:ing|ed))(?!\p{L}))`
/** "pt mertz resting", "HUSBAND GAVIN.": the cue and the name are typed in one case, so that no capital tells the name. */
const PATIENT = anchored(String.raw`(?<![\p{L}\p{N}_])(?:pt|patient) (${WORD})${DOES}`, 'iu', {
  words: firstWords('pt|patient'),
})
const RELATIVE = anchored(
  String.raw`(?<![\p{L}\p{N}_])(?:${KIN}) (${WORD})(?:${DOES}|(?=[.,;)\n]| (?:in|at|from|near|aware|drove|drives|updated) | \(?\d)|(?<open>(?= \p{L})))`,
  'iu',
  { words: firstWords(KIN) },
)
const ROLES = 'pmd|pcp|np|rn|lpn|cna|crna|cnm|lcsw|msw|neph|medic|officer|deputy'
/** "pmd ochre.", "NP CASTLEBURN; BMP": what somebody does, and where the word ends the clause. */
const STAFF = anchored(
  String.raw`(?<![\p{L}\p{N}_.-])(?:${ROLES}) ((?:\p{L}\.? )?${WORD})(?=[.,;)\n]|$| \d| (?:rounded|aware|notified|consulted|following|to see)(?!\p{L}))`,
  'iu',
  { words: firstWords(ROLES) },
)
/** Whom somebody works, learns or lives beside; no clause need end behind the name. */
const OTHERS =
  'intern|resident|aide|adjuster|scheduler|coach|teacher|sitter|therapist|trainer|caseworker|manager|preceptor|coworker|neighbor|neighbour|landlord|boss|cousin|ex|tech|liaison'
const BESIDE = anchored(
  String.raw`(?<![\p{L}\p{N}_.-])(?:${OTHERS}) (${WORD})(?:(?=[.,;)\n])|(?<open>(?= \p{L})))`,
  'iu',
  { words: firstWords(OTHERS) },
)
/** "hey its mirela again", "thx, mirela": who writes without capitals greets and signs so. */
const GREETING = "its|it's|this is|hi|hey|hello|thx|thanks"
const SELF = anchored(
  String.raw`(?<![\p{L}\p{N}_.-])(?:${GREETING}),? (${WORD})(?=[.,!\n]|$| (?:again|here|from|calling)(?!\p{L}))`,
  'u',
  { words: firstWords(GREETING) },
)
/** What a patient does or is, whatever the word. */
const INFLECTED = /(?:ed|ing|ly|ion|ous|ive|able|al|ic|s)$/

const SUBTYPES: ReadonlyMap<Anchored, Subtype> = new Map([
  [PATIENT, 'patient'],
  [RELATIVE, 'relative'],
])

const PATTERNS = [PATIENT, RELATIVE, STAFF, BESIDE, SELF]

/** One name behind a cue where all is typed small, or all in capitals. */
export const PERSON_LONE: Recognizer = {
  name: 'person-lone',
  type: 'PERSON',
  needs: 'nothing',
  patterns: PATTERNS,
  find(view) {
    const { text } = view
    return PATTERNS.flatMap((pattern) =>
      matchesIn(view, pattern).flatMap((match): Hit[] => {
        const name = match[1] ?? ''
        const start = match.index + match[0].length - name.length
        const same = match[0] === match[0].toLowerCase() || match[0] === match[0].toUpperCase()
        if (!same || !isUnknownWord(name.replace(/^\p{L}\.? /u, ''))) return []
        const isOpen = match.groups?.['open'] !== undefined
        if (isOpen && (name.length < 4 || !isEven(text, match.index))) return []
        const subtype = SUBTYPES.get(pattern) ?? 'unknown'
        const end = start + name.length
        return [
          {
            start,
            end: text[end - 1] === '-' ? end - 1 : end,
            score: 0.55,
            basis: 'cued',
            subtype,
          },
        ]
      }),
    ).toSorted((a, b) => a.start - b.start)
  },
}

/** Whether no capital, or nothing but capitals, stands around: elsewhere "son poids" is French. */
function isEven(text: string, at: number): boolean {
  const around = text.slice(Math.max(0, at - 60), at + 60)
  return around === around.toLowerCase() || around === around.toUpperCase()
}

function isUnknownWord(name: string): boolean {
  const folded = foldWord(name)
  return !isKnownWord(folded) && !isStopWord(folded) && !INFLECTED.test(folded)
}
