import { dice } from './property.ts'

/** A text and where its identifiers stand, in UTF-16 code units. */
export interface LabelledText {
  readonly text: string
  readonly spans: readonly { readonly start: number; readonly end: number }[]
}

type Roll = (sides: number) => number

/** Writes an identifier so that a person still reads it, or a program still decodes it. */
export interface Disguise {
  readonly name: string
  readonly disguise: (value: string, roll: Roll) => string
  /** Whether the disguise can be used on this value. */
  readonly fits?: (value: string) => boolean
}

const digits = (value: string): boolean => /\d.*\d.*\d/.test(value)
const each =
  (change: (character: string, roll: Roll) => string) =>
  (value: string, roll: Roll): string =>
    Array.from(value, (character) => change(character, roll)).join('')

const ZERO_WIDTH = ['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF']
const DASHES = ['\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212', '\uFF0D', '\uFE63']
const SPACES = ['\u00A0', '\u2003', '\u2007', '\u2009', '\u202F', '\u3000']
const TWINS: Readonly<Record<string, string>> = {
  A: '\u0410',
  B: '\u0412',
  C: '\u0421',
  E: '\u0415',
  H: '\u041D',
  K: '\u041A',
  M: '\u041C',
  O: '\u041E',
  P: '\u0420',
  T: '\u0422',
  X: '\u03A7',
  a: '\u0430',
  c: '\u0441',
  e: '\u0435',
  o: '\u043E',
  p: '\u0440',
  s: '\u0455',
}
const pick = (list: readonly string[], roll: Roll): string => list[roll(list.length)] ?? ''
const hex = (character: string, length: number): string =>
  character.charCodeAt(0).toString(16).padStart(length, '0')

/** Swaps letters for their doubles, but for one, so that the word is a mixed one. */
function twins(value: string): string {
  return value.replaceAll(/[A-Za-z]+/g, (word) =>
    Array.from(word, (letter, at) => (at === 1 ? letter : (TWINS[letter] ?? letter))).join(''),
  )
}

/** Every way of hiding that detection claims to see through. */
export const DISGUISES: readonly Disguise[] = [
  {
    name: 'full-width characters',
    disguise: each((c) => (/[!-~]/.test(c) ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c)),
  },
  {
    name: 'mathematical digits',
    disguise: each((c) => (/\d/.test(c) ? String.fromCodePoint(0x1d7ce + Number(c)) : c)),
    fits: digits,
  },
  {
    name: 'superscript digits',
    disguise: each((c) => (/\d/.test(c) ? ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(c)] ?? c) : c)),
    fits: digits,
  },
  {
    name: 'digits of another script',
    disguise: each((c) => (/\d/.test(c) ? String.fromCharCode(0x660 + Number(c)) : c)),
    fits: digits,
  },
  { name: 'zero-width characters', disguise: each((c, roll) => c + pick(ZERO_WIDTH, roll)) },
  { name: 'soft hyphens', disguise: each((c, roll) => (roll(2) === 0 ? `${c}\u00AD` : c)) },
  {
    name: 'direction marks',
    disguise: (value) => `\u202D${value.slice(0, 3)}\u200E${value.slice(3)}\u202C`,
  },
  {
    name: 'combining marks',
    disguise: each((c) => (/[0-9]/.test(c) ? `${c}\u0336` : c)),
    fits: digits,
  },
  {
    name: 'other dashes',
    disguise: each((c, roll) => (c === '-' ? pick(DASHES, roll) : c)),
    fits: (value) => value.includes('-'),
  },
  {
    name: 'other spaces',
    disguise: each((c, roll) => (c === ' ' ? pick(SPACES, roll) : c)),
    fits: (value) => value.includes(' '),
  },
  { name: 'confusable letters', disguise: twins, fits: (value) => twins(value) !== value },
  { name: 'escapes of JSON', disguise: each((c) => `\\u${hex(c, 4)}`) },
  {
    name: 'escapes of bytes',
    disguise: each((c) => (c.charCodeAt(0) < 256 ? `\\x${hex(c, 2)}` : c)),
  },
  { name: 'decimal HTML entities', disguise: each((c) => `&#${c.charCodeAt(0)};`) },
  { name: 'hexadecimal HTML entities', disguise: each((c) => `&#x${hex(c, 1)};`) },
  {
    name: 'named HTML entities',
    disguise: (value) =>
      value
        .replaceAll('-', '&hyphen;')
        .replaceAll(' ', '&nbsp;')
        .replaceAll('@', '&commat;')
        .replaceAll('.', '&period;')
        .replaceAll('/', '&sol;'),
    fits: (value) => /[-@ ./]/.test(value),
  },
  { name: 'percent-encoding', disguise: each((c) => `%${hex(c, 2)}`) },
  { name: 'percent-encoding, twice', disguise: each((c) => `%25${hex(c, 2)}`) },
  { name: 'base64', disguise: (value) => Buffer.from(value).toString('base64') },
  {
    name: 'spaced digits',
    disguise: (value) => value.replaceAll(/[-. ]/g, ' - ').replaceAll(/(?<=\d)(?=\d)/g, ' '),
    fits: isGrouped,
  },
  {
    name: 'dotted digits',
    disguise: (value) => value.replaceAll(/(?<=\d)(?=\d)/g, '.'),
    fits: (value) => isGrouped(value) && !value.includes('.'),
  },
  {
    name: 'a line end behind a hyphen',
    disguise: (value, roll) => brokenAt(value, roll, '-', '-\n'),
    fits: (value) => value.includes('-'),
  },
  {
    name: 'a line end for a hyphen',
    disguise: (value, roll) => brokenAt(value, roll, '-', '\n'),
    fits: isGrouped,
  },
  {
    name: 'a line end behind an at sign',
    disguise: (value) => value.replace('@', '@\n'),
    fits: (value) => value.includes('@'),
  },
  {
    name: 'a table cell behind a hyphen',
    disguise: (value, roll) => brokenAt(value, roll, '-', '- | '),
    fits: isGrouped,
  },
  {
    name: 'words for signs',
    disguise: (value) => value.replace('@', ' (at) ').replace(/\.(?=\w+$)/, ' [dot] '),
    fits: (value) => value.includes('@'),
  },
]

function isGrouped(value: string): boolean {
  return /^(?:\(?\d{3}\)?[- .])?\d{2,3}[-.]\d{4}$/.test(value)
}

/** Changes one of the separators, not always the first. */
function brokenAt(value: string, roll: Roll, separator: string, broken: string): string {
  const parts = value.split(separator)
  const at = 1 + roll(parts.length - 1)
  return parts.slice(0, at).join(separator) + broken + parts.slice(at).join(separator)
}

/** Reads a line with its identifiers between guillemets, and writes each of these in disguise; nothing if none can be. */
export function obfuscated(marked: string, how: Disguise, seed: number): LabelledText | undefined {
  const roll = dice(seed)
  const spans: { start: number; end: number }[] = []
  let text = ''
  for (const [index, part] of marked.split(/[«»]/).entries()) {
    if (index % 2 === 0) {
      text += part
      continue
    }
    if (how.fits?.(part) === false) {
      text += part
      continue
    }
    const start = text.length
    text += how.disguise(part, roll)
    spans.push({ start, end: text.length })
  }
  return spans.length === 0 ? undefined : { text, spans }
}
