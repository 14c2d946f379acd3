import { anchored, firstWords, type Anchored } from '../scan/index.ts'
import { isDayFirst, isMonthDay, isRatio, isSetting, isWrittenDate } from './date-checks.ts'

const WEEKDAY = String.raw`(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)`
const WEEKDAYS = String.raw`(?:${WEEKDAY}\.?,? {1,2}(?:the )?)?`
const MONTH = String.raw`(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`
/** Short for months, and no other word with a capital. */
const SHORT_MONTH = '(?:Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)'
const FULL_MONTH =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december)'
/** Of other languages, where they differ from English. */
const OTHER_MONTH =
  '(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|januar|februar|märz|maerz|juni|juli|oktober|dezember|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro|januari|februari|maart|mei|augustus|marts|juni|augusti|desember|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|tammikuuta|helmikuuta|maaliskuuta|huhtikuuta|toukokuuta|kesäkuuta|heinäkuuta|elokuuta|syyskuuta|lokakuuta|marraskuuta|joulukuuta|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня|ιανουαρίου|φεβρουαρίου|μαρτίου|απριλίου|μαΐου|ιουνίου|ιουλίου|αυγούστου|σεπτεμβρίου|οκτωβρίου|νοεμβρίου|δεκεμβρίου|ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर|มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม)'
const DAY = String.raw`(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?`
const ORDINAL = String.raw`(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth))`
const YEAR = String.raw`(?:1[89]|20|21)\d\d`
const RANGE = String.raw`(?: ?(?:-|to|through|and|&) ?${DAY})?`
/** Not inside a longer number; behind "3/14-" another date may begin. */
const START = String.raw`(?<![\p{L}\p{N}_]|\d[./]|(?<!\/\d{1,3})\d-)`
const END = String.raw`(?![\p{L}\p{N}_]|[./]\d|-\d(?!\d?\/\d))`
const SHORT_NUMBER = { kind: 'digits', least: 1, most: 2 } as const
const YEAR_NUMBER = { kind: 'digits', least: 4, most: 4, next: '-./', beyond: ['digit'] } as const

export interface DateForm {
  readonly pattern: Anchored
  readonly score: number
  /** Whether the match is a date of the calendar at all. */
  readonly valid: (match: RegExpExecArray, text: string) => boolean
  /** What must stand before it: a cue ("on"), or a label ("DOB:"). `dated` forms are also taken in a text with full dates, `appointment` ones only behind a visit. */
  readonly needs?: 'cue' | 'label' | 'dated' | 'appointment'
}

/** Letters that a scanner takes figures for. */
function figures(scanned: string | undefined): string {
  return (scanned ?? '').replaceAll(/[lI]/g, '1').replaceAll('O', '0')
}

