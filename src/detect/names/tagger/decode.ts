import { CONJUNCTIONS, conjunctionsOf } from './conjunctions.ts'
import { describeReserved, describeWord, emptyFeatures } from './features.ts'
import { CODE, emptyBlock, LINE, readBlock, type Block } from './lexer.ts'
import { UNIT, type Model } from './model.ts'
import { EVEN, HALVES, highOf, LIFTED, lowOf, packed, packedWeights } from './packed.ts'
import { FACILITY, OUTSIDE, PERSON, PLACE, TAGS } from './tags.ts'
import { EDGE, LONG, ROOM, roomOf, vocabularyOf, type Vocabulary } from './vocabulary.ts'

/** How many words' scores are kept. */
const KEPT_WORDS = 40_000
/** Of a word's room in the vocabulary the first number is its group, the others what it adds to scores. */
const SCORES = 1

/** Told of each block: its tokens and their tags. Both are filled again for the next block. */
export type OnBlock = (block: Block, tags: Uint8Array) => void

/**
 * Tags a text; `bias` is taken from the score of no name, in units of the model, and `more` besides in a block in which
 * several names stand: who writes of somebody writes of others, too. With it names are looked for again, where they
 * stand once more.
 */
export type Tagger = (text: string, bias: number, onBlock: OnBlock, more?: number) => void

/** So many names make a block one about people. */
const SEVERAL = 2
/** What is taken from the score of no name where a word stands that is somebody's name elsewhere in its block. */
const AGAIN = Math.round(4 / UNIT)

/** What is kept of the words met so far. */
interface Words {
  /** Each with its group and what it adds to the scores of itself and of its four neighbours: packed. */
  readonly vocabulary: Vocabulary
  /** By a word's number, 1 for one of three letters and more that is in no list. */
  readonly unlisted: Uint8Array
}

/**
 * A tagger by a model: linear in the text, block by block, in memory that does not grow with it. What a word adds to
 * the scores is computed once and kept while there is room.
 */
export function taggerOf(model: Model): Tagger {
  const { vocabulary, unlisted } = wordsOf(model)
  const weights = packedWeights(model)
  const block = emptyBlock()
  const size = block.words.length
  const scores = new Int32Array(size * TAGS)
  const sums = new Int32Array(size * TAGS)
  const back = new Uint8Array(size * TAGS)
  const tags = new Uint8Array(size)
  const named = new Uint8Array(KEPT_WORDS)
  // A text of one block is often asked for twice, with another bias.
  let scored: string | undefined
  return (text, bias, onBlock, more = 0) => {
    for (let at = 0; at < text.length;) {
      if (at === 0 && text === scored) at = text.length
      else {
        const end = readBlock(text, at, vocabulary, block)
        score(block, vocabulary.records, weights, scores)
        scored = at === 0 && end === text.length ? text : undefined
        at = end
      }
      viterbi(block, scores, bias, 0, model.transitions, sums, back, tags)
      if (more > 0) {
        const several = hasSeveral(block.count, tags)
        const again = favourAgain(block, tags, unlisted, named, scores)
        if (again) scored = undefined
        if (several || again)
          viterbi(block, scores, bias, several ? more : 0, model.transitions, sums, back, tags)
      }
      onBlock(block, tags)
    }
  }
}

function hasSeveral(count: number, tags: Uint8Array): boolean {
  let names = 0
  let last = OUTSIDE
  for (let at = 0; at < count; at += 1) {
    const tag = tags[at] ?? OUTSIDE
    if (tag !== OUTSIDE && tag !== last) names += 1
    last = tag
  }
  return names >= SEVERAL
}

/**
 * "Per Quelch. Quelch or Roe?": a word of no list that is somebody's name in one place of a block is so in the others,
 * though nothing speaks for it there, but in code. Gives whether there are others; the scores are then no longer the model's.
 */
function favourAgain(
  { count, lines, words }: Block,
  tags: Uint8Array,
  unlisted: Uint8Array,
  named: Uint8Array,
  scores: Int32Array,
): boolean {
  let names = 0
  for (let at = 0; at < count; at += 1) {
    const word = words[at] ?? EDGE
    if (tags[at] !== PERSON || unlisted[word] !== 1) continue
    named[word] = 1
    names += 1
  }
  if (names === 0) return false
  let again = false
  for (let at = 0; at < count; at += 1) {
    if (tags[at] !== OUTSIDE || named[words[at] ?? EDGE] !== 1) continue
    if (((lines[at] ?? 0) & LINE) === CODE) continue
    scores[at * TAGS + OUTSIDE] = (scores[at * TAGS + OUTSIDE] ?? 0) - AGAIN
    again = true
  }
  for (let at = 0; at < count; at += 1) named[words[at] ?? EDGE] = 0
  return again
}

