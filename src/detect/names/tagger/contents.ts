/** What kinds of characters a text holds, as bits: what asks for one need not be tried where it is not. */
export const HAS_CAPITAL = 1
export const HAS_SMALL = 2
export const HAS_DIGIT = 4
/** A tab, or the bar between cells. */
export const HAS_CELL_END = 8
export const HAS_DOT = 16
/** Anything beyond ASCII, of which nothing else is said. */
export const HAS_FOREIGN = 32

const BITS = Uint8Array.from({ length: 128 }, (_, code) => bitsOf(String.fromCharCode(code)))

function bitsOf(character: string): number {
  if (/[A-Z]/.test(character)) return HAS_CAPITAL
  if (/[a-z]/.test(character)) return HAS_SMALL
  if (/[0-9]/.test(character)) return HAS_DIGIT
  if (/[\t|]/.test(character)) return HAS_CELL_END
  return character === '.' ? HAS_DOT : 0
}

/** The kinds of characters in a text: one look at each of them. */
export function contentsOf(text: string): number {
  let bits = 0
  for (let at = 0; at < text.length; at += 1) bits |= BITS[text.charCodeAt(at)] ?? HAS_FOREIGN
  return bits
}
