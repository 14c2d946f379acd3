import { CONJUNCTIONS, conjunctionsOf } from './conjunctions.ts'
import { describeReserved, describeWord, emptyFeatures, OFFSETS } from './features.ts'
import { CODE, emptyBlock, LINE, readBlock, type Block } from './lexer.ts'
import type { Model } from './model.ts'
import { OUTSIDE, TAGS } from './tags.ts'
import { EDGE, LONG, vocabularyOf, type Vocabulary } from './vocabulary.ts'

/** How many words' scores are kept. */
const KEPT_WORDS = 40_000
const WIDTH = OFFSETS * TAGS

/** Told of each block: its tokens and their tags. Both are filled again for the next block. */
export type OnBlock = (block: Block, tags: Uint8Array) => void

/** Tags a text; `bias` is taken from the score of no name, in units of the model. */
export type Tagger = (text: string, bias: number, onBlock: OnBlock) => void

/** What is known of the words by their numbers. */
interface Words {
  readonly vocabulary: Vocabulary
  /** Per word, what it adds to the scores of itself and of its four neighbours. */
  readonly scores: Int16Array
  readonly groups: Uint16Array
}

/**
 * A tagger by a model: linear in the text, block by block, in memory that does not grow with it. What a word adds to
 * the scores is computed once and kept while there is room.
 */
export function taggerOf(model: Model): Tagger {
  const words = wordsOf(model)
  const block = emptyBlock()
  const size = block.words.length
  const scores = new Int32Array(size * TAGS)
  const back = new Uint8Array(size * TAGS)
  const tags = new Uint8Array(size)
  return (text, bias, onBlock) => {
    for (let at = 0; at < text.length;) {
      at = readBlock(text, at, words.vocabulary, block)
      score(block, words, model, bias, scores)
      viterbi(block.count, scores, model.transitions, back, tags)
      onBlock(block, tags)
    }
  }
}

function wordsOf(model: Model): Words {
  const scores = new Int16Array(KEPT_WORDS * WIDTH)
  const groups = new Uint16Array(KEPT_WORDS)
  const features = emptyFeatures()
  const keep = (id: number): void => {
    scores.fill(0, id * WIDTH, (id + 1) * WIDTH)
    groups[id] = features.group
    for (let index = 0; index < features.count; index += 1) {
      const at = id * WIDTH + (features.offsets[index] ?? 0) * TAGS
      const from = (features.buckets[index] ?? 0) * TAGS
      for (let tag = 0; tag < TAGS; tag += 1) {
        scores[at + tag] = (scores[at + tag] ?? 0) + (model.weights[from + tag] ?? 0)
      }
    }
  }
  for (const id of [EDGE, LONG] as const) {
    describeReserved(id, features)
    keep(id)
  }
  const vocabulary = vocabularyOf(KEPT_WORDS, (id, units, length) => {
    describeWord(units, length, features)
    keep(id)
  })
  return { vocabulary, scores, groups }
}

const pairs = new Int32Array(CONJUNCTIONS)

/** The score of each tag for each token, its neighbours' tags aside. */
function score(block: Block, words: Words, model: Model, bias: number, into: Int32Array): void {
  const { weights } = model
  const { count, lines, words: ids } = block
  const { scores, groups } = words
  let [before2, before, here] = [EDGE, EDGE, ids[0] ?? EDGE]
  let after = count > 1 ? (ids[1] ?? EDGE) : EDGE
  for (let at = 0; at < count; at += 1) {
    const after2 = at + 2 < count ? (ids[at + 2] ?? EDGE) : EDGE
    conjunctionsOf(
      groups[before2] ?? 0,
      groups[before] ?? 0,
      groups[here] ?? 0,
      groups[after] ?? 0,
      groups[after2] ?? 0,
      lines[at] ?? 0,
      pairs,
    )
    // In code nearly every word is none, and names stand where their neighbours say so.
    const moved = ((lines[at] ?? 0) & LINE) === CODE ? -bias : bias
    for (let tag = 0; tag < TAGS; tag += 1) {
      let sum = scores[here * WIDTH + tag] ?? 0
      sum += scores[before * WIDTH + TAGS + tag] ?? 0
      sum += scores[after * WIDTH + 2 * TAGS + tag] ?? 0
      sum += scores[before2 * WIDTH + 3 * TAGS + tag] ?? 0
      sum += scores[after2 * WIDTH + 4 * TAGS + tag] ?? 0
      for (let pair = 0; pair < CONJUNCTIONS; pair += 1) {
        sum += weights[(pairs[pair] ?? 0) * TAGS + tag] ?? 0
      }
      into[at * TAGS + tag] = tag === OUTSIDE ? sum - moved : sum
    }
    before2 = before
    before = here
    here = after
    after = after2
  }
}

/** Viterbi's algorithm: the tags with the highest sum of scores and transitions. */
function viterbi(
  count: number,
  scores: Int32Array,
  transitions: Int16Array,
  back: Uint8Array,
  tags: Uint8Array,
): void {
  for (let at = 1; at < count; at += 1) {
    for (let tag = 0; tag < TAGS; tag += 1) {
      let best = -Infinity
      let from = 0
      for (let last = 0; last < TAGS; last += 1) {
        const sum = (scores[(at - 1) * TAGS + last] ?? 0) + (transitions[last * TAGS + tag] ?? 0)
        if (sum > best) {
          best = sum
          from = last
        }
      }
      back[at * TAGS + tag] = from
      scores[at * TAGS + tag] = (scores[at * TAGS + tag] ?? 0) + best
    }
  }
  let tag = 0
  for (let one = 1; one < TAGS; one += 1) {
    const last = (count - 1) * TAGS
    if ((scores[last + one] ?? 0) > (scores[last + tag] ?? 0)) tag = one
  }
  for (let at = count - 1; at >= 0; at -= 1) {
    tags[at] = tag
    tag = back[at * TAGS + tag] ?? 0
  }
}
