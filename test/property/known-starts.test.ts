import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { learn, NOTHING_KNOWN } from '../../src/detect/index.ts'
import { startsIn } from '../../src/detect/known-starts.ts'
import { tokensOf } from '../../src/detect/tokens.ts'
import { segment } from '../unit/detect/table.ts'

const NAMES = ['Jane Okafor', "Sean O'Neil", 'Zoë Ångström', 'Ana-Lucía Ruiz', 'Straße Müller']
const IDS = ['MRN-99812', '536-22-1234', 'jane.okafor@mail.example', 'X1Y2Z3']

const KNOWN = [
  ...NAMES.map((text) => ({ text, type: 'PERSON' as const })),
  ...IDS.map((text) => ({ text, type: 'OTHER_ID' as const })),
].reduce(
  (known, { text, type }) =>
    learn(
      known,
      [segment(text)],
      [{ segment: 0, start: 0, end: text.length, type, basis: 'labelled' }],
    ),
  NOTHING_KNOWN,
)

const piece = fc.oneof(
  fc.constantFrom(...NAMES, ...IDS),
  fc.constantFrom(...NAMES, ...IDS).map((value) => value.toUpperCase()),
  fc.constantFrom(
    '’s',
    "'s",
    "'",
    '’',
    ' ',
    '\n',
    '.',
    '-',
    '_',
    '—',
    '0.',
    '\u0301',
    '９９８',
    'ﬁ',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.nat(99_999).map(String),
)
const texts = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''))

describe('where something known may begin', () => {
  it('is told of every token that begins something known, whatever stands around it', () => {
    const { longest, parts, beginnings } = KNOWN
    fc.assert(
      fc.property(texts, (text) => {
        const starts = startsIn(text, KNOWN)
        for (const { start: at, folded } of tokensOf(text)) {
          if (!longest.has(folded) && !parts.has(folded) && !beginnings.has(folded)) continue
          assert.ok(starts.some(({ start, end }) => start <= at && at < end))
        }
      }),
      { numRuns: 5_000 },
    )
  })

  it('is nowhere in a text of other words', () => {
    assert.deepEqual(startsIn('The plan is to repeat imaging, then 44 more.', KNOWN), [])
  })
})
