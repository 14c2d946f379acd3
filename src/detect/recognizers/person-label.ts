import type { Subtype } from '../../domain/index.ts'
import { takeName, type NameSpan } from '../names/index.ts'
import { hitsOfForms, type Recognizer } from '../recognizer.ts'
import { anchoredByWords, type Anchored } from '../scan/index.ts'
import { apart } from './label.ts'

const SEPARATOR = String.raw`(?:\(s\))?['"*_${'`'})]{0,3} {0,2}(?:[:=|]|#:)[ \t]{0,4}\n?[ \t]{0,4}["'*_${'`'}|]{0,3} {0,2}`
const START = String.raw`(?<![\p{L}\p{N}_])`
const WHOSE =
  "(?:patient|pt|member|subscriber|insured|guarantor|client|resident|beneficiary|donor|participant|decedent|child|infant|baby|contact|emergency contact|policyholder|cardholder|account holder|employee|customer)(?:'s)?"
const KIND = '(?:full|legal|preferred|first|last|middle|given|family|maiden|birth|sur|fore)'

interface Label {
  readonly pattern: Anchored
  readonly subtype: Subtype
  readonly score: number
  /** Words of lower case are a name too, because the label says that a name follows. */
  readonly lower: boolean
  /** Fewer words than this are no name behind such a label. */
  readonly words: number
}

const label = (source: string, rest: Omit<Label, 'pattern'>): Label => ({
  pattern: anchoredByWords(START, source, ''),
  ...rest,
})
const RELATIVES =
  'mother|father|mom|dad|parent(?: or guardian|\\/guardian)?|wife|husband|spouse|son|daughter|brother|sister|aunt|uncle|grandmother|grandfather|niece|nephew|cousin|guardian|caregiver|next of kin|nok|emergency contact|fianc[eé]e?|proxy|health care proxy|healthcare proxy|poa|power of attorney|responsible party'
const STAFF =
  '(?:(?:attending|referring|ordering|primary care|admitting|consulting|treating|supervising|rendering|covering|resident|operating|discharge|prescribing|performing|reading)[ _-]?)?(?:physician|doctor|provider|surgeon|clinician|nurse|practitioner|therapist|radiologist|pathologist|anesthesiologist|cardiologist|psychiatrist|midwife|pharmacist|dentist|prescriber)|attending|pcp|surgeons?|assistant surgeon|circulator|scrub|case manager|social worker|hospitalist'
const DONE_BY =
  '(?:(?:electronically |digitally |verbally )?(?:signed|authenticated|dictated|co-?signed|attested|transcribed|reviewed|verified|approved|performed|interpreted|ordered|prescribed|referred|requested|examined|witnessed|accompanied|entered|recorded|completed|seen|evaluated|treated)) by'

/** The same in the languages that write names with capitals. */
const OTHER_PATIENT =
  'paciente|patiente|patientin|paziente|pati[ëe]nt|pacjent(?:ka)?|pasient|potilas|bệnh nhân|пациент(?:ка)?|больн(?:ой|ая)|фио|nombre(?: y apellidos?| completo)?|nom(?: et pr[ée]nom)?|nome(?: completo)?|cognome e nome|apellidos?|pr[ée]noms?|vorname|nachname|naam|imi[ęe] i nazwisko'

const LABELS: readonly Label[] = [
  label(
    String.raw`(?:${WHOSE}[ _-]?(?:${KIND}[ _-]?)?names?|${KIND}[ _-]?names?|surname|forename|alias|aka|name of (?:the )?(?:patient|member|insured))${SEPARATOR}`,
    { subtype: 'patient', score: 0.9, lower: true, words: 1 },
  ),
  label(String.raw`(?:patients?|pt|decedent|re|regarding|${OTHER_PATIENT})${SEPARATOR}`, {
    subtype: 'patient',
    score: 0.85,
    lower: false,
    words: 1,
  }),
  label(
    String.raw`(?:names?|client|resident|member|insured|subscriber|guarantor|beneficiary|subject|participant|contact|cc|attn|attention)${SEPARATOR}`,
    {
      subtype: 'unknown',
      score: 0.7,
      lower: false,
      words: 2,
    },
  ),
  label(String.raw`(?:${RELATIVES})(?:'s)?(?: name)?(?: \([^()\n]{1,20}\))?${SEPARATOR}`, {
    subtype: 'relative',
    score: 0.85,
    lower: false,
    words: 1,
  }),
  label(String.raw`(?:${STAFF})(?: name)?${SEPARATOR}`, {
    subtype: 'clinician',
    score: 0.8,
    lower: false,
    words: 1,
  }),
  label(String.raw`${DONE_BY}(?:${SEPARATOR}| {1,2})`, {
    subtype: 'clinician',
    score: 0.8,
    lower: false,
    words: 2,
  }),
  label(
    String.raw`(?:${WHOSE} (?:full |legal |first |last )?name is|(?:my|his|her|their|the patient's|patient's) (?:full |legal |first |last )?name(?:'s| is| was)|(?<!(?<!\p{L})(?:an?|each|every) )name's)[ "']{1,3}`,
    { subtype: 'patient', score: 0.85, lower: true, words: 1 },
  ),
]

