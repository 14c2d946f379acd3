import type { EntityType } from '../../../schema/index.ts'
import { foldWord } from '../fold.ts'
import { AMBIGUOUS } from '../words.ts'
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
    for (let at = 0; at < block.count; at += 1) {
      const tag = tags[at] ?? OUTSIDE
      if (tag === OUTSIDE) continue
      const first = at
      while (at + 1 < block.count && tags[at + 1] === tag && !ends(text, block, at + 1, tag))
        at += 1
      const span = spanOf(text, block, first, at, tag)
      if (span !== undefined) spans.push(span)
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

/** A word of the language that nobody is called. */
function isUnnamed(word: string, least = 3): boolean {
  const folded = foldWord(word)
  if (folded.length < least || AMBIGUOUS.has(folded)) return false
  return isCommonWord(folded) || isEnglishWord(folded) || isMedicalWord(folded)
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
  if (from > to || type === undefined) return undefined
  let words = 0
  for (let at = from; at <= to; at += 1) words += isWord(at) ? 1 : 0
  return { start: starts[from] ?? 0, end: lasts[to] ?? 0, type, words }
}