/** Typed without its capital a month is told where its name is no other word. */
function isOnlyMonth(written: string): boolean {
  return !/(?:march|may|august|(?<!\p{L})\p{L}{3,4})$/u.test(written)
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
    needs: 'cue',
    valid: eitherWay,
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

const SPOKEN_TENS =
  '(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)'
const SPOKEN_YEAR = String.raw`(?:(?:nineteen|twenty)[- ](?:(?:oh|o)[- ](?:one|two|three|four|five|six|seven|eight|nine)|${SPOKEN_TENS}|hundred)|two thousand(?: and)?(?: (?:one|two|three|four|five|six|seven|eight|nine|${SPOKEN_TENS}))?)`
const NUMBERED_DAY = '(?:3[01]|[12]\\d|0?[1-9])(?:st|nd|rd|th)'
/** A person, or a pronoun, and a verb in the past, in the same sentence. */
const TOLD_OF_SOMEBODY =
  /(?<!\p{L})(?:he|she|they|I|we|who|pt|patient|him|her|mr|mrs|ms|(?!(?:The|This|That|These|Those|An?|In|On|At|It|Its|Our|Their|No)(?!\p{L}))\p{Lu}\p{Ll}+)(?!\p{L})[^.?!\n]{0,50}(?<!\p{L})(?:saw|seen|had|was|were|began|started|starts|start|begins|moves|leaves|turns|due|expected|got|went|came|moved|died|born|fell|diagnosed|admitted|discharged|underwent|visited|returned|retired|\p{L}{2,12}ed)(?!\p{L})[^.?!\n]{0,40}$/u
const YEAR_BEHIND = String.raw`(?:(?:,? {1,2}|-|/|\.|, ?of |, ?in )(?:${YEAR}|'\d\d)|[-/]\d\d|,? \d\d(?= ?(?:$|[.,;)\n])))?`
const MONTHS = { words: firstWords(`${MONTH}|${WEEKDAY}`) }
const DAYS = {
  tokens: [
    { kind: 'digits', least: 1, most: 2, next: ' ./', beyond: ['letter', 'other'] },
    { kind: 'digits', least: 1, most: 2, next: '-a&' },
  ],
} as const

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
      String.raw`(?<![\p{L}\p{N}_])(?:${FULL_MONTH} (?:the )?${ORDINAL}|(?:the )?${ORDINAL}(?: day)? of ${FULL_MONTH})(?:,? (?:of |in )?(?:${YEAR}|${SPOKEN_YEAR}))?(?![\p{L}\p{N}_])`,
      'iu',
      { words: firstWords(FULL_MONTH) },
      { words: firstWords(ORDINAL), back: 1 },
    ),
    score: 0.7,
    valid: (match) => /\p{Lu}/u.test(match[0]) || !/^(?:may|march)/.test(match[0]),
  },
  {
    pattern: anchored(
      String.raw`(?<![\p{N}_.,/:]|\p{L})(?:3[01]|[12]\d|0?[1-9]|1er)(?:\.|º)?(?: de| ב)? ?${OTHER_MONTH}(?:,?(?: de| del)? (?:${YEAR}|25\d\d))?(?![\p{L}\p{N}_])`,
      'iu',
      {
        tokens: [
          { kind: 'digits', least: 1, most: 2, next: ' .', beyond: ['letter', 'other'] },
          { kind: 'digits', least: 1, most: 2, next: 'a' },
        ],
      },
    ),
    score: 0.65,
    valid: (match, text) => isWrittenDate(match, text),
  },
  {
    // A month alone says when something happened only where a word says so.
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])(?:(?:last|this past|past|early|late|mid)[ -])?(?<=(?<!\p{L})(?:last|this past|past|early|late|mid|mid-|since|until|till|in early|in late|in mid|around) {0,1})(?:${FULL_MONTH}|${SHORT_MONTH})(?![\p{L}\p{N}_]|\.? \d)`,
      'iu',
      { words: firstWords(`${FULL_MONTH}|${SHORT_MONTH}`), back: 2 },
    ),
    score: 0.5,
    valid: (match) => /\p{Lu}\p{L}+$/u.test(match[0]) || isOnlyMonth(match[0]),
  },
  {
    // "was admitted in March": what somebody did or had is behind them.
    pattern: anchored(
      String.raw`(?<=(?<!\p{L})in )(?:${FULL_MONTH}|${SHORT_MONTH})(?![\p{L}\p{N}_]|\.? \d)`,
      'iu',
      {
        words: firstWords(`${FULL_MONTH}|${SHORT_MONTH}`),
      },
    ),
    score: 0.45,
    valid: (match, text) =>
      (/^\p{Lu}/u.test(match[0]) || isOnlyMonth(match[0])) &&
      TOLD_OF_SOMEBODY.test(text.slice(Math.max(0, match.index - 70), match.index)),
  },
  {
    // "until the 19th": a day of the month that runs, not "on the 5th floor".
    pattern: anchored(
      String.raw`(?<=(?<!\p{L})(?:on|until|till|til|by|since|from|before|after|around|due|starting|for|through|was|is) )the ${NUMBERED_DAY}(?=[,.;:!?)]|$|\n| (?:and|at|to|for|with|because|but|or|in|when|so|if|then|until|she|he|we|they|I|she's|he's|please|of (?:this|last|next) month)(?!\p{L}))`,
      'iu',
      { words: new Set(['the']) },
    ),
    score: 0.45,
    valid: always,
  },
  {
    // "Fri 6/13". In lower case "sat" is a saturation, and "sun" and "wed" are words.
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])(${WEEKDAY})\.?,? (\d{1,2})/(\d{1,2})(?:/(?:${YEAR}|\d{2}))?(?![\p{L}\p{N}_%]|[./]\d)`,
      'iu',
      { words: firstWords(WEEKDAY) },
    ),
    score: 0.65,
    valid: (match) =>
      !/^(?:sat|sun|wed)$/.test(match[1] ?? '') &&
      (isMonthDay(match[2], match[3]) || isMonthDay(match[3], match[2])),
  },
  {
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])${WEEKDAY}\.?,? (?:the )?${NUMBERED_DAY}(?![\p{L}\p{N}_])`,
      'iu',
      { words: firstWords(WEEKDAY) },
    ),
    score: 0.6,
    valid: always,
  },
  {
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])(?:christmas|xmas|new year'?s?|thanksgiving|halloween|easter)[ -](?:eve|day|morning|night|monday|sunday)(?![\p{L}\p{N}_])`,
      'iu',
      { words: firstWords('christmas|xmas|new|thanksgiving|halloween|easter') },
    ),
    score: 0.5,
    valid: always,
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
