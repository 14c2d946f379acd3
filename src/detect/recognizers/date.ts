import type { TextView } from '../normalise/index.ts'
import { after, before, type Hit, type Recall, type Recognizer } from '../recognizer.ts'
import { matchesIn } from '../scan/index.ts'
import { isFraction, isMonthDay } from './date-checks.ts'
import { DATE_FORMS, TIMESTAMP, type DateForm } from './date-forms.ts'
import { apart } from './label.ts'

// A label says what happened to a person that day. "Date" alone does not: "Today's date" stands in every prompt.
const LABEL =
  /(?<![\p{L}\p{N}])(?:d\.?o\.?[bdsa]\.?|date ?of ?(?:birth|death|service|admission|discharge|visit|injury|onset|surgery|procedure|exam|collection)|birth ?date|birthday|b-?day|born|births?|died|deceased|expired|passed away|adm|admit(?:ted)?|admission|d\/c'?d?|dc'?d|discharged?|seen|visit(?:ed)?|evaluated|hospitali[sz]ed|transferred|examined|presented|diagnosed|collected|received|signed|dictated|scheduled|appointment|appt|follow-?up|f\/u|surgery|procedure|operated|service|onset|exam|last seen|consult(?:ed)?|encounter|(?:nursing|progress|clinic|office|shift|triage|daily|admission|procedure) note|next visit|last (?:fill|filled|dose)|(?:cx|bcx|ucx)|drawn|faxed|w\/c|week commencing|expires?|planned|plan(?:ned)? (?:irf|snf|home)|booked|lmp|edd)(?:[ _-](?:date|day))?['"*_`)]{0,3} {0,2}(?:[:=|-]{1,2}|was|is|on|in|at|from|for|of|day)?["'*_`(]{0,3} {0,2}(?:on |was |is |the |around |about |approximately )?["']?$/iu
const CUE =
  /(?<![\p{L}\p{N}])(?:on|since|from|until|till|through|thru|by|dated|around|before|after|between|starting|started|beginning|ended|stopped|due|as of|effective|of|last|next|seen|visit|appt|date:?|\d\/\d{1,2} {0,1}(?:and|to|-|&)) {0,2}(?:the )?$/iu
/** Where two numbers with a dash are a day: two others are a range. */
const VISIT = /(?<!\p{L})(?:visit|appt|appointment|return|f\/u|follow-?up|tci)(?: on)?:? $/iu
const LABEL_WINDOW = 44
/** To the nanosecond: when a file was changed, or born. */
const FILE_TIME = /[T ]\d\d:\d\d:\d\d[.,]\d{9}(?!\d)/u
const LABEL_AFTER = /^ ?\(?(?:dob|d\.o\.b|date of birth|birth ?date)(?!\p{L})/iu
/** Sure enough to say that this is a text in which things happen on days. */
const TELLING = 0.6

/** Calendar dates in their written forms; a label or a date cue raises the score. */
export const DATE: Recognizer = {
  name: 'date',
  type: 'DATE',
  needs: 'digit',
  patterns: DATE_FORMS.map(({ pattern }) => pattern),
  find(view, recall) {
    const hits = DATE_FORMS.filter(({ needs }) => needs !== 'dated').flatMap((form) =>
      hitsOf(form, view, recall, false),
    )
    const short = (dated: boolean): readonly Hit[] =>
      DATE_FORMS.filter(({ needs }) => needs === 'dated').flatMap((form) =>
        hitsOf(form, view, recall, dated),
      )
    if (hits.some(({ score }) => score >= TELLING)) return apart([...hits, ...short(true)])
    // A label in front of one short date says that the others are dates as well.
    const told = short(false)
    const dated = told.some(({ basis }) => basis === 'labelled')
    return apart([...hits, ...(dated ? short(true) : told)])
  },
}

function hitsOf(form: DateForm, view: TextView, recall: Recall, dated: boolean): readonly Hit[] {
  const { text } = view
  return matchesIn(view, form.pattern).flatMap((match): Hit[] => {
    if (!form.valid(match, text)) return []
    const span = { start: match.index, end: match.index + match[0].length }
    if (form.needs === 'appointment' && !VISIT.test(before(text, span.start, 24))) return []
    if (isLabelled(text, span)) {
      return [{ ...span, score: Math.round(form.score * 100 + 15) / 100, basis: 'labelled' }]
    }
    if (recall === 'lenient' || form.needs === 'label') return []
    const told =
      form.needs === undefined ||
      (dated && form.needs === 'dated' && !isFraction(match[0])) ||
      CUE.test(before(text, span.start, LABEL_WINDOW))
    return told ? [{ ...span, score: form.score, basis: 'pattern' }] : []
  })
}

function isLabelled(text: string, { start, end }: Pick<Hit, 'start' | 'end'>): boolean {
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
    return matchesIn(view, TIMESTAMP).flatMap((match): Hit[] => {
      if (!isMonthDay(match[1], match[2])) return []
      const span = { start: match.index, end: match.index + match[0].length }
      const labelled = isLabelled(text, span)
      if (!labelled && recall === 'lenient') return []
      return [{ ...span, score: labelled ? 0.9 : 0.6, basis: labelled ? 'labelled' : 'pattern' }]
    })
  },
}
