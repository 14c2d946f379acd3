/**
 * Text with characters beyond Latin-1 takes two bytes a character, and V8 compiles each pattern anew for that, to code
 * three times as large, which runs at half the speed: one "≥" in a long text would do. So such a text is searched in a copy
 * of one byte a character, in which each of these characters is another one that stands for its kind, by patterns that
 * take the stand-ins for what they stand for. What is found is the same.
 */

/** One character beyond Latin-1 for each way in which patterns tell those apart. */
const KINDS = Array.from('ĀāǅĸϒʰאΜμΙι٠→\u0301\u2003\u2028')
/** A character that takes two units, and is no letter: a stand-in for each of them. */
const PICTURE = '\u{1F600}'
const FIRST = 0x80
/** Where the C1 controls are, which no text has for anything else. */
const PICTURE_HIGH = 0x9e
const PICTURE_LOW = 0x9f
const LAST = PICTURE_LOW

/** What patterns may ask of a character beyond Latin-1, by itself and without regard to case. */
const ITEMS_ASKED = [
  String.raw`\p{L}`,
  String.raw`\p{Lu}`,
  String.raw`\p{Ll}`,
  String.raw`\p{Lo}`,
  String.raw`\p{M}`,
  String.raw`\p{N}`,
  String.raw`\p{Cc}`,
  String.raw`\s`,
  '.',
  // Only those that are a character of Latin-1 in another case.
  'µ',
  String.raw`[\u0001-\u00B4\u00B6-\u00FF]`,
]
const QUESTIONS = ITEMS_ASKED.flatMap((item) =>
  ['u', 'iu'].map((flags) => new RegExp(`^${item}$`, flags)),
)

const answersOf = (character: string): string =>
  QUESTIONS.map((question) => Number(question.test(character))).join('')

const STAND_INS = new Map(KINDS.map((kind, index) => [answersOf(kind), FIRST + index]))

const UNKNOWN = 0
const NONE = 1
/** For each character beyond Latin-1 its stand-in, found out when it is first met. */
const known = new Uint8Array(0x1_00_00)

function standInOf(code: number): number {
  const met = known[code] ?? NONE
  if (met !== UNKNOWN) return met
  return (known[code] = STAND_INS.get(answersOf(String.fromCharCode(code))) ?? NONE)
}

const NEEDS_STAND_INS = /[\u0080-\u009F\u0100-\uFFFF]/
const STAND_IN = /[\u0080-\u009F]/

/** A text in one byte a character, as long as the text. */
export interface Copy {
  readonly text: string
  /** Whether something in it stands for something else. */
  readonly hasStandIns: boolean
}

/** The copy of a text in which it can be searched: mostly the text itself. Undefined where there is none. */
export function oneByteOf(text: string): Copy | undefined {
  if (!NEEDS_STAND_INS.test(text)) return { text, hasStandIns: false }
  const bytes = Buffer.allocUnsafe(text.length)
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < FIRST || (code > LAST && code <= 0xff)) bytes[at] = code
    else if (code <= LAST) return undefined
    else if (isSurrogate(code)) {
      if (!isPicture(text.codePointAt(at) ?? 0)) return undefined
      bytes[at] = PICTURE_HIGH
      at += 1
      bytes[at] = PICTURE_LOW
    } else {
      const standIn = standInOf(code)
      if (standIn === NONE) return undefined
      bytes[at] = standIn
    }
  }
  return { text: bytes.toString('latin1'), hasStandIns: true }
}

const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff
/** All that is asked of a character but whether it is one: a picture is none of it. */
const NO_PICTURE = new RegExp(ITEMS_ASKED.filter((item) => item !== '.').join('|'), 'iu')

function isPicture(codePoint: number): boolean {
  return codePoint > 0xff_ff && !NO_PICTURE.test(String.fromCodePoint(codePoint))
}

/** Whether a part of a copy is not what the text has there. */
export function hasStandIn(part: string): boolean {
  return STAND_IN.test(part)
}

/** What matches one character, groups and their like, and everything else character by character. */
const ITEMS =
  /\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\[^]|\[(?:\\[^]|[^\\\]])*\]|[^]/gu
/** Means the same to a pattern of one byte a character. "µ" is another letter in Greek. */
const PLAIN = /^(?:[^\\\u0080-\u009Fµ\u0100-\u{10FFFF}]|\\[^pPsSWDux])$/u
/** What the items of a class may be, so that QUESTIONS answer for all of it. */
const ANSWERED =
  /^(?:[^\\\u0080-\u009F\u0100-\u{10FFFF}]|\\p\{(?:L|Lu|Ll|Lo|M|N|Cc)\}|\\[^pPux]|\\(?:u00|x)[0-7A-Fa-f][0-9A-Fa-f])*$/u

/** The same pattern for copies; undefined where it names characters that stand-ins do not tell apart. */
export function oneBytePattern({ source, flags }: RegExp): RegExp | undefined {
  const items = source.match(ITEMS) ?? []
  if (!items.every((item) => ANSWERED.test(item))) return undefined
  const written = items.map((item) =>
    item !== '.' && PLAIN.test(item) ? item : membersOf(item, flags.replaceAll(/[gmy]/g, '')),
  )
  return new RegExp(written.join(''), flags.replace('u', ''))
}

const written = new Map<string, string>()

/** An item that matches one character as the characters of copies that it matches. */
function membersOf(item: string, flags: string): string {
  const key = `${flags} ${item}`
  const seen = written.get(key)
  if (seen !== undefined) return seen
  const matched = new Set(EVERY_MEANING.match(new RegExp(item, `g${flags}`)))
  const listed = `[${rangesOf(MEANINGS.map((one) => matched.has(one)))}]`
  const all = matched.has(PICTURE) ? `(?:${listed}|${TWO_UNITS})` : listed
  written.set(key, all)
  return all
}

/** What each character of a copy is or stands for, '' where it is nothing by itself. */
const MEANINGS = Array.from({ length: 256 }, (_, code) =>
  code < FIRST || code > LAST ? String.fromCharCode(code) : (KINDS[code - FIRST] ?? ''),
)
const EVERY_MEANING = MEANINGS.join('') + PICTURE

function rangesOf(members: readonly boolean[]): string {
  let ranges = ''
  for (let from = members.indexOf(true); from !== -1;) {
    const behind = members.indexOf(false, from)
    const to = behind === -1 ? members.length : behind
    ranges += to - from === 1 ? codeOf(from) : `${codeOf(from)}-${codeOf(to - 1)}`
    from = members.indexOf(true, to)
  }
  return ranges
}

const codeOf = (code: number): string => `\\x${code.toString(16).padStart(2, '0')}`
const TWO_UNITS = codeOf(PICTURE_HIGH) + codeOf(PICTURE_LOW)
