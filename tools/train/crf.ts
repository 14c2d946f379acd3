import { CONJUNCTIONS, conjunctionsOf } from '../../src/detect/names/tagger/conjunctions.ts'
import { BUCKETS, IDENTITY, LIST } from '../../src/detect/names/tagger/features.ts'
import { UNIT, type Model } from '../../src/detect/names/tagger/model.ts'
import { OUTSIDE, TAGS } from '../../src/detect/names/tagger/tags.ts'
import { EDGE } from '../../src/detect/names/tagger/vocabulary.ts'
import type { Encoded } from './encode.ts'
import type { Random } from './random.ts'

/** How often the trainer hides what a word is, so that its form and its neighbours must tell. */
const HIDE_NAME = 0.4
const HIDE_OTHER = 0.08
const RATE = 0.12
/** Tokens about which nothing is left to learn. */
const SETTLED = 0.004

/** Which features are there, token by token. */
interface Active {
  readonly starts: Int32Array
  readonly buckets: Int32Array
}

/**
 * A linear-chain conditional random field, trained by stochastic gradient descent with AdaGrad's step sizes: the
 * gradient of a sample's log-likelihood is, per feature, what was seen minus what the model expects.
 */
export class Trainer {
  private readonly weights = new Float32Array(BUCKETS * TAGS)
  private readonly squares = new Float32Array(BUCKETS * TAGS).fill(0.1)
  private readonly transitions = new Float64Array(TAGS * TAGS)
  private readonly random: Random
  private readonly active: Active = {
    starts: new Int32Array(8192),
    buckets: new Int32Array(8192 * 64),
  }

  constructor(random: Random) {
    this.random = random
  }

  /** Learns from one sample. */
  learn(sample: Encoded, rate = RATE): void {
    const { count } = sample.block
    this.activate(sample)
    const scores = new Float64Array(count * TAGS)
    for (let at = 0; at < count; at += 1) this.score(at, scores)
    const { marginals, pairs } = expectations(scores, this.transitions, count)
    for (let at = 0; at < count; at += 1) this.update(at, sample.gold[at] ?? 0, marginals, rate)
    for (let at = 1; at < count; at += 1) {
      const seen = (sample.gold[at - 1] ?? 0) * TAGS + (sample.gold[at] ?? 0)
      pairs[seen] = (pairs[seen] ?? 0) - 1
    }
    for (let pair = 0; pair < TAGS * TAGS; pair += 1) {
      this.transitions[pair] = (this.transitions[pair] ?? 0) - rate * 0.02 * (pairs[pair] ?? 0)
    }
  }

  /** The model in whole units. */
  model(): Model {
    const round = (value: number): number => Math.max(-127, Math.min(127, Math.round(value / UNIT)))
    return {
      weights: Int8Array.from(this.weights, round),
      transitions: Int16Array.from(this.transitions, (value) => Math.round(value / UNIT)),
    }
  }

  private activate({ block, gold, featuresOf }: Encoded): void {
    const { starts, buckets } = this.active
    const { count, words, lines } = block
    const hidden = Uint8Array.from({ length: count }, (_, at) =>
      this.random.chance(gold[at] === OUTSIDE ? HIDE_OTHER : HIDE_NAME) ? 1 : 0,
    )
    const groups = Int32Array.from({ length: count }, (_, at) => {
      const features = featuresOf(words[at] ?? EDGE)
      return hidden[at] === 1 ? features.bareGroup : features.group
    })
    const edge = featuresOf(EDGE).group
    const groupAt = (at: number): number => groups[at] ?? edge
    const pairs = new Int32Array(CONJUNCTIONS)
    let length = 0
    for (let at = 0; at < count; at += 1) {
      starts[at] = length
      for (const [offset, away] of [0, -1, 1, -2, 2].entries()) {
        const near = at + away
        const features = featuresOf(near < 0 || near >= count ? EDGE : (words[near] ?? EDGE))
        const hide = hidden[near] === 1
        for (let index = 0; index < features.count; index += 1) {
          const kind = features.kinds[index]
          if (features.offsets[index] !== offset) continue
          if (hide && (kind === IDENTITY || kind === LIST)) continue
          buckets[length] = features.buckets[index] ?? 0
          length += 1
        }
      }
      conjunctionsOf(
        groupAt(at - 2),
        groupAt(at - 1),
        groupAt(at),
        groupAt(at + 1),
        groupAt(at + 2),
        lines[at] ?? 0,
        pairs,
      )
      for (const pair of pairs) {
        buckets[length] = pair
        length += 1
      }
    }
    starts[count] = length
  }

