import { DIGIT, IDEOGRAPH, KIND, LOWER, NEWLINE, PUNCTUATION, SPACE, UPPER } from './characters.ts'
import { LONG, LONGEST_WORD, PLAIN, step, STRANGE, unitOf, type Vocabulary } from './vocabulary.ts'

/** Texts are read in blocks of at most so many tokens, so that memory does not grow with them. */
const BLOCK = 4096
/** A line longer than this is looked at in parts. */
const LONGEST_LINE = 256

/** What the line around a token looks like. */
const PROSE = 0
const ALL_CAPS = 1
const ALL_LOWER = 2
export const CODE = 3
/** Which part of a token's look is its line's. */
export const LINE = 3
/** No space stands before the token. */
const LEFT = 4
/** No space stands behind it. */
const RIGHT = 8
/** Its line is of another language: a word that is in no list is nobody's name there. */
const FOREIGN = 16
/** Fewer small words of a line tell no language. */
const TELLING = 3

/** The tokens of one block: words (with the apostrophes inside), numbers, punctuation marks, line ends. */
export interface Block {
  count: number
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** Numbers of the vocabulary. */
  readonly words: Int32Array
  /** PROSE, ALL_CAPS, ALL_LOWER or CODE; with LEFT and RIGHT where no space stands on that side, and FOREIGN. */
  readonly lines: Uint8Array
}

/** Room for one block; it is filled again and again. */
export function emptyBlock(): Block {
  return {
    count: 0,
    starts: new Int32Array(BLOCK),
    ends: new Int32Array(BLOCK),
    words: new Int32Array(BLOCK),
    lines: new Uint8Array(BLOCK),
  }
}

const APOSTROPHE = 0x27
const UNDERSCORE = 0x5f
const CODE_MARKS = new Uint8Array(0x1_00_00)
for (const mark of '{}=<>;$\\`_') CODE_MARKS[mark.charCodeAt(0)] = 1

interface Line {
  /** Index of its first token. */
  first: number
  upper: number
  lower: number
  marks: number
  /** Words of each tongue: UNTOLD, PLAIN, STRANGE. */
  readonly tongues: Int32Array
}

/** Reads the tokens from a place on until the block is full; gives the place behind the last. */
export function readBlock(text: string, from: number, vocabulary: Vocabulary, block: Block) {
  vocabulary.makeRoom(BLOCK)
  const { starts, ends, words } = block
  const line: Line = { first: 0, upper: 0, lower: 0, marks: 0, tongues: new Int32Array(3) }
  const length = text.length
  let at = from
  let count = 0
  while (at < length && count < BLOCK) {
    const unit = text.charCodeAt(at)
    const kind = KIND[unit] ?? PUNCTUATION
    if (kind === SPACE) {
      at += 1
      continue
    }
    const start = at
    let hash = step(0x81_1c_9d_c5, unitOf(unit))
    if (kind >= DIGIT && kind !== IDEOGRAPH) {
      for (at += 1; at < length; at += 1) {
        const next = text.charCodeAt(at)
        const kindOfNext = KIND[next] ?? PUNCTUATION
        if (kindOfNext === LOWER) line.lower += 1
        else if (kindOfNext === UPPER) line.upper += 1
        else if (kindOfNext < DIGIT || kindOfNext === IDEOGRAPH) {
          if (!joins(next, text, at)) break
          line.marks += next === UNDERSCORE ? 1 : 0
        }
        hash = step(hash, kindOfNext === DIGIT ? 0x30 : next)
      }
      if (kind === UPPER) line.upper += 1
      else if (kind === LOWER) line.lower += 1
    } else {
      at += 1
      // A rule of dashes is one mark, and so are line ends in a row.
      while (at < length && at - start < LONGEST_WORD && text.charCodeAt(at) === unit) at += 1
      hash = step(hash, at - start > 1 ? 2 : 1)
      line.marks += CODE_MARKS[unit] ?? 0
    }
    starts[count] = start
    ends[count] = at
    const word =
      at - start > LONGEST_WORD
        ? LONG
        : vocabulary.idOf(text, start, kind >= DIGIT ? at : Math.min(at, start + 2), hash)
    words[count] = word
    const tongue = vocabulary.tongueOf(word)
    line.tongues[tongue] = (line.tongues[tongue] ?? 0) + 1
    count += 1
    if (kind === NEWLINE || count - line.first === LONGEST_LINE) endLine(block, line, count)
  }
  endLine(block, line, count)
  block.count = count
  return at
}

/** Whether a mark stands inside a word: the apostrophe of "O'Neil", not of "Roe's"; the underscore of code. */
function joins(unit: number, text: string, at: number): boolean {
  if (unit === UNDERSCORE) return true
  if (unit !== APOSTROPHE) return false
  const next = KIND[text.charCodeAt(at + 1)] ?? PUNCTUATION
  if (next < LOWER || next === IDEOGRAPH) return false
  const possessive = (text.charCodeAt(at + 1) | 0x20) === 0x73
  return !possessive || (KIND[text.charCodeAt(at + 2)] ?? PUNCTUATION) >= LOWER
}

function endLine(block: Block, line: Line, count: number): void {
  const { starts, ends, lines } = block
  const style = styleOf(line, count - line.first)
  for (let at = line.first; at < count; at += 1) {
    const glued = at > line.first && starts[at] === ends[at - 1]
    if (glued) lines[at - 1] = (lines[at - 1] ?? 0) | RIGHT
    lines[at] = glued ? style | LEFT : style
  }
  line.first = count
  line.upper = 0
  line.lower = 0
  line.marks = 0
  line.tongues.fill(0)
}

function styleOf({ upper, lower, marks, tongues }: Line, tokens: number): number {
  if (marks * 9 > tokens) return CODE
  const strange = tongues[STRANGE] ?? 0
  const plain = tongues[PLAIN] ?? 0
  const language = strange >= TELLING && strange > plain ? FOREIGN : 0
  if (upper === 0) return ALL_LOWER | language
  return (lower * 12 < upper ? ALL_CAPS : PROSE) | language
}
