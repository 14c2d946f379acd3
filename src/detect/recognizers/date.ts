import type { TextView } from '../normalise/index.ts'
import {
  after,
  before,
  hitsIn,
  hitsOfForms,
  type Hit,
  type Recall,
  type Recognizer,
} from '../recognizer.ts'
import { isFraction, isMonthDay } from './date-checks.ts'
import type { DateForm } from './date-form.ts'
import { NUMERIC, TIMESTAMP } from './date-numbers.ts'
import { WRITTEN } from './date-words.ts'
import { apart } from './label.ts'

// A label says what happened to a person that day. "Date" alone does not: "Today's date" stands in every prompt.
const LABEL =
  /(?<![\p{L}\p{N}])(?:d\.?o\.?[bdsa]\.?|date ?of ?(?:birth|death|service|admission|discharge|visit|injury|onset|surgery|procedure|exam|collection)|birth ?date|birthday|b-?day|born|births?|died|deceased|expired|passed away|adm|admit(?:ted)?|admission|d\/c'?d?|dc'?d|discharged?|seen|visit(?:ed)?|evaluated|hospitali[sz]ed|transferred|examined|presented|diagnosed|collected|received|signed|dictated|scheduled|rounds|huddle|sign-?out|appointment|appt|follow-?up|f\/u|surgery|procedure|operated|service|onset|exam|last seen|consult(?:ed)?|encounter|(?:nursing|progress|clinic|office|shift|triage|daily|admission|procedure) note|next visit|last (?:fill|filled|dose)|(?:cx|bcx|ucx)|drawn|faxed|w\/c|w(?:ee)?k of|week commencing|denied|approved|appealed|overturned|submitted|filed|mailed|resulted|(?:ex|in)tubated|re-?admitted|refilled|rescheduled|renewed|randomi[sz]ed|enrolled|implanted|transfused|dialy[sz]ed|expires?|planned|plan(?:ned)? (?:irf|snf|home)|booked|lmp|edd)(?:[ _-](?:date|day))?['"*_`)]{0,3} {0,2}(?:[:=|-]{1,2}|was|is|on|in|at|from|for|of|day)?["'*_`(]{0,3} {0,2}(?:on |was |is |the |around |about |approximately )?["']?$/iu
const CUE =
  /(?<![\p{L}\p{N}])(?:on|since|from|until|till|through|thru|by|dated|around|before|after|between|starting|started|beginning|ended|stopped|due|as of|effective|of|last|next|seen|visit|appt|return|rtc|date:?|dr\.? [\p{L}'-]{2,20}|tomorrow,?|today,?|yesterday,?|s\/p(?: [\p{L}-]{2,16}){1,2}) {0,2}(?:the )?\(?$/iu
/** What was done or looked at that day, right before it: "pacer check 3/11". Of cycles and visits there are six in all. */
const DONE =
  /(?<!\p{L})(?:biops(?:y|ies)|mri|ct|cta|pet|scan|x-?ray|cxr|echo|ekg|ecg|eeg|ultrasound|mammogram|colonoscopy|endoscopy|egd|labs|bloods|cultures|clinic|appt|appointment|surgery|admission|discharge|procedure|check(?:-?up)?|interrogation) $/iu
/** Behind another one, where neither is a part of a whole: "4/5 to 5/5". */
const PAIR = /(?<![\p{L}\p{N}])\d\/\d{1,2} ?(?:and|to|-|&) {0,2}(?:the )?$/iu
/** Where two numbers with a dash are a day: two others are a range. */
const VISIT = /(?<!\p{L})(?:visit|appt|appointment|return|f\/u|follow-?up|tci)(?: on)?:? $/iu
/** "4/22 @ 9", "4/22 at 14:30". */
const HOUR_BEHIND =
  /^ (?:@ ?\d|[01]\d[0-5]\d(?!\d)|2[0-3][0-5]\d(?!\d)|at \d{1,2}(?::\d\d| ?[ap]m)|\d{1,2}:\d\d ?[ap](?!\p{L}))/iu
const LABEL_WINDOW = 44
/** To the nanosecond: when a file was changed, or born. */
const FILE_TIME = /[T ]\d\d:\d\d:\d\d[.,]\d{9}(?!\d)/u
const LABEL_AFTER = /^ ?\(?(?:dob|d\.o\.b|date of birth|birth ?date)(?!\p{L})/iu
/** Sure enough to say that this is a text in which things happen on days. */
const TELLING = 0.6

const DATE_FORMS: readonly DateForm[] = [...NUMERIC, ...WRITTEN]
const FULL_FORMS = DATE_FORMS.filter(({ needs }) => needs !== 'dated')
/** Dates only in a text that has others. */
const SHORT_FORMS = DATE_FORMS.filter(({ needs }) => needs === 'dated')

/** Calendar dates in their written forms; a label or a date cue raises the score. */
export const DATE: Recognizer = {
  name: 'date',
  type: 'DATE',
  needs: 'nothing',
  patterns: DATE_FORMS.map(({ pattern }) => pattern),
  find(view, recall) {
    const hits = hitsOf(FULL_FORMS, view, recall, false)
    const short = (dated: boolean): readonly Hit[] => hitsOf(SHORT_FORMS, view, recall, dated)
    if (hits.some(({ score }) => score >= TELLING)) return apart([...hits, ...short(true)])
    // A label in front of one short date says that the others are dates as well.
    const told = short(false)
    const dated = told.some(({ basis }) => basis === 'labelled')
    return apart([...hits, ...(dated ? short(true) : told)])
  },
}

function hitsOf(
  forms: readonly DateForm[],
  view: TextView,
  recall: Recall,
  dated: boolean,
): readonly Hit[] {
  const { text } = view
  return hitsOfForms(view, forms, (match, { score, needs, valid }) => {
    if (!valid(match, text)) return undefined
    const start = match.index
    const end = start + match[0].length
    if (needs === 'appointment' && !VISIT.test(before(text, start, 24))) return undefined
    if (isLabelled(text, start, end)) {
      return { start, end, score: Math.round(score * 100 + 15) / 100, basis: 'labelled' }
    }
    if (recall === 'lenient' || needs === 'label') return undefined
    const told =
      needs === undefined ||
      (dated && needs === 'dated' && !isFraction(match[0])) ||
      CUE.test(before(text, start, LABEL_WINDOW)) ||
      (!isFraction(match[0]) &&
        (PAIR.test(before(text, start, 14)) ||
          (needs === 'dated' && DONE.test(before(text, start, 20))))) ||
      (needs === 'dated' && HOUR_BEHIND.test(after(text, end, 8)))
    return told ? { start, end, score, basis: 'pattern' } : undefined
  })
}

function isLabelled(text: string, start: number, end: number): boolean {
  if (FILE_TIME.test(text.slice(start, end + 19))) return false
  const label = LABEL.test(before(text, start, LABEL_WINDOW))
  return label || LABEL_AFTER.test(after(text, end, 18))
}

/** Machine time stamps, under a name of their own so that a profile can tell them from dates people write. */
export const DATE_TIMESTAMP: Recognizer = {
  name: 'date-timestamp',
  type: 'DATE',
  needs: 'digit',
  patterns: [TIMESTAMP],
  find(view, recall) {
    const { text } = view
    return hitsIn(view, TIMESTAMP, (match) => {
      if (!isMonthDay(match[1], match[2])) return undefined
      const start = match.index
      const end = start + match[0].length
      if (isLabelled(text, start, end)) return { start, end, score: 0.9, basis: 'labelled' }
      return recall === 'lenient' ? undefined : { start, end, score: 0.6, basis: 'pattern' }
    })
  },
}
