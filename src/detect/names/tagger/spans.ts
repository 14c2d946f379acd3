import type { EntityType } from '../../../schema/index.ts'
import { foldWord } from '../fold.ts'
import { AMBIGUOUS, isStopWord } from '../words.ts'
import { IDEOGRAPH, KIND, LOWER, NEWLINE, PUNCTUATION, SPACE, UPPER } from './characters.ts'
import type { OnBlock, Tagger } from './decode.ts'
import { isCommonWord } from './common-words.ts'
import { isEnglishWord } from './english-words.ts'
import type { Block } from './lexer.ts'
import { isMedicalWord } from './medical-words.ts'
import { FACILITY, OUTSIDE, PERSON, PLACE } from './tags.ts'

/** A run of tokens with one tag, without the punctuation at its ends. */
export interface Span {
  readonly start: number
  readonly end: number
  readonly type: EntityType
  /** How many of its tokens are words or numbers. */
  readonly words: number
}

const TYPES: ReadonlyMap<number, EntityType> = new Map([
  [PERSON, 'PERSON'],
  [PLACE, 'LOCATION'],
  [FACILITY, 'FACILITY'],
])

/** What the tagger finds in a text, in order. A name ends with its line; an address may go over several. */
export function spansOf(text: string, tagger: Tagger, bias: number, more = 0): readonly Span[] {
  const spans: Span[] = []
  const onBlock: OnBlock = (block, tags) => {
    let clause: number | undefined
    for (let at = 0; at < block.count; at += 1) {
      const tag = tags[at] ?? OUTSIDE
      if (tag === OUTSIDE) continue
      const first = at
      while (at + 1 < block.count && tags[at + 1] === tag && !ends(text, block, at + 1, tag))
        at += 1
      const isInClause = clause !== undefined && first === clause + 1
      clause = tag === PERSON ? undefined : clauseIn(text, block, first, at)
      const span = spanOf(text, block, first, clause === undefined ? at : clause - 1, tag)
      // In the clause another one may stand, or what is told of the first.
      if (span !== undefined && !(isInClause && isTold(text, span))) spans.push(span)
      if (clause !== undefined) at = clause
    }
  }
  tagger(text, bias, onBlock, more)
  return spans
}

function ends(text: string, block: Block, at: number, tag: number): boolean {
  const kind = KIND[text.charCodeAt(block.starts[at] ?? 0)]
  if (tag !== PLACE && kind === NEWLINE) return true
  // A mark of punctuation parts what stands without spaces: "王小明，男".
  return kind === PUNCTUATION && KIND[text.charCodeAt(block.starts[at - 1] ?? 0)] === IDEOGRAPH
}

const HYPHEN = 0x2d
const PARTICLE =
  /(?:de|la|las|los|del|della|di|da|dos|das|du|van|von|der|den|zu|bin|ibn|al|el|le|ter|ten)(?!\p{L})/uy

function isParticle(text: string, at: number): boolean {
  PARTICLE.lastIndex = at
  return PARTICLE.test(text)
}

/** Written in one case throughout. */
function isEven(text: string): boolean {
  return text === text.toLowerCase() || text === text.toUpperCase()
}

/** Words that make a clause: a house or a town has ended before them. */
const CLAUSE = new Set(
  `i we you he she it they me us him them is are was were been am has have had do does did will would can could should may might must
  not but if then than that this when where why how who what which because so with`.split(/\s+/),
)
const SENTENCE = new Set([
  ...CLAUSE,
  ...`my our your his her their its these those be no never or to for with from by per via about after before since until while as also
  too only still just again now today here there very all both any some pls please thx thanks ok`.split(
    /\s+/,
  ),
])
/** The word for a house, which has no capital where it is spoken of: "the Elmwood office". */
const HEAD =
  /^(?:hospitals?|clinics?|cent(?:er|re)|medical|health|office|school|college|university|church|pharmacy|home|house|rehab|hospice|surgery|practice|associates|group|care|general|family|dental|urgent|street|st|unit|ward|lab|er|ed|icu|department|program|service|services|system|facility|campus|location|branch|site|institute|infirmary|residence|manor|lodge|shelter|jail|prison|hosp|plant|store|shop|gym)$/

/** A word that joins others to a sentence, or what somebody does: no name of a house or a town begins or ends with it. */
function isOfSentence(folded: string): boolean {
  return SENTENCE.has(folded) || (/(?:ed|ly)$/.test(folded) && isUnnamed(folded, 5))
}

