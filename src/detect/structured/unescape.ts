import type { Inner, Range } from './region.ts'

interface Piece {
  /** Where the piece begins in the inner and in the outer text. */
  readonly inner: number
  readonly outer: number
  /** One escape, or characters that stand for themselves. */
  readonly escape: boolean
}

const SHORT: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '/': '/',
  '"': '"',
  "'": "'",
  '\\': '\\',
}
const JSON_ESCAPE = /\\(?:u([\dA-Fa-f]{4})|([nrtbf/"'\\]))/g
const ENTITY = /&(?:#(\d{1,7})|#x([\dA-Fa-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
}

/** The text that JSON escapes (RFC 8259, section 7) stand for; a backslash that escapes nothing stays. */
export function unescapeJson(raw: string): Inner {
  return unescape(raw, JSON_ESCAPE, ([, code, short]) =>
    code === undefined
      ? (SHORT[short ?? ''] ?? '')
      : String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** The text that character references (XML 1.0, section 4.1) stand for. */
export function unescapeXml(raw: string): Inner {
  return unescape(raw, ENTITY, ([whole, decimal, hex, name]) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

const HL7_ESCAPE =
  /\\(?:([FSTREHN])|\.(br|sp|in|ti|fi|nf|ce|sk)[+-]?\d{0,3}|X((?:[\dA-Fa-f]{2}){1,32}))\\/g
const HL7_SIGNS: Readonly<Record<string, string>> = { F: '|', S: '^', T: '&', R: '~', E: '\\' }

/** The text that the escapes of HL7 v2 (2.7) stand for; highlighting is dropped, formatting becomes a line end. */
export function unescapeHl7(raw: string): Inner {
  return unescape(raw, HL7_ESCAPE, ([, sign, format, hex]) => {
    if (sign !== undefined) return HL7_SIGNS[sign] ?? ''
    return format === undefined ? Buffer.from(hex ?? '', 'hex').toString('latin1') : '\n'
  })
}

function unescape(
  raw: string,
  pattern: RegExp,
  meaning: (match: RegExpExecArray) => string,
): Inner {
  const pieces: Piece[] = []
  const texts: string[] = []
  let inner = 0
  let outer = 0
  const add = (text: string, length: number, escape: boolean) => {
    if (length === 0) return
    pieces.push({ inner, outer, escape })
    texts.push(text)
    inner += text.length
    outer += length
  }
  pattern.lastIndex = 0
  for (let match = pattern.exec(raw); match !== null; match = pattern.exec(raw)) {
    add(raw.slice(outer, match.index), match.index - outer, false)
    add(meaning(match), match[0].length, true)
  }
  add(raw.slice(outer), raw.length - outer, false)
  return { text: texts.join(''), origin: originOf(pieces, raw.length) }
}

/** An escape belongs to a range whole or not at all. */
function originOf(pieces: readonly Piece[], length: number): Inner['origin'] {
  const outerOf = (position: number, isEnd: boolean): number => {
    let low = 0
    let high = pieces.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      const begins = pieces[middle]?.inner ?? 0
      if (isEnd ? begins < position : begins <= position) low = middle
      else high = middle - 1
    }
    const piece = pieces[low]
    if (piece === undefined) return isEnd ? length : 0
    if (!piece.escape) return piece.outer + (position - piece.inner)
    return isEnd ? (pieces[low + 1]?.outer ?? length) : piece.outer
  }
  return (start, end): Range => {
    const from = outerOf(start, false)
    return { start: from, end: end > start ? outerOf(end, true) : from }
  }
}

/** The same text at another place: offsets are moved by where it begins. */
export function movedBy(inner: Inner, by: number): Inner {
  return {
    text: inner.text,
    origin: (start, end) => {
      const range = inner.origin(start, end)
      return { start: range.start + by, end: range.end + by }
    },
  }
}
