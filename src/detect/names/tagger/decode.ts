import { CONJUNCTIONS, conjunctionsOf } from './conjunctions.ts'
import { describeReserved, describeWord, emptyFeatures, OFFSETS } from './features.ts'
import { CODE, emptyBlock, LINE, readBlock, type Block } from './lexer.ts'
import type { Model } from './model.ts'
import { EVEN, HALVES, highOf, LIFTED, lowOf, packed, packedWeights } from './packed.ts'
import { FACILITY, OUTSIDE, PERSON, PLACE, TAGS } from './tags.ts'
import { EDGE, LONG, vocabularyOf, type Vocabulary } from './vocabulary.ts'

/** How many words' scores are kept. */
const KEPT_WORDS = 40_000
const WIDTH = OFFSETS * HALVES

/** Told of each block: its tokens and their tags. Both are filled again for the next block. */
export type OnBlock = (block: Block, tags: Uint8Array) => void

/**
 * Tags a text; `bias` is taken from the score of no name, in units of the model, and `more` besides in a block in which
 * several names stand: who writes of somebody writes of others, too.
 */
export type Tagger = (text: string, bias: number, onBlock: OnBlock, more?: number) => void

/** So many names make a block one about people. */
const SEVERAL = 2

/** What is known of the words by their numbers. */
interface Words {
  readonly vocabulary: Vocabulary
  /** Per word, what it adds to the scores of itself and of its four neighbours: packed. */
  readonly scores: Int32Array
  readonly groups: Uint16Array
}

/**
 * A tagger by a model: linear in the text, block by block, in memory that does not grow with it. What a word adds to
 * the scores is computed once and kept while there is room.
 */
export function taggerOf(model: Model): Tagger {
  const words = wordsOf(model)
  const weights = packedWeights(model)
  const block = emptyBlock()
  const size = block.words.length
  const scores = new Int32Array(size * TAGS)
  const sums = new Int32Array(size * TAGS)
  const back = new Uint8Array(size * TAGS)
  const tags = new Uint8Array(size)
  return (text, bias, onBlock, more = 0) => {
    for (let at = 0; at < text.length;) {
      at = readBlock(text, at, words.vocabulary, block)
      score(block, words, weights, bias, scores)
      viterbi(block.count, scores, model.transitions, sums, back, tags)
      if (more > 0 && hasSeveral(block.count, tags)) {
        favour(block, more, scores)
        viterbi(block.count, scores, model.transitions, sums, back, tags)
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

/** Takes from the score of no name, but in code, where nearly every word is none. */
function favour({ count, lines }: Block, bias: number, scores: Int32Array): void {
  for (let at = 0; at < count; at += 1) {
    if (((lines[at] ?? 0) & LINE) === CODE) continue
    scores[at * TAGS + OUTSIDE] = (scores[at * TAGS + OUTSIDE] ?? 0) - bias
  }
}

function wordsOf(model: Model): Words {
  const scores = new Int32Array(KEPT_WORDS * WIDTH)
  const groups = new Uint16Array(KEPT_WORDS)
  const features = emptyFeatures()
  const { weights } = model
  const keep = (id: number): void => {
    scores.fill(0, id * WIDTH, (id + 1) * WIDTH)
    groups[id] = features.group
    for (let index = 0; index < features.count; index += 1) {
      const at = id * WIDTH + (features.offsets[index] ?? 0) * HALVES
      const from = (features.buckets[index] ?? 0) * TAGS
      scores[at] = (scores[at] ?? 0) + packed(weights[from] ?? 0, weights[from + 2] ?? 0)
      scores[at + 1] =
        (scores[at + 1] ?? 0) + packed(weights[from + 1] ?? 0, weights[from + 3] ?? 0)
    }
  }
  for (const id of [EDGE, LONG] as const) {
    describeReserved(id, features)
    keep(id)
  }
  const vocabulary = vocabularyOf(KEPT_WORDS, (id, units, length) => {
    describeWord(units, length, features)
    keep(id)
    return features.tongue
  })
  return { vocabulary, scores, groups }
}

const pairs = new Int32Array(CONJUNCTIONS)

/** The score of each tag for each token, its neighbours' tags aside. */
function score(block: Block, words: Words, weights: Int32Array, bias: number, into: Int32Array) {
  const { count, lines, words: ids } = block
  const { scores, groups } = words
  let [before2, before, here] = [EDGE, EDGE, ids[0] ?? EDGE]
  let after = count > 1 ? (ids[1] ?? EDGE) : EDGE
  for (let at = 0; at < count; at += 1) {
    const after2 = at + 2 < count ? (ids[at + 2] ?? EDGE) : EDGE
    const line = lines[at] ?? 0
    conjunctionsOf(
      groups[before2] ?? 0,
      groups[before] ?? 0,
      groups[here] ?? 0,
      groups[after] ?? 0,
      groups[after2] ?? 0,
      line,
      pairs,
    )
    const own = here * WIDTH
    const left = before * WIDTH + HALVES
    const right = after * WIDTH + 2 * HALVES
    const left2 = before2 * WIDTH + 3 * HALVES
    const right2 = after2 * WIDTH + 4 * HALVES
    let even = ((scores[own] ?? 0) + (scores[left] ?? 0) + (scores[right] ?? 0)) | 0
    even = (even + (scores[left2] ?? 0) + (scores[right2] ?? 0) - CONJUNCTIONS * LIFTED) | 0
    let odd = ((scores[own + 1] ?? 0) + (scores[left + 1] ?? 0) + (scores[right + 1] ?? 0)) | 0
    odd = (odd + (scores[left2 + 1] ?? 0) + (scores[right2 + 1] ?? 0) - CONJUNCTIONS * LIFTED) | 0
    for (let pair = 0; pair < CONJUNCTIONS; pair += 1) {
      const four = weights[pairs[pair] ?? 0] ?? 0
      even = (even + (four & EVEN)) | 0
      odd = (odd + ((four >>> 8) & EVEN)) | 0
    }
    const to = at * TAGS
    // In code nearly every word is none, so half as much is taken from its odds there.
    into[to + OUTSIDE] = lowOf(even) - ((line & LINE) === CODE ? bias >> 1 : bias)
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
 */
function viterbi(
  count: number,
  scores: Int32Array,
  transitions: Int16Array,
  sums: Int32Array,
  back: Uint8Array,
  tags: Uint8Array,
): void {
  let [outside, person, place, facility] = [
    scores[0] ?? 0,
    scores[1] ?? 0,
    scores[2] ?? 0,
    scores[3] ?? 0,
  ]
  for (let at = TAGS; at < count * TAGS; at += TAGS) {
    const [before0, before1, before2, before3] = [outside, person, place, facility]
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
    outside = sums[at] ?? 0
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
