import assert from 'node:assert/strict'
import { array, assert as check, integer, property, tuple } from 'fast-check'
import {
  EVEN,
  highOf,
  LIFTED,
  lowOf,
  packed,
  packedWeights,
} from '../../../../src/detect/names/tagger/packed.ts'

const score = integer({ min: -2000, max: 2000 })
const weight = integer({ min: -128, max: 127 })

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

describe('scores packed in one number', () => {
  it('add up as they would one by one', () => {
    check(
      property(array(tuple(score, score), { maxLength: 14 }), (pairs) => {
        const sum = total(pairs.map(([low, high]) => packed(low, high))) | 0
        assert.equal(lowOf(sum), total(pairs.map(([low]) => low)))
        assert.equal(highOf(sum), total(pairs.map(([, high]) => high)))
      }),
    )
  })

  it('are those of the weights once their lift is taken from the sum', () => {
    const four = tuple(weight, weight, weight, weight)
    check(
      property(array(four, { minLength: 1, maxLength: 9 }), (buckets) => {
        const weights = Int8Array.from(buckets.flat())
        const numbers = [...packedWeights({ weights, transitions: new Int16Array(16) })]
        const even = total(numbers.map((one) => (one & EVEN) - LIFTED)) | 0
        const odd = total(numbers.map((one) => ((one >>> 8) & EVEN) - LIFTED)) | 0
        const sums = [lowOf(even), lowOf(odd), highOf(even), highOf(odd)]
        const expected = [0, 1, 2, 3].map((tag) => total(buckets.map((one) => one[tag] ?? 0)))
        assert.deepEqual(sums, expected)
      }),
    )
  })
})
