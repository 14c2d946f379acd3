import assert from 'node:assert/strict'
import {
  detect,
  findKnown,
  learn,
  Learning,
  NOTHING_KNOWN,
  teach,
  type Knowledge,
} from '../../../src/detect/index.ts'
import { tokensOf } from '../../../src/detect/tokens.ts'
import type { Basis, Subtype } from '../../../src/domain/index.ts'
import type { EntityType } from '../../../src/schema/index.ts'
import { BALANCED, segment, shown, unmark } from './table.ts'

interface Taught {
  readonly type: EntityType
  readonly text: string
  readonly basis?: Basis
  readonly subtype?: Subtype
}

function taught(...values: readonly Taught[]): Knowledge {
  return values.reduce((known, { type, text, basis = 'labelled', subtype }) => {
    const finding = { segment: 0, start: 0, end: text.length, type, basis }
    return learn(
      known,
      [segment(text)],
      [subtype === undefined ? finding : { ...finding, subtype }],
    )
  }, NOTHING_KNOWN)
}

function assertFound(known: Knowledge, rows: readonly string[]) {
  for (const [index, marked] of rows.entries()) {
    const { text, spans } = unmark(marked)
    const found = findKnown([segment(text)], known).map((one) => [one.start, one.end])
    assert.deepEqual(found, spans, `row ${index}`)
  }
}

const ROE = taught({ type: 'PERSON', text: 'Jane Q. Roebuck', subtype: 'patient' })

describe('what a conversation teaches', () => {
  const lesson = (text: string) =>
    [
      [segment(text)],
      [{ segment: 0, start: 0, end: text.length, type: 'PERSON', basis: 'labelled' }],
    ] as const

  it('is the same message after message as each added to what was known', () => {
    const learning = new Learning()
    for (const name of ['Jane Roebuck', 'Tom Quillmark']) teach(learning, ...lesson(name))
    const added = learn(learn(NOTHING_KNOWN, ...lesson('Jane Roebuck')), ...lesson('Tom Quillmark'))
    assert.deepEqual(learning.known, added)
  })

  it('is not copied for each message, and what was given at the beginning does not change', () => {
    const learning = new Learning(ROE)
    const names = ROE.names.size
    teach(learning, ...lesson('Tom Quillmark'))
    const { known } = learning
    teach(learning, ...lesson('Ada Hollister'))
    assert.equal(learning.known.names, known.names)
    assert.ok(known.names.has('ada hollister'))
    assert.equal(ROE.names.size, names)
  })

  it('is found by a search that comes after it, also where another came before', () => {
    const learning = new Learning()
    teach(learning, ...lesson('Tom Quillmark'))
    assertFound(learning.known, ['«Tom Quillmark» met Ada Hollister'])
    teach(learning, ...lesson('Ada Hollister'))
    assertFound(learning.known, ['«Tom Quillmark» met «Ada Hollister»'])
  })
})

