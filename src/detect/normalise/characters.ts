import type { Edit } from './edits.ts'

// Soft hyphen, zero-width and direction marks, variation selectors, tags: nobody sees them, so no pattern may trip over them.
const INVISIBLE =
  /\u00AD|\u034F|\u061C|\u115F|\u1160|\u180E|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u206F]|\u3164|[\uFE00-\uFE0F]|\uFEFF|\uFFA0|[\u{E0000}-\u{E0FFF}]/u
const SPACE = /[\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/u
const DASH =
  /[\u058A\u05BE\u1806\u2010-\u2015\u2043\u2212\u2E3A\u2E3B\u301C\u3030\uFE58\uFE63\uFF0D]/u
const QUOTE = /[\u2018\u2019\u201B\u02BC\uFF07]/u
/** A point at half height between figures: "4·2". */
const HALF_HEIGHT = /[\u00B7\u2027\u22C5]/u
const POINT = new RegExp(String.raw`(?<=\d)${HALF_HEIGHT.source}(?=\d)`, 'u')
/** Digits, letters and signs in another form: superscript, full-width, mathematical, circled, ligatures. */
const COMPATIBLE =
  /[\u00AA\u00B2\u00B3\u00B9\u00BA\u017F\u2024\u2070-\u209C\u2100-\u214F\u2460-\u24FF\uFB00-\uFB06\uFE50-\uFE6B\uFF01-\uFFDC\u{1D400}-\u{1D7FF}\u{1F100}-\u{1F149}]/u
/** Decimal digits of other scripts. */
const DIGIT =
  /[\u0660-\u0669\u06F0-\u06F9\u07C0-\u07C9\u0966-\u096F\u09E6-\u09EF\u0A66-\u0A6F\u0E50-\u0E59]/u
const MARK = /(?:[\u0300-\u036F]|[\u0483-\u0489]|[\u20D0-\u20F0])/u
const MARKED = new RegExp(String.raw`[\p{L}\p{N}]${MARK.source}+`, 'u')
const ODD = new RegExp(
  [MARKED, INVISIBLE, SPACE, DASH, QUOTE, POINT, COMPATIBLE, DIGIT]
    .map(({ source }) => source)
    .join('|'),
  'uy',
)
/** Whatever is odd by itself, and the marks: looking for these takes less than looking at each letter for a mark on it. */
const SIGN_OF_ODD = new RegExp(
  [MARK, INVISIBLE, SPACE, DASH, QUOTE, POINT, COMPATIBLE, DIGIT]
    .map(({ source }) => source)
    .join('|'),
  'gu',
)

/** What is odd in a text, in order and apart. */
function oddIn(text: string): readonly RegExpExecArray[] {
  const found: RegExpExecArray[] = []
  let free = 0
  SIGN_OF_ODD.lastIndex = 0
  for (let sign = SIGN_OF_ODD.exec(text); sign !== null; sign = SIGN_OF_ODD.exec(text)) {
    const marked = sign.index - ((text.codePointAt(sign.index - 2) ?? 0) > 0xffff ? 2 : 1)
    const odd = oddAt(text, marked, free) ?? oddAt(text, sign.index, free)
    if (odd === null) continue
    found.push(odd)
    free = odd.index + odd[0].length
    SIGN_OF_ODD.lastIndex = free
  }
  return found
}

function oddAt(text: string, at: number, free: number): RegExpExecArray | null {
  if (at < free) return null
  ODD.lastIndex = at
  return ODD.exec(text)
}

/** What the characters of a text are read as: none of the edits changes what a person sees. */
export function characterEdits(text: string): readonly Edit[] {
  return oddIn(text).flatMap((match): Edit[] => {
    const plain = plainOf(match[0])
    const { index } = match
    return plain === match[0] ? [] : [{ start: index, end: index + match[0].length, text: plain }]
  })
}

function plainOf(odd: string): string {
  if (INVISIBLE.test(odd)) return ''
  if (SPACE.test(odd)) return /[\u0085\u2028\u2029]/u.test(odd) ? '\n' : ' '
  if (DASH.test(odd)) return '-'
  if (QUOTE.test(odd)) return "'"
  if (HALF_HEIGHT.test(odd)) return '.'
  if (DIGIT.test(odd)) return digitOf(odd)
  if (/[\p{M}]/u.test(odd)) return composed(odd)
  const plain = odd.normalize('NFKC')
  // A sign is no letter: "Lipitor™" and "℃" keep their own.
  return /^[\p{L}\p{N}\p{P}\p{Z}+<=>$~`^|]+$/u.test(plain) && !/\p{So}/u.test(odd)
    ? plain
    : circled(odd)
}

/** Circled and squared letters and digits are symbols to Unicode, and text to a reader. */
function circled(odd: string): string {
  const plain = odd.normalize('NFKC')
  return /^[0-9A-Za-z]{1,2}$/.test(plain) && /[\u2460-\u24FF\u{1F130}-\u{1F149}]/u.test(odd)
    ? plain
    : odd
}

/** Digits of a script stand side by side, the zero at a code that 16 or 6 more divide. */
function digitOf(odd: string): string {
  const code = odd.codePointAt(0) ?? 0
  const zero = [0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0e50].findLast((at) => at <= code)
  return String(code - (zero ?? code))
}

/** A letter with its marks as one character; strokes and marks that no letter is written with are dropped. */
function composed(odd: string): string {
  const plain = odd.normalize('NFC')
  const base = String.fromCodePoint(odd.codePointAt(0) ?? 0)
  if (/^\p{N}/u.test(odd)) return base
  return /\p{M}/u.test(plain) && /^[A-Za-z]/.test(base) && /\p{M}/u.test(plain.slice(1))
    ? plain.replaceAll(/\p{M}/gu, '')
    : plain
}
