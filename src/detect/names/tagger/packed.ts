import type { Model } from './model.ts'
import { TAGS } from './tags.ts'

/**
 * Four scores of one thing are kept in two numbers, each of two scores of 16 bits: those of tags 0 and 2, and those of
 * tags 1 and 3. The sum of such numbers holds the sums of the scores, as long as none of these leaves its 16 bits. That
 * halves the loads and additions of the innermost loop of everything that is detected.
 */
export const HALVES = 2

/** Two scores in one number. */
export function packed(low: number, high: number): number {
  return (low + (high << 16)) | 0
}

/** The score of the lower tag of a number. */
export function lowOf(sum: number): number {
  return (sum << 16) >> 16
}

/** The score of the higher tag of a number. */
export function highOf(sum: number): number {
  return (sum - lowOf(sum)) >> 16
}

/** What is added to each weight, so that none is negative and borrows from its neighbour. */
const LIFT = 128
/** Of a number of `packedWeights`, the weights of tags 0 and 2; of the number shifted by 8 bits those of 1 and 3. */
export const EVEN = 0x00_ff_00_ff
/** What the weight of one bucket is too much in each number, by its lift. */
export const LIFTED = packed(LIFT, LIFT)

/** The weights of a model, the four of one bucket in one number. */
export function packedWeights({ weights }: Model): Int32Array {
  return Int32Array.from({ length: weights.length / TAGS }, (_, bucket) => {
    const lifted = (tag: number): number => (weights[bucket * TAGS + tag] ?? 0) + LIFT
    return lifted(0) | (lifted(1) << 8) | (lifted(2) << 16) | (lifted(3) << 24)
  })
}
