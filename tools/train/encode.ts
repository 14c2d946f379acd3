import {
  describeReserved,
  describeWord,
  emptyFeatures,
  type WordFeatures,
} from '../../src/detect/names/tagger/features.ts'
import { emptyBlock, readBlock, type Block } from '../../src/detect/names/tagger/lexer.ts'
import { EDGE, LONG, vocabularyOf } from '../../src/detect/names/tagger/vocabulary.ts'
import type { Sample } from './generator.ts'

const WORDS = 120_000

/** A sample as the trainer sees it. */
export interface Encoded {
  readonly block: Block
  /** The tag of each token. */
  readonly gold: Uint8Array
  readonly featuresOf: (word: number) => WordFeatures
}

/** Reads samples into tokens with the features of their words. What it gives is filled again by the next call. */
export function encoder(): (sample: Sample) => Encoded {
  const known: WordFeatures[] = []
  const scratch = emptyFeatures()
  const store = (id: number): void => {
    const { count } = scratch
    known[id] = {
      count,
      buckets: scratch.buckets.slice(0, count),
      offsets: scratch.offsets.slice(0, count),
      kinds: scratch.kinds.slice(0, count),
      group: scratch.group,
      bareGroup: scratch.bareGroup,
      tongue: scratch.tongue,
      unlisted: scratch.unlisted,
    }
  }
  for (const id of [EDGE, LONG] as const) {
    describeReserved(id, scratch)
    store(id)
  }
  const vocabulary = vocabularyOf(WORDS, (id, units, length) => {
    describeWord(units, length, scratch)
    store(id)
    return scratch.tongue
  })
  const block = emptyBlock()
  const gold = new Uint8Array(block.words.length)
  const featuresOf = (word: number): WordFeatures => known[word] ?? scratch
  return (sample) => {
    readBlock(sample.text, 0, vocabulary, block)
    for (let at = 0; at < block.count; at += 1) {
      gold[at] = sample.tags[block.starts[at] ?? 0] ?? 0
    }
    return { block, gold, featuresOf }
  }
}
