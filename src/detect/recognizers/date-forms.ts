import { anchored, firstWords, type Anchored } from '../scan/index.ts'
import { isMonthDay, isWrittenDate } from './date-checks.ts'

const WEEKDAY = String.raw`(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)`
const WEEKDAYS = String.raw`(?:${WEEKDAY}\.?,? {1,2}(?:the )?)?`
const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`
const FULL_MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december)'
/** Of Spanish, French, German, Italian and Portuguese, where they differ from English. */
const OTHER_MONTH =
  '(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|januar|februar|märz|maerz|juni|juli|oktober|dezember|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro)'
const DAY = String.raw`(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?`
const ORDINAL = String.raw`(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))`
const YEAR = String.raw`(?:1[89]|20|21)\d\d`
const RANGE = String.raw`(?: ?(?:-|to|through|and|&) ?${DAY})?`
/** Not inside a longer number; behind "3/14-" another date may begin. */
const START = String.raw`(?<![\p{L}\p{N}_]|\d[./]|(?<!\/\d{1,2})\d-)`
const END = String.raw`(?![\p{L}\p{N}_]|[./]\d|-\d(?!\d?\/\d))`
const SHORT_NUMBER = { kind: 'digits', least: 1, most: 2 } as const
const YEAR_NUMBER = { kind: 'digits', least: 4, most: 4, next: '-./' } as const

export interface DateForm {
  readonly pattern: Anchored
  readonly score: number
  /** Whether the match is a date of the calendar at all. */
  readonly valid: (match: RegExpExecArray, text: string) => boolean
  /** What must stand before it: a cue ("on"), or a label ("DOB:"). `dated` forms are also taken in a text with full dates. */
  readonly needs?: 'cue' | 'label' | 'dated'
}

const always = (): boolean => true
const monthDay = (match: RegExpExecArray): boolean => isMonthDay(match[1], match[3])
const eitherWay = (match: RegExpExecArray): boolean =>
  isMonthDay(match[1], match[3]) || isMonthDay(match[3], match[1])

const NUMERIC: readonly DateForm[] = [
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
      tokens: [{ ...SHORT_NUMBER, next: '-./ ' }],
    }),
    score: 0.8,
    valid: eitherWay,
  },
  {
    pattern: anchored(String.raw`${START}(\d{1,2})(/)(\d{1,2})/'?\d{2}${END}`, 'iu', {
      tokens: [{ ...SHORT_NUMBER, next: '/' }],
    }),
    score: 0.6,
    valid: eitherWay,
  },
  {
    pattern: anchored(String.raw`${START}(\d{1,2})([-.])(\d{1,2})\2\d{2}${END}`, 'iu', {
      tokens: [{ ...SHORT_NUMBER, next: '-.' }],
    }),
    score: 0.5,
    needs: 'cue',
    valid: eitherWay,
  },
  {
    pattern: anchored(String.raw`${START}(?:0?[1-9]|1[0-2])[/-](?:19|20)\d\d${END}`, 'iu', {
      tokens: [{ ...SHORT_NUMBER, next: '/-' }],
    }),
    score: 0.55,
    valid: always,
  },
  {
    pattern: anchored(
      String.raw`${START}(\d{1,2})(/)(\d{1,2})(?![\p{L}\p{N}_%]|[./]\d|-\d(?!\d?\/\d)| ?(?:tabs?|tablets?|pills?|dose|mg|ml|cup|pack|ppd|of|strength|life|oz|inch|tsp|pain|normal|ns|full|weeks?|days?|hours?|months?|times|positive|negative|points?|nodes?|beats?|bottles?|quadrants?|systolic|murmur|power|motor|extremit|bilateral)(?!\p{L}))`,
      'iu',
      { tokens: [{ ...SHORT_NUMBER, next: '/' }] },
    ),
    score: 0.5,
    needs: 'dated',
    valid: monthDay,
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

const YEAR_BEHIND = String.raw`(?:(?:,? {1,2}|-|/|\.|, ?of |, ?in )(?:${YEAR}|'\d\d)|[-/]\d\d|,? \d\d(?= ?(?:$|[.,;)\n])))?`
const MONTHS = { words: firstWords(`${MONTH}|${WEEKDAY}`) }
const DAYS = { tokens: [{ kind: 'digits', least: 1, most: 2, next: " -./a'&," }] } as const

const WRITTEN: readonly DateForm[] = [
  {
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])${WEEKDAYS}${MONTH}(?:\.?[ -]{0,2}|[/.])(?:the )?${DAY}${RANGE}${YEAR_BEHIND}(?![\p{L}\p{N}_]|[./:]\d|%)`,
      'iu',
      MONTHS,
    ),
    score: 0.75,
    valid: isWrittenDate,
  },
  {
    pattern: anchored(
      String.raw`(?<![\p{N}_.,/:]|\p{L})${WEEKDAYS}${DAY}${RANGE}(?: day)?(?: of)?[ ./-]{0,2}${MONTH}(?:(?:\.?,? {0,2}|-|/|\.)(?:${YEAR}|'\d\d)|[-/.]\d\d)?(?![\p{L}\p{N}_])`,
      'iu',
      DAYS,
      { words: firstWords(WEEKDAY) },
    ),
    score: 0.75,
    valid: isWrittenDate,
  },
  {
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])${MONTH}(?:\.?,?(?: of)? |-|/|\.? ?'|\. ?)(?:of )?(?:(?<!')${YEAR}|(?<=')\d\d)(?![\p{L}\p{N}_])`,
      'iu',
      { words: firstWords(MONTH) },
    ),
    score: 0.65,
    valid: isWrittenDate,
  },
  {
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])(?:${FULL_MONTH} (?:the )?${ORDINAL}|(?:the )?${ORDINAL}(?: day)? of ${FULL_MONTH})(?:,? (?:of )?${YEAR})?(?![\p{L}\p{N}_])`,
      'iu',
      { words: firstWords(`${FULL_MONTH}|the|${ORDINAL}`) },
    ),
    score: 0.7,
    valid: (match) => /\p{Lu}/u.test(match[0]) || !/^(?:may|march)/.test(match[0]),
  },
  {
    pattern: anchored(
      String.raw`(?<![\p{N}_.,/:]|\p{L})(?:3[01]|[12]\d|0?[1-9]|1er)(?:\.|º)?(?: de)? ${OTHER_MONTH}(?:,?(?: de| del)? ${YEAR})?(?![\p{L}\p{N}_])`,
      'iu',
      { tokens: [{ kind: 'digits', least: 1, most: 2, next: ' .a' }] },
    ),
    score: 0.65,
    valid: (match, text) => isWrittenDate(match, text),
  },
  {
    // A month alone says when something happened only where a word says so.
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])(?<=(?<!\p{L})(?:last|this past|past|early|late|mid|mid-|since|until|till|in early|in late|in mid|around) {0,1})${FULL_MONTH}(?![\p{L}\p{N}_]| \d)`,
      'iu',
      { words: firstWords(FULL_MONTH) },
    ),
    score: 0.5,
    valid: (match) => /^\p{Lu}/u.test(match[0]),
  },
]

/** The written forms of a date, most telling first. Bare years are none of them. */
export const DATE_FORMS: readonly DateForm[] = [...NUMERIC, ...WRITTEN]

/** Machine time stamps (RFC 3339 with seconds, with a T or a space). */
export const TIMESTAMP = anchored(
  String.raw`(?<![\p{L}\p{N}_.-])${YEAR}-(\d{2})-(\d{2})[T ](?:[01]\d|2[0-4]):[0-5]\d:[0-6]\d(?:[.,]\d{1,9})?(?: ?Z|[ ]?[+-]\d{2}:?\d{2})?(?![\p{L}\p{N}_])`,
  'iu',
  { tokens: [YEAR_NUMBER] },
)