describe('findKnown', () => {
  it('finds a known name in every order, case and spelling', () => {
    assertFound(ROE, [
      'saw «Jane Roebuck» again',
      '«ROEBUCK, JANE Q» is',
      'file «jane_roebuck».pdf',
      '«jane roebuck» wrote',
      'by «J. Roebuck»',
      "«Jane Roebuck»'s chart",
      '«Jáné Roebuck»',
      '«Ja\u200Bne Roebuck»',
      'mail «jane.roebuck»@example.org',
    ])
  })

  it('finds each part of a name, with its capital', () => {
    assertFound(ROE, [
      '«Roebuck» called',
      "«Roebuck»'s arm",
      '«ROEBUCK»',
      'and «Jane» left',
      'a roebuck in the wood',
      'Janet and Roebucks',
      'Q is a letter',
    ])
  })

  it('carries type and subtype, rests on propagation', () => {
    assert.deepEqual(findKnown([segment('x'), segment('Roebuck')], ROE), [
      {
        segment: 1,
        start: 0,
        end: 7,
        type: 'PERSON',
        subtype: 'patient',
        score: 0.75,
        recognizer: 'known',
        basis: 'propagated',
      },
    ])
  })

  it('leaves ordinary words, months and diseases that are also names', () => {
    const known = taught(
      { type: 'PERSON', text: 'Will Hope' },
      { type: 'PERSON', text: 'May Parkinson' },
      { type: 'PERSON', text: 'Graves' },
    )
    assertFound(known, [
      'I will hope so',
      'Will they?',
      'in May 5',
      "Parkinson's disease",
      'Graves disease',
      'and «Graves» left',
      'so «Will Hope» came',
      'then «Will» came',
    ])
  })

  it('looks for a name typed in lower case in lower case too', () => {
    assertFound(taught({ type: 'PERSON', text: 'jane roebuck' }), ['«roebuck» called', '«Jane»'])
  })

  it('finds names of other scripts', () => {
    assertFound(taught({ type: 'PERSON', text: '王小明' }), ['«王小明» said'])
  })

  it('joins known parts side by side', () => {
    assertFound(taught({ type: 'PERSON', text: 'Ana Lopez Garcia' }), [
      '«Lopez Garcia» and «Garcia»',
    ])
  })

  it('finds identifiers whole, also with other separators', () => {
    const known = taught(
      { type: 'US_SSN', text: '123-45-6789' },
      { type: 'PHONE', text: '(212) 555-0188 x44' },
      { type: 'MEDICAL_RECORD_NUMBER', text: 'AB-9987' },
      { type: 'MEDICAL_RECORD_NUMBER', text: '77123' },
      { type: 'EMAIL', text: 'Ann@Example.org' },
    )
    assertFound(known, [
      'ssn «123456789»',
      '«123 45 6789»',
      '«123.45.6789»',
      'call «+1 212.555.0188»'.replace('«+1', '+«1'),
      '«2125550188»',
      'MRN«123456789»x',
      '«ab9987», «AB 9987»',
      'AB-99871',
      'XAB-9987',
      '«77123»',
      '771234',
      '77-123',
      'A77123',
      '«ann@example.org»',
      '1234567890',
      '0.123456789',
    ])
  })

  it('does not look for short numbers, years, dates, addresses of the web or ages', () => {
    const known = taught(
      { type: 'MEDICAL_RECORD_NUMBER', text: '17' },
      { type: 'MEDICAL_RECORD_NUMBER', text: '2021' },
      { type: 'OTHER_ID', text: 'pending' },
      { type: 'DATE', text: '03/04/2021' },
      { type: 'URL', text: 'https://example.org/a' },
      { type: 'IP', text: '10.0.0.7' },
      { type: 'AGE_OVER_89', text: '92' },
    )
    assertFound(known, ['17 in 2021 pending 03/04/2021 https://example.org/a 10.0.0.7 92'])
  })

  it('finds a place again only whole', () => {
    assertFound(taught({ type: 'LOCATION', text: '12 Elmwood Street' }), [
      'near «12 Elmwood Street»',
      'Elmwood, 12, Street',
    ])
  })

  it('does not look for a place that is as long as a page', () => {
    const long = 'Elmwood Street '.repeat(40).trim()
    assertFound(taught({ type: 'LOCATION', text: long }), [long])
  })

  it('never finds inside a placeholder', () => {
    const known = taught(
      { type: 'PERSON', text: 'Jane Person' },
      { type: 'OTHER_ID', text: '9XD3K5M' },
    )
    assertFound(known, ['[PERSON_9XD3K5M] [PERSON]', 'then «Jane Person» [US_SSN]'])
  })

  it('finds nothing when nothing is known', () => {
    assert.deepEqual(findKnown([segment('Jane Roebuck')], NOTHING_KNOWN), [])
  })
})

describe('learn', () => {
  it('leaves the knowledge it was given as it was', () => {
    const before = taught({ type: 'PERSON', text: 'Jane Roebuck' })
    const after = learn(
      before,
      [segment('Otto')],
      [{ segment: 0, start: 0, end: 4, type: 'PERSON', basis: 'cued' }],
    )
    assert.deepEqual(shown([segment('and Otto')], findKnown([segment('and Otto')], before)), [])
    assert.deepEqual(shown([segment('and Otto')], findKnown([segment('and Otto')], after)), [
      'PERSON Otto',
    ])
  })

  it('gives the very knowledge back where nothing is new', () => {
    const text = 'Jane Q. Roebuck'
    const finding = {
      segment: 0,
      start: 0,
      end: text.length,
      type: 'PERSON',
      basis: 'labelled',
    } as const
    assert.equal(learn(ROE, [segment(text)], [finding]), ROE)
  })

  it('learns nothing from what was propagated, and no parts from a guess', () => {
    assert.equal(taught({ type: 'PERSON', text: 'Jane Roe', basis: 'propagated' }), NOTHING_KNOWN)
    assertFound(taught({ type: 'PERSON', text: 'Jane Roe', basis: 'guess' }), [
      '«Jane Roe» and Jane',
    ])
  })

  it('carries what one segment says into the others', () => {
    const segments = [
      segment('Patient: Jane Roebuck, MRN 998877'),
      segment('Roebuck (998877) slept'),
    ]
    const known = learn(NOTHING_KNOWN, segments, detect(segments, BALANCED))
    assert.deepEqual(
      shown(
        segments,
        findKnown(segments, known).filter((one) => one.segment === 1),
      ),
      ['PERSON Roebuck', 'MEDICAL_RECORD_NUMBER 998877'],
    )
  })

  it('is looked for in a digest or a key at no more than the cost of reading its words', () => {
    const known = taught({ type: 'MEDICAL_RECORD_NUMBER', text: '1234567890' })
    // Each of the digits may begin the number.
    const text = '1a'.repeat(100_000)
    const timeOf = (work: () => void): number => {
      const before = process.cpuUsage().user
      work()
      return process.cpuUsage().user - before
    }
    tokensOf(text)
    const reading = Math.max(...[1, 2, 3].map(() => timeOf(() => tokensOf(text))))
    const finding = Math.min(
      ...[1, 2, 3].map(() => timeOf(() => findKnown([segment(text)], known))),
    )
    assert.ok(finding < reading * 10, `${finding} us beside ${reading} us`)
  })
})
