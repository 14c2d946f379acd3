const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`
const DAY = String.raw`(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?`
const YEAR = String.raw`(?:1[89]|20|21)\d\d`
const RANGE = String.raw`(?: ?(?:-|to|through|and) ?${DAY})?`
const START = String.raw`(?<![\p{L}\p{N}_]|\d[./-])`
const END = String.raw`(?![\p{L}\p{N}_]|[./-]\d)`

export interface DateForm {
  readonly pattern: RegExp
  readonly score: number
  /** Whether the match is a date of the calendar at all. */
  readonly valid: (match: RegExpExecArray, text: string) => boolean
  /** Whether the form counts only where a cue stands before it. */
  readonly needsCue?: boolean
}

const form = (source: string): RegExp => new RegExp(source, 'giu')

/** The written forms of a date, most telling first. Bare years are none of them. */
export const DATE_FORMS: readonly DateForm[] = [
  {
    pattern: form(
      String.raw`${START}(${YEAR})([-/.])(\d{1,2})\2(\d{1,2})(?![\p{L}\p{N}_]|[./-]\d)`,
    ),
    score: 0.8,
    valid: (match) => isMonthDay(match[3], match[4]),
  },
  {
    // The date of a time stamp written with a T, without seconds.
    pattern: form(String.raw`${START}(${YEAR})-(\d{2})-(\d{2})(?=T\d{2}:\d{2})`),
    score: 0.6,
    valid: (match) => isMonthDay(match[2], match[3]),
  },
  {
    pattern: form(String.raw`${START}(\d{1,2})([-/.])(\d{1,2})\2(${YEAR})${END}`),
    score: 0.8,
    valid: (match) => isMonthDay(match[1], match[3]) || isMonthDay(match[3], match[1]),
  },
  {
    pattern: form(String.raw`${START}(\d{1,2})/(\d{1,2})/\d{2}${END}`),
    score: 0.6,
    valid: (match) => isMonthDay(match[1], match[2]) || isMonthDay(match[2], match[1]),
  },
  {
    pattern: form(String.raw`${START}(\d{2})([-.])(\d{2})\2\d{2}${END}`),
    score: 0.5,
    needsCue: true,
    valid: (match) => isMonthDay(match[1], match[3]) || isMonthDay(match[3], match[1]),
  },
  {
    pattern: form(
      String.raw`(?<![\p{L}\p{N}_])${MONTH}\.?[ -]{0,2}(?:the )?${DAY}${RANGE}(?:(?:,? {1,2}|-|, ?of )(?:${YEAR}|'\d\d))?(?![\p{L}\p{N}_]|[./:]\d|%)`,
    ),
    score: 0.75,
    valid: isWrittenDate,
  },
  {
    pattern: form(
      String.raw`(?<![\p{N}_.,/:]|\p{L})${DAY}${RANGE}(?: of)?[ -]{0,2}${MONTH}(?:(?:\.?,? {0,2}|-)(?:${YEAR}|'\d\d))?(?![\p{L}\p{N}_])`,
    ),
    score: 0.75,
    valid: isWrittenDate,
  },
  {
    pattern: form(
      String.raw`(?<![\p{L}\p{N}_])${MONTH}(?:\.?,?(?: of)? |-|/)(?:of )?${YEAR}(?![\p{L}\p{N}_])`,
    ),
    score: 0.65,
    valid: isWrittenDate,
  },
  {
    pattern: form(
      String.raw`${START}(\d{1,2})/(\d{1,2})(?![\p{L}\p{N}_%]|[./-]\d| ?(?:tabs?|tablets?|pills?|dose|mg|ml|cup|pack|ppd|of|strength|life|oz|inch|tsp|pain|normal|ns|full|weeks?|days?)(?!\p{L}))`,
    ),
    score: 0.5,
    needsCue: true,
    valid: (match) => isMonthDay(match[1], match[2]),
  },
  {
    pattern: form(
      String.raw`(?<![\p{L}\p{N}_.-])(${YEAR})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\p{L}\p{N}_.-])`,
    ),
    score: 0.6,
    needsCue: true,
    valid: () => true,
  },
]

/** Machine time stamps (RFC 3339 with seconds, with a T or a space). */
export const TIMESTAMP = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.-])${YEAR}-(\d{2})-(\d{2})[T ](?:[01]\d|2[0-4]):[0-5]\d:[0-6]\d(?:[.,]\d{1,9})?(?: ?Z|[ ]?[+-]\d{2}:?\d{2})?(?![\p{L}\p{N}_])`,
  'giu',
)

export function isMonthDay(month: string | undefined, day: string | undefined): boolean {
  const m = Number(month)
  const d = Number(day)
  return m >= 1 && m <= 12 && d >= 1 && d <= 31
}

// Short forms and "may", "march" are also words, codes and verbs in lower case.
const ALSO_A_WORD =
  /(?<!\p{L})(?:may|march|mar|sep|dec|jan|oct|nov|apr|jun|jul|feb|aug|sept)(?!\p{L})/u
const DOSE =
  /^ ?(?:mg|mcg|ml|units?|tabs?|tablets?|mmol|kg|lbs?|hours?|hrs?|minutes?|mins?|days?|weeks?|months?|times|percent|patients|people|points)(?!\p{L})/iu

function isWrittenDate(match: RegExpExecArray, text: string): boolean {
  const end = match.index + match[0].length
  if (DOSE.test(text.slice(end, end + 12))) return false
  return !ALSO_A_WORD.test(match[0]) || /\d{4}$|'\d\d$|\d(?:st|nd|rd|th)(?!\p{L})/u.test(match[0])
}
