import { foldWord } from '../names/index.ts'

/** Beginnings of the months' names: English, German, French, Spanish, Italian, Portuguese, Dutch; folded. */
const MONTHS: readonly (readonly [beginnings: string, month: number])[] = [
  ['jan ene gen', 1],
  ['feb fev', 2],
  ['mar mrz maa mrt', 3],
  ['apr avr abr', 4],
  ['may mai mei mag', 5],
  ['jun juin giu', 6],
  ['jul juil lug', 7],
  ['aug aou ago', 8],
  ['sep set', 9],
  ['oct okt ott out', 10],
  ['nov', 11],
  ['dec dez dic', 12],
]
const MONTH_OF: ReadonlyMap<string, number> = new Map(
  MONTHS.flatMap(([beginnings, month]) =>
    beginnings.split(' ').map((text) => [text, month] as const),
  ),
)

const YEAR = String.raw`'?(\d{4}|\d{2})(?!\d)`
const NAME = String.raw`(\p{L}{3,10})`
const form = (source: string): RegExp => new RegExp(source, 'uy')

type Read = (match: RegExpExecArray) => readonly string[]

interface Form {
  readonly pattern: RegExp
  readonly read: Read
}

/** Forms by how many digits they begin with. "03/04/1956" is a day of March or of April. */
const BY_DIGITS: Readonly<Record<number, readonly Form[]>> = (() => {
  const short: readonly Form[] = [
    {
      pattern: form(String.raw`(\d{1,2})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}${YEAR}`),
      read: (m) => [...days(m[3], m[1], m[2]), ...days(m[3], m[2], m[1])],
    },
    {
      pattern: form(
        String.raw`(\d{1,2})(?:st|nd|rd|th|\.)?[-/. ]{0,2}(?:(?:of|de) )?${NAME}[-/.,]{0,2} ?(?:(?:of|de) )?${YEAR}`,
      ),
      read: (m) => days(m[3], monthOf(m[2]), m[1]),
    },
  ]
  return {
    0: [
      {
        pattern: form(
          String.raw`${NAME}[-/. ]{0,2}(?:the )?(\d{1,2})(?:st|nd|rd|th)?[-/,. ]{1,3}(?:of )?${YEAR}`,
        ),
        read: (m) => days(m[3], monthOf(m[1]), m[2]),
      },
    ],
    1: short,
    2: short,
    4: [
      {
        pattern: form(String.raw`(\d{4})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{1,2})(?!\d)`),
        read: (m) => days(m[1], m[2], m[3]),
      },
      {
        pattern: form(String.raw`(\d{4})[-/. ]?${NAME}[-/. ]{0,2}(\d{1,2})(?!\d)`),
        read: (m) => days(m[1], monthOf(m[2]), m[3]),
      },
    ],
    8: [
      {
        pattern: form(String.raw`(\d{2})(\d{2})(\d{2})(\d{2})`),
        read: ([, a = '', b = '', c = '', d = '']) => [
          ...days(a + b, c, d),
          ...days(c + d, a, b),
          ...days(c + d, b, a),
        ],
      },
    ],
  }
})()

/** A date that stands in a text, and the days it may mean, each written `19560403`. */
export interface DateAt {
  readonly end: number
  readonly days: readonly string[]
}

/** The longest date that begins at a position, which is the start of a word. */
export function dateAt(text: string, start: number): DateAt | undefined {
  let found: DateAt | undefined
  const count = digitsAt(text, start)
  // A word that begins no month's name ends it here: most words do.
  if (count === 0 && !MONTH_OF.has(foldWord(text.slice(start, start + 3)))) return undefined
  for (const { pattern, read } of BY_DIGITS[count] ?? []) {
    pattern.lastIndex = start
    const match = pattern.exec(text)
    if (match === null) continue
    const meant = read(match)
    const end = start + match[0].length
    if (meant.length > 0 && end > (found?.end ?? 0)) found = { end, days: meant }
  }
  return found
}

/** How many digits stand at a position, nine for more. */
function digitsAt(text: string, start: number): number {
  let count = 0
  while (
    count < 9 &&
    text.charCodeAt(start + count) >= 48 &&
    text.charCodeAt(start + count) <= 57
  ) {
    count += 1
  }
  return count
}

function monthOf(name: string | undefined): string | undefined {
  const folded = foldWord(name ?? '')
  const month = MONTH_OF.get(folded.slice(0, 4)) ?? MONTH_OF.get(folded.slice(0, 3))
  return month === undefined ? undefined : String(month)
}

/** Two digits of a year are of this century or the last. */
function days(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): readonly string[] {
  const m = Number(month ?? 0)
  const d = Number(day ?? 0)
  if (year === undefined || m < 1 || m > 12 || d < 1 || d > 31) return []
  const rest = String(m).padStart(2, '0') + String(d).padStart(2, '0')
  if (year.length === 2) return [`19${year}${rest}`, `20${year}${rest}`]
  return Number(year) < 1800 || Number(year) > 2199 ? [] : [year + rest]
}