/** Names behind a label that announces one: "Patient: …", "Last name: …", "Attending: …", "my name is …". */
export const PERSON_LABEL: Recognizer = {
  name: 'person-label',
  type: 'PERSON',
  needs: 'nothing',
  patterns: LABELS.map(({ pattern }) => pattern),
  find(view) {
    const { text } = view
    const hits = hitsOfForms(view, LABELS, (match, one) => {
      const name = nameAfter(text, match.index + match[0].length, one)
      if (name === undefined) return undefined
      const { score, subtype } = one
      return { start: name.start, end: name.end, score, subtype, basis: 'labelled' }
    })
    return apart(hits)
  },
}

const TITLED = /(?:dr|doctor|mr|mrs|ms|miss|prof|nurse)\.? {1,2}/iuy

function nameAfter(text: string, from: number, one: Label): NameSpan | undefined {
  TITLED.lastIndex = from
  const at = from + (TITLED.exec(text)?.[0].length ?? 0)
  const name = takeName(text, at, { max: 5, comma: true, titled: at > from })
  if (name !== undefined && (name.words >= one.words || name.tokens >= 2 || at > from)) {
    return fits(text, name, one) ? name : undefined
  }
  return one.lower ? lowerName(text, at) : undefined
}

/** Behind "Name:" alone stand also products and jobs: there the name must be all that the line or cell holds. */
function fits(text: string, name: NameSpan, one: Label): boolean {
  if (one.score >= 0.8) return true
  return (
    name.tokens <= 4 &&
    /^['"*_`]{0,3} {0,3}(?:$|[\n\r,;|.()<[\]{}"]|\p{Lu}{2,4}(?!\p{L})|(?:dob|mrn|age|born|sex)(?!\p{L}))/iu.test(
      text.slice(name.end, name.end + 10),
    )
  )
}

/** "first_name text NOT NULL": what a column holds, not who. */
const COLUMN_TYPE =
  /(?:text|string|str|varchar|char|uuid|bool(?:ean)?|json|null|undefined)(?![\p{L}\p{N}])/uy

/** A name typed without capitals ends with its line, at punctuation or at an ordinary word. */
function lowerName(text: string, from: number): NameSpan | undefined {
  COLUMN_TYPE.lastIndex = from
  const name = COLUMN_TYPE.test(text)
    ? undefined
    : takeName(text, from, { max: 4, lower: true, comma: true })
  if (name === undefined) return undefined
  // "effectiveDateTime": programs write words together.
  if (name.tokens === 1 && /^\p{Ll}+\p{Lu}/u.test(text.slice(name.start, name.end)))
    return undefined
  const rest = text.slice(name.end, name.end + 3)
  const finished = /^(?:$|['"]?(?:[\s,;|)<\]}"'*!?]|\.(?!\p{L})))/u.test(rest)
  return finished && name.tokens < 4 ? name : undefined
}
