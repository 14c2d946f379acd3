import { anchored, firstWords } from '../scan/index.ts'
import { isMonthDay, isWrittenDate } from './date-checks.ts'
import { always, YEAR, type DateForm } from './date-form.ts'

const WEEKDAY = String.raw`(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)`
const WEEKDAYS = String.raw`(?:${WEEKDAY}\.?,? {1,2}(?:the )?)?`
const WHOLE_WEEKDAY = '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)'
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
const RANGE = String.raw`(?: ?(?:-|to|through|and|&) ?${DAY})?`

/** Typed without its capital a month is told where its name is no other word. */
function isOnlyMonth(written: string): boolean {
  return !/(?:march|may|august|(?<!\p{L})\p{L}{3,4})$/u.test(written)
}

const SPOKEN_TENS =
  '(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)'
const SPOKEN_YEAR = String.raw`(?:(?:nineteen|twenty)[- ](?:(?:oh|o)[- ](?:one|two|three|four|five|six|seven|eight|nine)|${SPOKEN_TENS}|hundred)|two thousand(?: and)?(?: (?:one|two|three|four|five|six|seven|eight|nine|${SPOKEN_TENS}))?)`
const NUMBERED_DAY = '(?:3[01]|[12]\\d|0?[1-9])(?:st|nd|rd|th)'
/** A person, or a pronoun, and a verb in the past, in the same sentence. */
const TOLD_OF_SOMEBODY =
  /(?<!\p{L})(?:he|she|they|I|we|who|pt|patient|him|her|mr|mrs|ms|(?!(?:The|This|That|These|Those|An?|In|On|At|It|Its|Our|Their|No)(?!\p{L}))\p{Lu}\p{Ll}+)(?!\p{L})[^.?!\n]{0,50}(?<!\p{L})(?:saw|seen|had|was|were|began|started|starts|start|begins|moves|leaves|turns|due|expected|got|went|came|moved|died|born|fell|diagnosed|admitted|discharged|underwent|visited|returned|retired|\p{L}{2,12}ed)(?!\p{L})[^.?!\n]{0,40}$/u
/** Feasts that are one day, by the names that stand for no other. */
const FEAST = String.raw`(?:christmas|xmas)(?: eve| day)?|new year'?s(?: eve| day)|thanksgiving(?: day)?|halloween|easter(?: sunday| monday)?|good friday|ash wednesday|palm sunday|fat tuesday|mardi gras|(?:labor|labour|memorial|independence|veterans'?|presidents'?|columbus|mlk|canada|anzac|australia|bastille|boxing|(?:mother|father|valentine)'?s|(?:st\.?|saint) patrick'?s) day|juneteenth|cinco de mayo|eid(?: al-(?:fitr|adha))?|yom kippur|rosh hashanah|diwali`
const YEAR_BEHIND = String.raw`(?:(?:,? {1,2}|-|/|\.|, ?of |, ?in )(?:${YEAR}|'\d\d)|[-/]\d\d|,? \d\d(?= ?(?:$|[.,;)\n])))?`
const MONTHS = { words: firstWords(`${MONTH}|${WEEKDAY}`) }
const DAYS = {
  tokens: [
    { kind: 'digits', least: 1, most: 2, next: ' ./', beyond: ['letter', 'other'] },
    { kind: 'digits', least: 1, most: 2, next: '-a&' },
  ],
} as const

/** Dates with words in them: months, days of the week, numbers that are spelled out. */
export const WRITTEN: readonly DateForm[] = [
  {
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])${WEEKDAYS}${MONTH}(?:\.?[ -]{0,2}|[/.]|\n(?=\d{1,2},? ${YEAR}))(?:the )?${DAY}${RANGE}${YEAR_BEHIND}(?![\p{L}\p{N}_]|[./:]\d|%)`,
      'iu',
      MONTHS,
    ),
    score: 0.75,
    valid: isWrittenDate,
  },
  {
    pattern: anchored(
      String.raw`(?<![\p{N}_.,/:]|\p{L})${WEEKDAYS}${DAY}${RANGE}(?: day)?(?: of)?[ ./-]{0,2}${MONTH}(?:(?:\.?,? {0,2}|-|/|\.)(?:${YEAR}|'\d\d)|[-/.]\d\d|(?<=\d\p{L}{3})\d\d)?(?![\p{L}\p{N}_])`,
      'iu',
      DAYS,
      { words: firstWords(WEEKDAY) },
      { tokens: [{ kind: 'mixed', least: 7, most: 7 }], starts: '0123' },
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
    // "9.4 on 2025-11-03 and 8.8 in Feb": where other dates stand, a month is one of them.
    pattern: anchored(
      String.raw`(?<=(?<!\p{L})in )(?:${FULL_MONTH}|${SHORT_MONTH})(?![\p{L}\p{N}_]|\.? \d)`,
      'u',
      { words: firstWords(`${FULL_MONTH}|${SHORT_MONTH}`) },
    ),
    score: 0.45,
    needs: 'dated',
    valid: always,
  },
  {
    // "DOB oct 9 52".
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])${MONTH}\.? ${DAY},? '?\d\d(?![\p{L}\p{N}_]|[./:]\d|%)`,
      'iu',
      { words: firstWords(MONTH) },
    ),
    score: 0.7,
    needs: 'label',
    valid: always,
  },
  {
    // "Echo last Thursday", "he called on Monday": not what happens each week, nor when a house is open.
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])(?:(?:last|this past) )?(?<![-–&/] ?|(?<!\p{L})(?:every|each|most|other|any|to|thru|through|easter|black|super|and|or) )${WHOLE_WEEKDAY}(?![\p{L}\p{N}_]|-\p{L}|\.\p{L}| ?[-–&/] ?\p{L}| (?:school|evenings|mornings|nights|(?:to|through|thru|or|and) ${WEEKDAY})(?!\p{L}))`,
      'iu',
      { words: firstWords(WHOLE_WEEKDAY), back: 2 },
    ),
    score: 0.45,
    valid: ({ 0: day, index }, text) =>
      / /.test(day) || TOLD_OF_SOMEBODY.test(text.slice(Math.max(0, index - 70), index)),
  },
  {
    // "Seen Fri."
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])(?:Mon|Tues?|Wed|Thurs?|Thu|Fri)(?=[.,;)\n]|$)(?!, ?\p{L}{3,6}(?!\p{L}))`,
      'u',
      { words: firstWords('mon|tues?|wed|thurs?|thu|fri') },
    ),
    score: 0.45,
    needs: 'label',
    valid: always,
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
  {
    // A feast is one day of its year, and without a year where it is said what somebody did then.
    pattern: anchored(
      String.raw`(?<![\p{L}\p{N}_])(?:${FEAST})(?:,? (?:of |in )?${YEAR})?(?![\p{L}\p{N}_])`,
      'iu',
      { words: firstWords(FEAST) },
    ),
    score: 0.5,
    valid: ({ 0: feast, index }, text) =>
      /\d{4}$/.test(feast) || isOnAFeast(text.slice(Math.max(0, index - 70), index)),
  },
]

function isOnAFeast(before: string): boolean {
  return (
    /(?<!\p{L})(?:on|since|after|before|around|until|last|the day (?:after|before|of)) $/iu.test(
      before,
    ) && TOLD_OF_SOMEBODY.test(before)
  )
}
