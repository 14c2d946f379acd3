import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import {
  detect,
  findKnown,
  learn,
  mergeFindings,
  nameParts,
  NOTHING_KNOWN,
} from '../../src/detect/index.ts'
import type { Finding, Segment } from '../../src/domain/index.ts'

const RUNS = { numRuns: 150 }

const FRAGMENTS = [
  [
    'Patient: ',
    'Dr. ',
    'Jane Roe',
    'ROE, JANE',
    ', MD',
    ' MRN: ',
    '998877',
    '123-45-6789',
    '\u2011',
  ],
  ['a@b.co', 'https://x.example/', '2021-03-04', ' (', ') ', '\n', "'s ", 'mother ', '92-year-old'],
  [
    '[PERSON_9XD3K5M]',
    '[US_SSN]',
    '[',
    '😀',
    '\uD800',
    '\uDC00',
    '𝟏𝟐',
    'e\u0301',
    '王小明',
    '\u0000',
  ],
  ['\u200B', '10.0.0.7', ' 12 Elm Street, '],
].flat()
const fragment = fc.constantFrom(...FRAGMENTS)
const text = fc
  .array(
    fc.oneof({ weight: 4, arbitrary: fragment }, fc.string({ unit: 'binary', maxLength: 4 })),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''))
const segment = fc.record({
  path: fc.constant('/x'),
  role: fc.constantFrom('user' as const, 'tool_result' as const),
  place: fc.constantFrom('text' as const, 'key' as const, 'number' as const),
  text,
  keys: fc.array(fc.constantFrom('patient', 'name', 'mrn', 'note', 'dob'), { maxLength: 3 }),
})
const finding: fc.Arbitrary<Finding> = fc
  .record({
    segment: fc.integer({ min: 0, max: 1 }),
    start: fc.integer({ min: 0, max: 20 }),
    length: fc.integer({ min: 0, max: 12 }),
    type: fc.constantFrom('PERSON' as const, 'URL' as const, 'DATE' as const),
    score: fc.double({ min: 0.1, max: 1, noNaN: true }),
    basis: fc.constantFrom(
      'field' as const,
      'labelled' as const,
      'pattern' as const,
      'propagated' as const,
    ),
  })
  .map(({ length, ...rest }) => ({ ...rest, end: rest.start + length, recognizer: 'test' }))

function assertSound(segments: readonly Segment[], findings: readonly Finding[]) {
  for (const [index, one] of findings.entries()) {
    const value = segments[one.segment]?.text ?? ''
    assert.ok(one.start >= 0 && one.start < one.end && one.end <= value.length)
    assert.ok(!splitsPair(value, one.start) && !splitsPair(value, one.end))
    const last = findings[index - 1]
    assert.ok(
      last === undefined ||
        last.segment < one.segment ||
        (last.segment === one.segment && last.end <= one.start),
    )
  }
}

function splitsPair(value: string, at: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(value.slice(Math.max(0, at - 1), at + 1)) && at > 0
}

function covered(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const scores = new Map<string, number>()
  for (const { segment: index, start, end, score } of findings) {
    for (let at = start; at < end; at += 1) {
      const place = `${index}:${at}`
      scores.set(place, Math.max(score, scores.get(place) ?? 0))
    }
  }
  return scores
}

describe('properties of detection', () => {
  it('spans are inside the text, never overlap and never split a surrogate pair', () => {
    const recall = fc.constantFrom('strict' as const, 'balanced' as const, 'lenient' as const)
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 3 }), recall, (segments, level) => {
        const fields = [{ path: '$..note', type: 'OTHER_ID', operator: 'redact' }] as const
        const found = detect(segments, { recall: level, fields })
        assertSound(segments, found)
        const known = findKnown(segments, learn(NOTHING_KNOWN, segments, found))
        assertSound(segments, known)
        assertSound(segments, mergeFindings(found, known))
      }),
      RUNS,
    )
  })

  it('merging never loses a covered character, nor lowers the score over it', () => {
    fc.assert(
      fc.property(
        fc.array(finding, { maxLength: 8 }),
        fc.array(finding, { maxLength: 8 }),
        (left, right) => {
          const before = covered([...left, ...right])
          const after = covered(mergeFindings(left, right))
          assert.deepEqual([...after.keys()].toSorted(), [...before.keys()].toSorted())
          for (const [place, score] of before) assert.ok((after.get(place) ?? 0) >= score)
        },
      ),
      { numRuns: 400 },
    )
  })

  it('merging what was merged changes nothing', () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 10 }), (findings) => {
        const once = mergeFindings(findings)
        assert.deepEqual(mergeFindings(once), once)
      }),
      RUNS,
    )
  })

  it('parts of a name are folded, whatever the text is', () => {
    fc.assert(
      fc.property(text, (value) => {
        const parts = nameParts(value)
        for (const part of parts) assert.equal(part, part.toLowerCase())
      }),
      RUNS,
    )
  })
})
