import { anchored, matchesIn } from '../scan/index.ts'
import { decodeBase64 } from './base64.ts'
import { inOrder, type Edit } from './edits.ts'
import type { TextView } from './view.ts'

/** Single digits, one sign or blank between them, and wider gaps where groups part: "5 5 5 - 1 2 3 4". */
const SPACED = anchored(
  String.raw`(?<![\p{L}\p{N}._-])\d(?:[ ._*|-]\d|[ ._*|/()-]{2,4}\d){3,30}(?![\p{L}\p{N}]|[._-]\d)`,
  'u',
  { tokens: [{ kind: 'digits', least: 1, most: 1, next: ' ._*|-/)', beyond: ['digit', 'other'] }] },
)
/** A line that ends inside an identifier: "123-45-", "99-", "ann@". Begins at the line end itself. */
const BROKEN = anchored(
  String.raw`(?:(?<=\d[-._/]?[ \t]{0,3}\r?)\n[ \t>|*#]{0,6}(?=[\p{L}-]{0,4}\d)|(?<=[\p{L}\p{N}][-_@][ \t]{0,3}\r?)\n[ \t>|*#]{0,6}(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}][ \t]{0,3}\r?)\n[ \t>|*#]{0,6}(?=@[\p{L}\p{N}]))`,
  'u',
  { characters: '\n' },
)
/** The border of a table cell inside an identifier. */
const CELL = anchored(String.raw`(?<=\d-? {0,3})[|\t][ ]{0,3}(?=-?\d)`, 'u', {
  characters: '|\t',
})
/** A sign that was written as a word in brackets. */
const SIGN = anchored(
  String.raw`(?<=[\p{L}\p{N}] ?[([{<])(?:at|dot)[)\]}>] ?(?=[\p{L}\p{N}])`,
  'iu',
  { words: new Set(['at', 'dot']) },
)
/** Pieces that may be base64 of text. */
const BASE64 = anchored(
  String.raw`(?<![\p{L}\p{N}+/_-]|==)(?=[A-Za-z]{4,}[+=]|[A-Za-z]{8,}/|(?=[A-Za-z0-9]{6})(?:[A-Za-z]+\d|\d+[A-Za-z]))[A-Za-z0-9+/_-]{8,65536}={0,2}(?![\p{L}\p{N}+/=_-])`,
  'u',
  {
    tokens: [
      { kind: 'mixed', least: 6, most: 40 },
      { kind: 'letters', least: 4, most: 40, next: '+=' },
      { kind: 'letters', least: 8, most: 40, next: '/' },
    ],
  },
)

/** What joins digits that were parted, and identifiers that were broken over lines or cells. In order, apart. */
export function joiningEdits(view: TextView): readonly Edit[] {
  const { text } = view
  return inOrder([
    ...matchesIn(view, SPACED).flatMap(joinDigits),
    ...matchesIn(view, BROKEN).flatMap((match) => joinLines(text, match)),
    ...matchesIn(view, CELL).flatMap((match) => joinCells(text, match)),
  ])
}

/** Text in base64. */
export function base64Edits(view: TextView): readonly Edit[] {
  return matchesIn(view, BASE64).flatMap((match): Edit[] => {
    const plain = decodeBase64(match[0])
    if (plain === undefined) return []
    return [{ start: match.index, end: match.index + match[0].length, text: plain }]
  })
}

/** "ann (at) example [dot] org". */
export function signEdits(view: TextView): readonly Edit[] {
  return matchesIn(view, SIGN).map((match) => {
    const start = view.text.charAt(match.index - 2) === ' ' ? match.index - 2 : match.index - 1
    const end = match.index + match[0].length
    return { start, end, text: /^at/i.test(match[0]) ? '@' : '.' }
  })
}

/** The separator that stands between all digits goes; a wider one, or another one, parts groups. */
function joinDigits(match: RegExpExecArray): Edit[] {
  const text = match[0]
  const gaps = text.match(/\D+/g) ?? []
  const usual = gaps.filter((gap) => gap === gaps[0]).length
  const common = usual * 2 >= gaps.length ? gaps[0] : ' '
  const joined = text.replaceAll(/\D+/g, (gap) => {
    if (gap === common) return ''
    const sign = gap.trim()
    return sign === '' ? ' ' : sign.charAt(0)
  })
  const digits = joined.replaceAll(/\D/g, '')
  if (digits.length < 4 || new Set(digits).size < 3 || ASCENDING.test(joined)) return []
  return [{ start: match.index, end: match.index + text.length, text: grouped(joined) }]
}

