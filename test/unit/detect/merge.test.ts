import assert from 'node:assert/strict'
import { mergeFindings } from '../../../src/detect/index.ts'
import type { Finding } from '../../../src/domain/index.ts'

function finding(start: number, end: number, rest: Partial<Finding> = {}): Finding {
  const base = { segment: 0, start, end, score: 0.5, recognizer: 'test' } as const
  return { ...base, type: 'PERSON', basis: 'cued', ...rest }
}

const brief = (findings: readonly Finding[]) =>
  findings.map((one) => [one.start, one.end, one.type, one.basis])

describe('mergeFindings', () => {
  it('sorts by segment and start and leaves what does not overlap', () => {
    const merged = mergeFindings([finding(9, 12), finding(0, 3, { segment: 1 })], [finding(0, 3)])
    assert.deepEqual(
      merged.map((one) => [one.segment, one.start]),
      [
        [0, 0],
        [0, 9],
        [1, 0],
      ],
    )
  })

  it('makes one finding of overlapping ones of a type, with the stronger basis', () => {
    const merged = mergeFindings([finding(0, 8)], [finding(5, 12, { basis: 'labelled' })])
    assert.deepEqual(brief(merged), [[0, 12, 'PERSON', 'labelled']])
  })

  it('gives one span to the strongest of those that have it, with the highest score over it', () => {
    const guessed = finding(3, 9, { type: 'LOCATION', basis: 'guess', score: 0.9 })
    const merged = mergeFindings([guessed], [finding(3, 9), finding(3, 9, { score: 0.7 })])
    assert.deepEqual(merged, [finding(3, 9, { score: 0.9 })])
    assert.equal(mergeFindings([guessed])[0], guessed)
  })

  it('keeps touching findings apart', () => {
    assert.equal(mergeFindings([finding(0, 5), finding(5, 9)]).length, 2)
  })

  it('cuts a weaker finding round a stronger one inside it', () => {
    const url = finding(0, 30, { type: 'URL', basis: 'pattern' })
    const ssn = finding(10, 21, { type: 'US_SSN', basis: 'validated' })
    assert.deepEqual(brief(mergeFindings([url], [ssn])), [
      [0, 10, 'URL', 'pattern'],
      [10, 21, 'US_SSN', 'validated'],
      [21, 30, 'URL', 'pattern'],
    ])
  })

  it('prefers the higher score, then the longer one, on equal basis', () => {
    const low = finding(0, 10, { type: 'DATE' })
    const high = finding(0, 10, { type: 'PHONE', score: 0.9 })
    assert.equal(mergeFindings([low, high])[0]?.type, 'PHONE')
    const long = finding(0, 12, { type: 'PHONE' })
    assert.deepEqual(brief(mergeFindings([low, long])), [[0, 12, 'PHONE', 'cued']])
  })

  it('keeps the highest score over a span, whoever gives the type', () => {
    const weak = finding(0, 10, { basis: 'labelled', score: 0.3 })
    const sure = finding(0, 10, { type: 'EMAIL', basis: 'validated', score: 0.95 })
    const [merged] = mergeFindings([weak], [sure])
    assert.deepEqual([merged?.type, merged?.score], ['PERSON', 0.95])
  })

  it('gives a rest of one or two characters to its neighbour', () => {
    const name = finding(0, 10)
    const place = finding(5, 12, { type: 'LOCATION', basis: 'pattern' })
    assert.deepEqual(brief(mergeFindings([name], [place])), [[0, 12, 'PERSON', 'cued']])
  })

  it('drops empty findings', () => {
    assert.deepEqual(mergeFindings([finding(3, 3)]), [])
  })
})
