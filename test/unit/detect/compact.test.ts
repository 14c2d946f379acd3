import assert from 'node:assert/strict'
import { compact } from '../../../src/detect/scan/compact.ts'

describe('a pattern of which less code is made', () => {
  it('has an empty look-ahead behind each part with more than one way through', () => {
    for (const [source, expected] of [
      ['ab?c', 'ab?(?=)c'],
      ['a{0,3}?[b{2,}]{2}c', 'a{0,3}?(?=)[b{2,}]{2}c'],
      ['(?:a|b)c(?:d)e', '(?:a|b)(?=)c(?:d)e'],
      ['(?<year>a|b){2,}(c|d)?', '(?<year>a|b){2,}(?=)(c|d)?(?=)'],
      [String.raw`(?<!a|b)\?a*\(b+(?=c|d)`, String.raw`(?<!a|b)\?a*\(b+(?=c|d)`],
    ] as const) {
      assert.equal(compact(source), expected)
    }
  })

  it('matches the same', () => {
    const source = String.raw`(?:no|number)?[ :]{0,2}(?:\d{2,4}|[a-z]{1,3}-?)(x|y)?`
    const text = 'no: 1234 number ab-y 12345x nox'
    const found = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => [...match])
    assert.deepEqual(found(new RegExp(compact(source), 'gu')), found(new RegExp(source, 'gu')))
  })
})
