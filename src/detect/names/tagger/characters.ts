/** What a UTF-16 code unit is to the lexer. Surrogates count as letters of a script without case. */
export const SPACE = 0
export const NEWLINE = 1
export const PUNCTUATION = 2
export const DIGIT = 3
export const LOWER = 4
export const UPPER = 5
/** Letters without case, and marks, which stand on letters. */
export const UNCASED = 6
/** Letters of scripts that are written without spaces: each is a word of its own. */
export const IDEOGRAPH = 7

const UNITS = 0x1_00_00
/** Past this only a few blocks have case, none of them used for names today. */
const LAST_CASED = 0x24_ff

/** Letters that Unicode does not take apart. */
const UNDECOMPOSED: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  æ: 'a',
  œ: 'o',
  ß: 's',
  þ: 't',
  ħ: 'h',
}

/** Kind of every UTF-16 code unit. */
export const KIND: Uint8Array = kinds()
/** The lower-case base letter of a code unit: "É" gives "e". Units without one stand for themselves. */
export const FOLD: Uint16Array = folds()

function kinds(): Uint8Array {
  const table = new Uint8Array(UNITS)
  for (let unit = 0; unit < UNITS; unit += 1) table[unit] = kindOf(unit)
  return table
}

function kindOf(unit: number): number {
  if (unit >= 0xd8_00 && unit <= 0xdf_ff) return UNCASED
  if ((unit >= 0x2e_80 && unit <= 0x9f_ff) || (unit >= 0xac_00 && unit <= 0xd7_a3)) {
    return /\p{L}/u.test(String.fromCharCode(unit)) ? ideographOrWord(unit) : PUNCTUATION
  }
  const character = String.fromCharCode(unit)
  if (/[\n\r\u2028\u2029]/.test(character)) return NEWLINE
  if (/\s/.test(character)) return SPACE
  if (unit <= LAST_CASED && /\p{Ll}/u.test(character)) return LOWER
  if (unit <= LAST_CASED && /\p{Lu}|\p{Lt}/u.test(character)) return UPPER
  if (/\p{N}/u.test(character)) return DIGIT
  return /\p{L}|\p{M}/u.test(character) ? UNCASED : PUNCTUATION
}

/** Hangul is written with spaces, the rest of this range is not. */
function ideographOrWord(unit: number): number {
  return unit >= 0xac_00 ? UNCASED : IDEOGRAPH
}

function folds(): Uint16Array {
  const table = new Uint16Array(UNITS)
  for (let unit = 0; unit < UNITS; unit += 1) {
    table[unit] = unit <= LAST_CASED && unit >= 0x41 ? foldOf(unit) : unit
  }
  return table
}

function foldOf(unit: number): number {
  const base = String.fromCharCode(unit).toLowerCase().normalize('NFD').charAt(0)
  return (UNDECOMPOSED[base] ?? base).charCodeAt(0)
}