/** A word of the language that nobody is called. */
function isUnnamed(word: string, least = 3): boolean {
  const folded = foldWord(word)
  if (folded.length < least || AMBIGUOUS.has(folded)) return false
  return isCommonWord(folded) || isEnglishWord(folded) || isMedicalWord(folded)
}

/** Of words that nobody and nothing is called. */
function isTold(text: string, { start, end }: Span): boolean {
  const words = text.slice(start, end).match(/\p{L}+/gu) ?? []
  return words.every((word) => isUnnamed(word, 1))
}

/** Where a clause begins among the tokens of a house or a town, if one does. */
function clauseIn(
  text: string,
  { starts, ends: lasts }: Block,
  first: number,
  last: number,
): number | undefined {
  const even = isEven(text.slice(starts[first], lasts[last]))
  for (let at = first; at <= last; at += 1) {
    const start = starts[at] ?? 0
    const isSmall = KIND[text.charCodeAt(start)] === LOWER
    if ((even || isSmall) && CLAUSE.has(text.slice(start, lasts[at]).toLowerCase())) return at
  }
  return undefined
}

function spanOf(
  text: string,
  { starts, ends: lasts }: Block,
  first: number,
  last: number,
  tag: number,
): Span | undefined {
  const type = TYPES.get(tag)
  const isWord = (at: number): boolean =>
    (KIND[text.charCodeAt(starts[at] ?? 0)] ?? SPACE) > PUNCTUATION
  let from = first
  let to = last
  while (from <= to && !isWord(from)) from += 1
  while (to > from && !isWord(to)) to -= 1
  if (tag === PERSON) {
    const isSmall = (at: number): boolean => KIND[text.charCodeAt(starts[at] ?? 0)] === LOWER
    // "Roe waits": a name with a capital does not end, nor begin, with a word that has none.
    const capital = Array.from({ length: to - from + 1 }, (_, index) => from + index).find(
      (at) => KIND[text.charCodeAt(starts[at] ?? 0)] === UPPER,
    )
    if (capital !== undefined) {
      // The second half of "Ji-woo" is small as well.
      const isJoined = (at: number): boolean =>
        starts[at] === lasts[at - 1] && text.charCodeAt(starts[at - 1] ?? 0) === HYPHEN
      // "Roe CT": letters behind a name that has small ones are short for something.
      const isShort = (at: number): boolean => {
        const word = text.slice(starts[at], lasts[at])
        return (
          /^\p{Lu}{2,4}$/u.test(word) &&
          isUnnamed(word, 2) &&
          !isEven(text.slice(starts[from], lasts[to]))
        )
      }
      while (to > capital && ((isSmall(to) && !isJoined(to)) || !isWord(to) || isShort(to))) to -= 1
      while (from < capital && isSmall(from) && !isParticle(text, starts[from] ?? 0)) from += 1
    }
    // "son piers flying in", "ROE WAS PRESENT": where no capital tells where a name ends, a word that is no name does.
    const goesOn = (at: number): boolean =>
      isWord(at) && isUnnamed(text.slice(starts[at], lasts[at]))
    if (isEven(text.slice(starts[from], lasts[to]))) {
      while (to > from && (goesOn(to) || !isWord(to))) to -= 1
      while (from < to && (goesOn(from) || !isWord(from))) from += 1
    }
  }
  if (tag !== PERSON) {
    const wordAt = (at: number): string => text.slice(starts[at], lasts[at])
    const even = isEven(text.slice(starts[from], lasts[to]))
    const isSmall = (at: number): boolean => KIND[text.charCodeAt(starts[at] ?? 0)] === LOWER
    const isOther = (at: number): boolean =>
      !isWord(at) ||
      (even
        ? isOfSentence(foldWord(wordAt(at)))
        : tag === FACILITY && isSmall(at) && !HEAD.test(wordAt(at)) && isStopWord(wordAt(at)))
    while (from < to && isOther(from)) from += 1
    while (to > from && isOther(to)) to -= 1
  }
  if (from > to || type === undefined) return undefined
  let words = 0
  for (let at = from; at <= to; at += 1) words += isWord(at) ? 1 : 0
  return { start: starts[from] ?? 0, end: lasts[to] ?? 0, type, words }
}
