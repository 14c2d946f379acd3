import { anchored } from '../scan/index.ts'
import { isDayFirst, isFraction, isMonthDay, isRatio, isSetting } from './date-checks.ts'
import { always, YEAR, type DateForm } from './date-form.ts'

/** Not inside a longer number; behind "3/14-" another date may begin. */
const START = String.raw`(?<![\p{L}\p{N}_]|\d[./]|(?<!\/\d{1,3})\d-)`
const END = String.raw`(?![\p{L}\p{N}_]|[./]\d|-\d(?!\d?\/\d))`
const SHORT_NUMBER = { kind: 'digits', least: 1, most: 2 } as const
const YEAR_NUMBER = { kind: 'digits', least: 4, most: 4, next: '-./', beyond: ['digit'] } as const

/** Letters that a scanner takes figures for. */
function figures(scanned: string | undefined): string {
  return (scanned ?? '').replaceAll(/[lI]/g, '1').replaceAll('O', '0')
}

/** What a patient has on a day; "pressure" and "ratio" stand behind other numbers. */
const EVENT =
  'biops(?:y|ies)|visits?|appointments?|appt|surgery|surgeries|scan|mri|ct|cta|pet|x-?ray|cxr|echo|ekg|ecg|eeg|ultrasound|us|mammogram|colonoscopy|endoscopy|egd|labs?|bloods?|cultures?|clinic|admission|discharge|consult|call|note|message|procedure|fall|injury|accident|infusion|cycle|letter|fax|referral'

const monthDay = (match: RegExpExecArray): boolean => isMonthDay(match[1], match[3])
const eitherWay = (match: RegExpExecArray): boolean =>
  isMonthDay(match[1], match[3]) || isMonthDay(match[3], match[1])