  private score(at: number, into: Float64Array): void {
    const { starts, buckets } = this.active
    for (let index = starts[at] ?? 0; index < (starts[at + 1] ?? 0); index += 1) {
      const from = (buckets[index] ?? 0) * TAGS
      for (let tag = 0; tag < TAGS; tag += 1) {
        into[at * TAGS + tag] = (into[at * TAGS + tag] ?? 0) + (this.weights[from + tag] ?? 0)
      }
    }
  }

  private update(at: number, gold: number, marginals: Float64Array, rate: number): void {
    if (1 - (marginals[at * TAGS + gold] ?? 0) < SETTLED) return
    const { starts, buckets } = this.active
    for (let tag = 0; tag < TAGS; tag += 1) {
      const error = (tag === gold ? 1 : 0) - (marginals[at * TAGS + tag] ?? 0)
      if (Math.abs(error) < SETTLED) continue
      for (let index = starts[at] ?? 0; index < (starts[at + 1] ?? 0); index += 1) {
        const cell = (buckets[index] ?? 0) * TAGS + tag
        const square = (this.squares[cell] ?? 0) + error * error
        this.squares[cell] = square
        this.weights[cell] = (this.weights[cell] ?? 0) + (rate * error) / Math.sqrt(square)
      }
    }
  }
}

/** Forward and backward: how likely each tag of a token, and how often each pair of tags, is in the whole sample. */
function expectations(
  scores: Float64Array,
  transitions: Float64Array,
  count: number,
): { readonly marginals: Float64Array; readonly pairs: Float64Array } {
  const steps = transitions.map(Math.exp)
  const local = new Float64Array(count * TAGS)
  for (let at = 0; at < count; at += 1) {
    const row = scores.subarray(at * TAGS, (at + 1) * TAGS)
    const top = Math.max(...row)
    for (let tag = 0; tag < TAGS; tag += 1) local[at * TAGS + tag] = Math.exp((row[tag] ?? 0) - top)
  }
  const forward = sweep(local, steps, count)
  const marginals = new Float64Array(count * TAGS)
  const pairs = new Float64Array(TAGS * TAGS)
  // What lies behind a token, by its tag; each row is scaled, so that products of many do not vanish.
  let behind: number[] = Array.from({ length: TAGS }, () => 1)
  for (let at = count - 1; at >= 0; at -= 1) {
    let sum = 0
    for (let tag = 0; tag < TAGS; tag += 1)
      sum += (forward[at * TAGS + tag] ?? 0) * (behind[tag] ?? 0)
    for (let tag = 0; tag < TAGS; tag += 1) {
      marginals[at * TAGS + tag] = ((forward[at * TAGS + tag] ?? 0) * (behind[tag] ?? 0)) / sum
    }
    if (at > 0) behind = stepBack(at, forward, local, steps, behind, pairs)
  }
  return { marginals, pairs }
}

function sweep(local: Float64Array, steps: Float64Array, count: number): Float64Array {
  const forward = new Float64Array(count * TAGS)
  for (let at = 0; at < count; at += 1) {
    let sum = 0
    for (let tag = 0; tag < TAGS; tag += 1) {
      // Nothing stands before the first: every way to it counts the same.
      let ways = at === 0 ? 1 : 0
      for (let last = 0; last < TAGS; last += 1) {
        ways += (forward[(at - 1) * TAGS + last] ?? 0) * (steps[last * TAGS + tag] ?? 0)
      }
      const value = ways * (local[at * TAGS + tag] ?? 0)
      forward[at * TAGS + tag] = value
      sum += value
    }
    for (let tag = 0; tag < TAGS; tag += 1) {
      forward[at * TAGS + tag] = (forward[at * TAGS + tag] ?? 0) / sum
    }
  }
  return forward
}

function stepBack(
  at: number,
  forward: Float64Array,
  local: Float64Array,
  steps: Float64Array,
  behind: readonly number[],
  pairs: Float64Array,
): number[] {
  const next: number[] = []
  const joint = new Float64Array(TAGS * TAGS)
  let total = 0
  for (let last = 0; last < TAGS; last += 1) {
    let sum = 0
    for (let tag = 0; tag < TAGS; tag += 1) {
      const way =
        (steps[last * TAGS + tag] ?? 0) * (local[at * TAGS + tag] ?? 0) * (behind[tag] ?? 0)
      sum += way
      joint[last * TAGS + tag] = (forward[(at - 1) * TAGS + last] ?? 0) * way
      total += joint[last * TAGS + tag] ?? 0
    }
    next[last] = sum
  }
  for (let pair = 0; pair < TAGS * TAGS; pair += 1) {
    pairs[pair] = (pairs[pair] ?? 0) + (joint[pair] ?? 0) / total
  }
  const scale = next.reduce((sum, one) => sum + one, 0)
  return next.map((one) => one / scale)
}
