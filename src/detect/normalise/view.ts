/** A text as the recognizers read it, with the way back to the original offsets. */
export interface TextView {
  /** The text with invisible characters dropped, and look-alike digits, dashes and spaces made plain. */
  readonly text: string
  readonly hasDigit: boolean
  readonly hasAt: boolean
  /** The original UTF-16 range of a range of the view. */
  origin(start: number, end: number): { readonly start: number; readonly end: number }
}

// Soft hyphen, zero-width and direction marks, variation selectors: nobody sees them, so no pattern may trip over them.
const INVISIBLE =
  /\u00AD|\u034F|\u061C|\u180E|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u2064]|[\u2066-\u2069]|[\uFE00-\uFE0F]|\uFEFF/u
const SPACE = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/u
const DASH = /[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/u
const QUOTE = /[\u2018\u2019\u02BC\uFF07]/u
const COMPATIBLE = /[\u2070\u00B9\u00B2\u00B3\u2074-\u2089\uFF01-\uFF5E\u{1D400}-\u{1D7FF}]/u
const ODD = new RegExp(
  [INVISIBLE, SPACE, DASH, QUOTE, COMPATIBLE].map((pattern) => pattern.source).join('|'),
  'u',
)

/** Makes the view of a text. Without odd characters it is the text itself. */
export function viewOf(text: string): TextView {
  return ODD.test(text) ? mappedView(text) : viewWith(text, (start, end) => ({ start, end }))
}

function viewWith(text: string, origin: TextView['origin']): TextView {
  return { text, hasDigit: /\d/.test(text), hasAt: text.includes('@'), origin }
}

function mappedView(original: string): TextView {
  // Starts and ends of the original code point behind each code unit of the view.
  const starts = new Uint32Array(original.length)
  const ends = new Uint32Array(original.length)
  const pieces: string[] = []
  let length = 0
  let at = 0
  for (const character of original) {
    const plain = plainOf(character)
    const next = at + character.length
    // A character never grows, so the arrays are long enough and surrogate pairs stay whole.
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts[length] = plain === character ? at + unit : at
      ends[length] = plain === character ? at + unit + 1 : next
      length += 1
    }
    pieces.push(plain)
    at = next
  }
  return viewWith(pieces.join(''), (start, end) => ({
    start: starts[start] ?? original.length,
    end: end > start ? (ends[end - 1] ?? original.length) : (starts[start] ?? original.length),
  }))
}

function plainOf(character: string): string {
  if (character <= '\u007F') return character
  if (INVISIBLE.test(character)) return ''
  if (SPACE.test(character)) return ' '
  if (DASH.test(character)) return '-'
  if (QUOTE.test(character)) return "'"
  if (!COMPATIBLE.test(character)) return character
  const plain = character.normalize('NFKC')
  return plain.length <= character.length ? plain : character
}