/** Dates of figures alone. */
export const NUMERIC: readonly DateForm[] = [
  {
    pattern: anchored(
      String.raw`${START}(${YEAR})([-/.])(\d{1,2})\2(\d{1,2})(?![\p{L}\p{N}_]|[./-]\d)`,
      'iu',
      { tokens: [YEAR_NUMBER] },
    ),
    score: 0.8,
    valid: (match) => isMonthDay(match[3], match[4]),
  },
  {
    // The date of a time stamp written with a T, without seconds.
    pattern: anchored(String.raw`${START}(${YEAR})-(\d{2})-(\d{2})(?=T\d{2}:\d{2})`, 'iu', {
      tokens: [YEAR_NUMBER],
    }),
    score: 0.6,
    valid: (match) => isMonthDay(match[2], match[3]),
  },
  {
    pattern: anchored(String.raw`${START}(\d{1,2})( ?[-/.] ?)(\d{1,2})\2(${YEAR})${END}`, 'iu', {
      tokens: [{ ...SHORT_NUMBER, next: '-./ ', beyond: ['digit', 'other'] }],
    }),
    score: 0.8,
    valid: eitherWay,
  },
  {
    pattern: anchored(String.raw`${START}(\d{1,2})(/)(\d{1,2})/'?\d{2}${END}`, 'iu', {
      tokens: [{ ...SHORT_NUMBER, next: '/', beyond: ['digit'] }],
    }),
    score: 0.6,
    valid: (match, text) => eitherWay(match) && !isSetting(match, text),
  },
  {
    pattern: anchored(String.raw`${START}(\d{1,2})([-.])(\d{1,2})\2\d{2}${END}`, 'iu', {
      tokens: [{ ...SHORT_NUMBER, next: '-.', beyond: ['digit'] }],
    }),
    score: 0.5,
    needs: 'dated',
    // "Apache/2.4.63" is a version.
    valid: (match, text) => eitherWay(match) && text.charAt(match.index - 1) !== '/',
  },
  {
    // With its zero, as forms and machines write it: a range or a dose has none.
    pattern: anchored(
      String.raw`${START}(?=0|\d\d-0)(0[1-9]|1[0-2])(-)(0[1-9]|[12]\d|3[01])-[0-4]\d${END}`,
      'iu',
      {
        tokens: [{ kind: 'digits', least: 2, most: 2, next: '-', beyond: ['digit'] }],
      },
    ),
    score: 0.45,
    valid: always,
  },
  {
    pattern: anchored(String.raw`${START}(?:0?[1-9]|1[0-2])[/-](?:19|20)\d\d${END}`, 'iu', {
      tokens: [{ ...SHORT_NUMBER, next: '/-', beyond: ['digit'] }],
    }),
    score: 0.55,
    valid: always,
  },
  {
    pattern: anchored(
      String.raw`${START}(\d{1,2})(/)(\d{1,2})(?![\p{L}\p{N}_%]|[./]\d|-\d(?!\d?\/\d)| ?(?:tabs?|tablets?|pills?|dose|mg|ml|cup|pack|ppd|of|strength|life|oz|inch|tsp|pain|normal|ns|full|weeks?|days?|hours?|months?|times|positive|negative|points?|nodes?|beats?|bottles?|quadrants?|systolic|murmur|power|motor|extremit|bilateral)(?!\p{L}))`,
      'iu',
      { tokens: [{ ...SHORT_NUMBER, next: '/', beyond: ['digit'] }] },
    ),
    score: 0.5,
    needs: 'dated',
    valid: (match, text) =>
      (monthDay(match) || (isMonthDay(match[3], match[1]) && isDayFirst(match[1]))) &&
      !isRatio(match, text),
  },
  {
    // "11/3 thru 11/7": a day and another one behind it, and no strengths or parts.
    pattern: anchored(
      String.raw`${START}(\d{1,2})(/)(\d{1,2})(?= ?(?:-|thru|through|until|till|to) ?(\d{1,2})/(\d{1,2})(?![\p{L}\p{N}_%/]|\.\d))`,
      'iu',
      { tokens: [{ ...SHORT_NUMBER, next: '/', beyond: ['digit'] }] },
    ),
    score: 0.5,
    valid: (match, text) =>
      monthDay(match) &&
      isMonthDay(match[4], match[5]) &&
      !isFraction(`${match[1]}/${match[3]}`) &&
      !isFraction(`${match[4]}/${match[5]}`) &&
      !isRatio(match, text),
  },
  {
    // "the 23/6 biopsy": what was done on a day.
    pattern: anchored(String.raw`${START}(\d{1,2})(/)(\d{1,2})(?= (?:${EVENT})(?!\p{L}))`, 'iu', {
      tokens: [{ ...SHORT_NUMBER, next: '/', beyond: ['digit'] }],
    }),
    score: 0.5,
    valid: (match, text) => eitherWay(match) && !isFraction(match[0]) && !isRatio(match, text),
  },
  {
    // "scan_20260214.pdf", read apart: a document that is called by its day.
    pattern: anchored(
      String.raw`(?<=[\p{L}\d][ _-])(${YEAR})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[ _-]?\.?(?:pdf|docx?|rtf|odt|jpe?g|png|heic|tiff?|dcm|hl7|txt|eml|msg|mp4|mov|wav)(?!\p{L}))`,
      'iu',
      { tokens: [{ kind: 'digits', least: 8, most: 8, next: '.' }] },
    ),
    score: 0.5,
    valid: always,
  },
  {
    // "vom 02.02. bis 08.02.": the day and the month in the manner of the continent.
    pattern: anchored(
      String.raw`(?<=(?<!\p{L})(?:am|vom|bis|zum|seit|ab|den|dem|und|od|do|dal|al|del|den|pvm) )(\d{1,2})(\.) ?(\d{1,2})\.(?![\p{L}\p{N}_])`,
      'iu',
      { tokens: [{ ...SHORT_NUMBER, next: '.', beyond: ['digit', 'other'] }] },
    ),
    score: 0.55,
    valid: (match) => isMonthDay(match[3], match[1]),
  },
  {
    pattern: anchored(String.raw`${START}(\d{1,2})(-)(\d{1,2})${END}`, 'iu', {
      tokens: [{ ...SHORT_NUMBER, next: '-', beyond: ['digit'] }],
    }),
    score: 0.45,
    needs: 'appointment',
    valid: monthDay,
  },
  {
    // As it was scanned: a letter for a figure.
    pattern: anchored(
      String.raw`${START}(?=[\d/]{0,9}[lIO])([\dlIO]{1,2})(/)([\dlIO]{1,2})/[\dlIO]{4}${END}`,
      'u',
      {
        tokens: [
          { ...SHORT_NUMBER, next: '/' },
          { kind: 'mixed', least: 1, most: 2, next: '/' },
        ],
      },
    ),
    score: 0.55,
    valid: (match) => isMonthDay(figures(match[1]), figures(match[3])),
  },
  {
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_.-])(${YEAR})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\p{L}\p{N}_.-])`,
      'iu',
      { tokens: [{ kind: 'digits', least: 8, most: 8 }] },
    ),
    score: 0.6,
    needs: 'cue',
    valid: always,
  },
  {
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_.-])(\d{2})(?=(\d{2}))(\d{2})(?:\d{2}|${YEAR})(?![\p{L}\p{N}_.-])`,
      'iu',
      {
        tokens: [
          { kind: 'digits', least: 6, most: 6 },
          { kind: 'digits', least: 8, most: 8 },
        ],
      },
    ),
    score: 0.6,
    needs: 'label',
    valid: eitherWay,
  },
  {
    pattern: anchored(String.raw`${START}${YEAR}[-/](?:0[1-9]|1[0-2])${END}`, 'iu', {
      tokens: [YEAR_NUMBER],
    }),
    score: 0.55,
    needs: 'label',
    valid: always,
  },
]

/** Machine time stamps (RFC 3339 with seconds, with a T or a space). */
export const TIMESTAMP = anchored(
  String.raw`(?<![\p{L}\p{N}_.-])${YEAR}-(\d{2})-(\d{2})[T ](?:[01]\d|2[0-4]):[0-5]\d:[0-6]\d(?:[.,]\d{1,9})?(?: ?Z|[ ]?[+-]\d{2}:?\d{2})?(?![\p{L}\p{N}_])`,
  'iu',
  { tokens: [YEAR_NUMBER] },
)
