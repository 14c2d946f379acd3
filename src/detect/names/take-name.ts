import { foldWord } from './fold.ts'
import { CREDENTIALS } from './titles.ts'
import { isCommonWord } from './tagger/common-words.ts'
import { isEnglishWord } from './tagger/english-words.ts'
import { AMBIGUOUS, CALENDAR, isEponym, isStopWord } from './words.ts'

export interface NameSpan {
  readonly start: number
  readonly end: number
  /** Words of two letters and more, initials not counted. */
  readonly words: number
  /** Words and initials. */
  readonly tokens: number
}

export interface TakeOptions {
  readonly max?: number
  /** Whether "Last, First" is expected. */
  readonly comma?: boolean
  /** Whether words of lower case may be a name: only behind a label that says "name". */
  readonly lower?: boolean
  /** Whether a title stands before: "Mr. Parkinson's disease" is his. */
  readonly titled?: boolean
}

const INITIAL = /\p{Lu}\p{M}{0,3}\.(?! {0,2}\p{Ll})/uy
const PARTICLE =
  /(?:de las?|de los|del|della|di|da|dos|das|de|du|van der|van den|van de|van|von der|von|zu|bin|ibn|al|el|la|le|ter|ten|O|D)[ '](?=\p{Lu})/uy
const CAPITAL = /\p{Lu}(?:[\p{L}\p{M}]|['-](?=\p{L})){0,40}/uy
const UNCASED = /\p{Lo}[\p{Lo}\p{M}]{0,20}/uy
const LOWER = /\p{Ll}(?:[\p{L}\p{M}]|['-](?=\p{L})){0,30}/uy
// A digit, an underscore or a slash makes the word an identifier or a path.
const GLUED = /[\p{L}\p{N}_@\\/]/u
const AUXILIARY = new Set(
  `will late early care case rang died concurs concurred ofc office aware states denies reports says visited notified updated
  informed present declined agrees agreed en drove saw seen reviewed admitted discharged presents complains ambulated
  tolerated refused endorses requests requested lives works wants needs phoned called drives tells feels sleeps ate`.split(
    /\s+/,
  ),
)
const MONTH_NAMES = new Set(['april', 'may', 'june', 'august'])

/** Takes the name that begins at a position, word by word. The text MUST be a view (plain quotes and dashes). */
export function takeName(
  text: string,
  from: number,
  options: TakeOptions = {},
): NameSpan | undefined {
  const max = options.max ?? 4
  let at = from
  let end = from
  let words = 0
  let tokens = 0
  while (tokens < max) {
    const token = nextToken(text, at, tokens, options)
    if (token === undefined) break
    tokens += 1
    if (!token.initial) words += 1
    end = token.end
    if (token.possessive) break
    const gap = gapAfter(text, token, tokens === 1 && options.comma === true)
    if (gap === undefined) break
    at = gap
  }
  return words > 0 ? { start: from, end, words, tokens } : undefined
}

interface Token {
  readonly end: number
  /** Where the dot of an initial ends. */
  readonly after: number
  readonly initial: boolean
  readonly possessive: boolean
}

function nextToken(
  text: string,
  at: number,
  index: number,
  options: TakeOptions,
): Token | undefined {
  const initial = sticky(INITIAL, text, at)
  if (initial !== undefined) {
    const after = at + initial.length
    return { end: after - 1, after, initial: true, possessive: false }
  }
  const particle = sticky(PARTICLE, text, at) ?? ''
  const start = at + particle.length
  const word =
    sticky(CAPITAL, text, start) ??
    (index < 3 ? sticky(UNCASED, text, start) : undefined) ??
    (options.lower === true && particle === '' ? sticky(LOWER, text, start) : undefined)
  if (word === undefined || GLUED.test(text.charAt(start + word.length))) return undefined
  const possessive = /'s$/i.test(word)
  const bare = possessive ? word.slice(0, -2) : word
  if (!isNameWord(text, start, bare, index, options)) return undefined
  const end = start + bare.length
  return { end, after: start + word.length, initial: bare.length === 1, possessive }
}

function isNameWord(
  text: string,
  start: number,
  word: string,
  index: number,
  options: TakeOptions,
): boolean {
  const folded = foldWord(word)
  if (isStopWord(folded)) return false
  if (CALENDAR.has(folded) && !(index === 0 && MONTH_NAMES.has(folded))) return false
  if (index > 0 && /^\p{Lu}{2,}$/u.test(word) && CREDENTIALS.has(word)) return false
  // "Dr. Roe OB": letters behind a name that has small ones are where somebody works.
  if (index > 0 && options.titled === true && /^\p{Lu}{2,3}$/u.test(word)) {
    if (/\p{Ll} $/u.test(text.slice(Math.max(0, start - 2), start))) return false
  }
  // Where all words are written alike an auxiliary verb ends the name; other words that are also surnames stay in it.
  const plain = word === word.toLowerCase() || word === word.toUpperCase()
  if (index > 0 && plain && AUXILIARY.has(folded)) return false
  // "MRS. ROE CALLED", "wife ann drives": where no capital tells, a word that is no name does.
  if (index > 0 && plain && word.length > 2 && isOrdinary(folded)) return false
  return options.titled === true || !isEponym(folded, text, start + word.length)
}

/** An ordinary word, or a form of one, that is no name as well. */
function isOrdinary(folded: string): boolean {
  if (AMBIGUOUS.has(folded)) return false
  const stem = folded.replace(/(?:ed|ing|es|s)$/, '')
  return (
    isCommonWord(folded) ||
    isEnglishWord(folded) ||
    (stem.length > 2 && isCommonWord(stem) && !AMBIGUOUS.has(stem))
  )
}

/** Where the next word may begin, or nothing where the name ends. */
function gapAfter(text: string, token: Token, comma: boolean): number | undefined {
  const gap = sticky(/ {1,2}|-(?=\p{Lu})/uy, text, token.after)
  if (gap !== undefined) return token.after + gap.length
  if (token.initial && token.after > token.end) return token.after
  if (!comma) return undefined
  const found = sticky(/, ?(?=\p{Lu})/uy, text, token.after)
  if (found === undefined) return undefined
  const next = token.after + found.length
  const word = sticky(CAPITAL, text, next) ?? ''
  return CREDENTIALS.has(word) ? undefined : next
}

function sticky(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