function wordsOf({ weights }: Model): Words {
  const unlisted = new Uint8Array(KEPT_WORDS)
  const features = emptyFeatures()
  const vocabulary = vocabularyOf(KEPT_WORDS, (id, units, length) => {
    describeWord(units, length, features)
    keep(id)
    return features.tongue
  })
  const { records } = vocabulary
  const keep = (id: number): void => {
    const room = roomOf(id)
    records.fill(0, room, room + ROOM)
    records[room] = features.group
    unlisted[id] = features.unlisted ? 1 : 0
    for (let index = 0; index < features.count; index += 1) {
      const at = room + SCORES + (features.offsets[index] ?? 0) * HALVES
      const from = (features.buckets[index] ?? 0) * TAGS
      records[at] = (records[at] ?? 0) + packed(weights[from] ?? 0, weights[from + 2] ?? 0)
      records[at + 1] =
        (records[at + 1] ?? 0) + packed(weights[from + 1] ?? 0, weights[from + 3] ?? 0)
    }
  }
  for (const id of [EDGE, LONG] as const) {
    describeReserved(id, features)
    keep(id)
  }
  return { vocabulary, unlisted }
}

const pairs = new Int32Array(CONJUNCTIONS)

/** The score of each tag for each token, its neighbours' tags aside. */
function score(block: Block, records: Int32Array, weights: Int32Array, into: Int32Array): void {
  const { count, lines, words } = block
  const edge = roomOf(EDGE)
  let [before2, before, here] = [edge, edge, roomOf(words[0] ?? EDGE)]
  let after = roomOf(count > 1 ? (words[1] ?? EDGE) : EDGE)
  for (let at = 0; at < count; at += 1) {
    const after2 = roomOf(at + 2 < count ? (words[at + 2] ?? EDGE) : EDGE)
    conjunctionsOf(
      records[before2] ?? 0,
      records[before] ?? 0,
      records[here] ?? 0,
      records[after] ?? 0,
      records[after2] ?? 0,
      lines[at] ?? 0,
      pairs,
    )
    const own = here + SCORES
    const left = before + SCORES + HALVES
    const right = after + SCORES + 2 * HALVES
    const left2 = before2 + SCORES + 3 * HALVES
    const right2 = after2 + SCORES + 4 * HALVES
    let even = ((records[own] ?? 0) + (records[left] ?? 0) + (records[right] ?? 0)) | 0
    even = (even + (records[left2] ?? 0) + (records[right2] ?? 0) - CONJUNCTIONS * LIFTED) | 0
    let odd = ((records[own + 1] ?? 0) + (records[left + 1] ?? 0) + (records[right + 1] ?? 0)) | 0
    odd = (odd + (records[left2 + 1] ?? 0) + (records[right2 + 1] ?? 0) - CONJUNCTIONS * LIFTED) | 0
    for (let pair = 0; pair < CONJUNCTIONS; pair += 1) {
      const four = weights[pairs[pair] ?? 0] ?? 0
      even = (even + (four & EVEN)) | 0
      odd = (odd + ((four >>> 8) & EVEN)) | 0
    }
    const to = at * TAGS
    into[to + OUTSIDE] = lowOf(even)
    into[to + PERSON] = lowOf(odd)
    into[to + PLACE] = highOf(even)
    into[to + FACILITY] = highOf(odd)
    before2 = before
    before = here
    here = after
    after = after2
  }
}

/**
 * Viterbi's algorithm: the tags with the highest sum of scores and transitions. Where two are equal the lower tag wins.
 * From the score of no name `bias` is taken, and `more`: in code, where nearly every word is none, half of the one alone.
 */
function viterbi(
  { count, lines }: Block,
  scores: Int32Array,
  bias: number,
  more: number,
  transitions: Int16Array,
  sums: Int32Array,
  back: Uint8Array,
  tags: Uint8Array,
): void {
  const biasAt = (at: number): number =>
    ((lines[at] ?? 0) & LINE) === CODE ? bias >> 1 : bias + more
  let [outside, person, place, facility] = [
    (scores[0] ?? 0) - biasAt(0),
    scores[1] ?? 0,
    scores[2] ?? 0,
    scores[3] ?? 0,
  ]
  for (let token = 1; token < count; token += 1) {
    const at = token * TAGS
    const before0 = outside
    const before1 = person
    const before2 = place
    const before3 = facility
    for (let tag = 0; tag < TAGS; tag += 1) {
      let best = before0 + (transitions[tag] ?? 0)
      let from = OUTSIDE
      const second = before1 + (transitions[TAGS + tag] ?? 0)
      if (second > best) {
        best = second
        from = PERSON
      }
      const third = before2 + (transitions[2 * TAGS + tag] ?? 0)
      if (third > best) {
        best = third
        from = PLACE
      }
      const fourth = before3 + (transitions[3 * TAGS + tag] ?? 0)
      if (fourth > best) {
        best = fourth
        from = FACILITY
      }
      back[at + tag] = from
      sums[at + tag] = (scores[at + tag] ?? 0) + best
    }
    outside = (sums[at] ?? 0) - biasAt(token)
    person = sums[at + 1] ?? 0
    place = sums[at + 2] ?? 0
    facility = sums[at + 3] ?? 0
  }
  const last = [outside, person, place, facility]
  let tag = 0
  for (let one = 1; one < TAGS; one += 1) {
    if ((last[one] ?? 0) > (last[tag] ?? 0)) tag = one
  }
  for (let at = count - 1; at >= 0; at -= 1) {
    tags[at] = tag
    tag = back[at * TAGS + tag] ?? 0
  }
}
