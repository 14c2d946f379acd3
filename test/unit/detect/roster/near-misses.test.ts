import assert from 'node:assert/strict'
import { detect, mergeFindings } from '../../../../src/detect/index.ts'
import { findListed } from '../../../../src/detect/roster/index.ts'
import type { Segment } from '../../../../src/domain/index.ts'
import { planSpans } from '../../../../src/mask/index.ts'
import type { Profile } from '../../../../src/schema/index.ts'
import { rosterOf } from '../../../support/listed-people.ts'

const ROSTER = rosterOf([
  {
    names: [{ given: 'Will', family: 'May' }],
    values: [
      { type: 'DATE', value: '1956-04-03' },
      { type: 'MEDICAL_RECORD_NUMBER', value: '00482910' },
      { type: 'OTHER_ID', value: '4711' },
    ],
  },
  {
    names: [{ given: 'Rose', family: 'Vanterpool' }],
    values: [{ type: 'PHONE', value: '415-555-0188' }],
  },
])

function segment(text: string): Segment {
  return { path: '', role: 'user', place: 'text', text, keys: [] }
}

/** What is found, as it stands in the text. */
function found(text: string, recall: 'balanced' | 'strict' = 'balanced'): readonly string[] {
  return mergeFindings(findListed([segment(text)], ROSTER, recall))
    .map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)
    .toSorted()
}

describe('what is not enough for the roster', () => {
  it('is a single name, which anybody may have', () => {
    for (const text of ['Rose came.', 'May we go?', 'Mr. May', 'Vanterpool', 'in May 2020'])
      assert.deepEqual(found(text), [], text)
  })

  it('is a name of ordinary words without its capitals', () => {
    assert.deepEqual(found('it will may be'), [])
    assert.deepEqual(found('WILL MAY'), ['PERSON WILL MAY'])
  })

  it('is a day of birth, or a short number, by itself', () => {
    for (const text of ['on 1956-04-03', 'room 4711', '4711 and 1999-01-01'])
      assert.deepEqual(found(text), [], text)
  })

  it('is a part of a longer number', () => {
    for (const text of ['1.2.482910.7', '48291', '4829100', '9482910', '12-482910-3'])
      assert.deepEqual(found(text), [], text)
  })

  it('is a name across what parts two sentences far apart', () => {
    assert.deepEqual(found('Will      May'), [])
    assert.deepEqual(found('Will and May'), [])
  })
})

describe('what confirms each other for the roster', () => {
  it('a single name beside a day of birth or a short number of the same person', () => {
    assert.deepEqual(found('May, *3 April 1956'), ['DATE 3 April 1956', 'PERSON May'])
    assert.deepEqual(found('Will, bed 4711'), ['OTHER_ID 4711', 'PERSON Will'])
    assert.deepEqual(found('04/03/1956 #4711'), ['DATE 04/03/1956', 'OTHER_ID 4711'])
  })

  it('not those of two people', () => {
    assert.deepEqual(found('Rose, 3 April 1956'), [])
  })

  it('a record number and every single name of the person in the same message', () => {
    const text = `MRN 482910. ${'The ward was full and quiet that day. '.repeat(20)}Then Will spoke.`
    assert.deepEqual(found(text), ['MEDICAL_RECORD_NUMBER 482910', 'PERSON Will'])
  })

  it('nothing more is needed where the profile asks for strict recall', () => {
    assert.deepEqual(found('Vanterpool came', 'strict'), ['PERSON Vanterpool'])
    assert.deepEqual(found('Rose came', 'strict'), [])
  })
})

describe('a finding of the roster', () => {
  const profile = {
    entities: {},
    default: 'placeholder',
    minScore: 0.4,
    roles: { system: { PERSON: 'cued', DATE: 'labelled' } },
    keepList: ['Rose Vanterpool', '482910'],
  } as unknown as Profile

  it('is not silenced by a keep-list, nor by a role that wants a label', () => {
    const segments = (['user', 'system'] as const).map((role) => ({
      ...segment('Rose Vanterpool and 482910'),
      role,
    }))
    const options = { recall: 'balanced', fields: [], roster: ROSTER } as const
    const spans = planSpans(segments, detect(segments, options), profile)
    assert.deepEqual(
      spans.map(({ type, operator }) => [type, operator]),
      [0, 1].flatMap(() => [
        ['PERSON', 'placeholder'],
        ['MEDICAL_RECORD_NUMBER', 'placeholder'],
      ]),
    )
  })

  it('is not made inside a placeholder', () => {
    assert.deepEqual(found('[PERSON_7K2M4QW.9XD3K5M] [MEDICAL_RECORD_NUMBER_0000482910]'), [])
  })
})