/** A row of figures, if nothing parts it into groups. */
const ASCENDING = /^(?:0?123456|987654)\d*$/

/** Ten digits in a row that were spaced out are a telephone number, nine a social security number: nothing else is hidden so. */
function grouped(joined: string): string {
  if (/^\d{9}$/.test(joined)) return joined.replace(/^(...)(..)/, '$1-$2-')
  if (/^\d{10}$/.test(joined)) return joined.replace(/^(...)(...)/, '$1-$2-')
  return joined
}

function joinLines(text: string, match: RegExpExecArray): Edit[] {
  const end = match.index + match[0].length
  const start = withoutBlanks(text, match.index)
  const lead = text.slice(Math.max(0, start - 40), start)
  const before = /(?:\(\d{3}\) ?)?[\p{L}\p{N}@._/-]{1,40}$/u.exec(lead)?.[0]
  const after = /^[\p{L}\p{N}@._/-]{1,40}/u.exec(text.slice(end, end + 40))?.[0]
  const rest = text.slice(end, end + 60)
  if (ANNOUNCED.test(text.slice(Math.max(0, start - 60), start)) && REST_OF_ONE.test(rest))
    return [{ start, end, text: '' }]
  const separator = separatorFor(before ?? '', after ?? '', rest)
  return separator === undefined ? [] : [{ start, end, text: separator }]
}

/** "MRN 88", and "120447" on the next line: a label, and what begins behind it. */
const ANNOUNCED =
  /(?<!\p{L})(?:mrn|ssn|npi|dea|acct|account|policy|member|chart|record|claim|patient) ?(?:id|no\.?|number|#)?[ :#=]{1,3}\p{L}{0,3}-?\d{1,5}$/iu
const REST_OF_ONE = /^\d{3,}(?![\p{L}\d./:%-])/u

/** Where what stands before a position ends, blanks and a carriage return left out. */
function withoutBlanks(text: string, from: number): number {
  let at = from
  while (at > 0 && ' \t\r'.includes(text.charAt(at - 1))) at -= 1
  return at
}

/** What to put where the line ended; nothing where the two lines are not one identifier. */
function separatorFor(before: string, after: string, rest: string): string | undefined {
  if (before.endsWith('@') || (after.startsWith('@') && /[\p{L}\p{N}]$/u.test(before))) return ''
  const identifying = /\d/.test(before) && /\d/.test(after)
  const coded = /(?:^|[^\p{L}])\p{Lu}{2,8}-$/u.test(before) && /^\p{L}{0,3}\d/u.test(after)
  if (/[-._/]$/.test(before)) {
    return identifying || coded || isHyphenedMail(before, after) ? '' : undefined
  }
  if (!identifying) return undefined
  if (after.startsWith('-') && /^-\d/.test(after)) return ''
  if (/^(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}$/.test(before) && /^\d{4}(?!\d)/.test(after)) return '-'
  // Groups of a number: the separator that stands in either half.
  const separator = /\d([-.])\d+$/.exec(before)?.[1] ?? /^\d+([-.])\d/.exec(after)?.[1]
  if (separator !== undefined && GROUPS.test(before + separator + after)) return separator
  // One number on two lines: the second line holds nothing else, and not a third.
  return /\d{3,}$/.test(before) && /^\d{2,6}[ \t]*(?:\n(?![ \t]*\d)|$)/.test(rest) ? '' : undefined
}

const GROUPS = /(?:^|[^\d.-])(?:\d{3}[-.]\d{2}[-.]\d{4}|(?:\(?\d{3}\)?[-.])?\d{3}[-.]\d{4})$/

function isHyphenedMail(before: string, after: string): boolean {
  return before.includes('@') && /^[\p{L}\p{N}-]{1,20}\.\p{L}{2,}/u.test(after)
}

function joinCells(text: string, match: RegExpExecArray): Edit[] {
  const end = match.index + match[0].length
  const start = withoutBlanks(text, match.index)
  const dashed = text.charAt(start - 1) === '-' || text.charAt(end) === '-'
  if (!dashed && !isAnnounced(text, start)) return []
  return [{ start, end, text: dashed ? '' : '-' }]
}

/** Cells of numbers stand in every table of measurements: a word must say that these are parts of one. */
function isAnnounced(text: string, at: number): boolean {
  return /(?<!\p{L})(?:ssn|social security|phone|tel|fax|cell|mobile|mrn)(?!\p{L})/iu.test(
    text.slice(Math.max(0, at - 160), at),
  )
}
