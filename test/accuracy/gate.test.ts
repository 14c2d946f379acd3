import assert from 'node:assert/strict'
import { CORPORA } from './corpora/index.ts'
import { sourceOf } from './corpus.ts'
import { phigate } from './phigate.ts'
import { overMaskingOf, recallOf, scoreOf } from './score.ts'

interface Floor {
  /** At least this share of the identifiers is removed. */
  readonly recall: number
  /** At most this share of everything else is. */
  readonly overMasked: number
  /** At most this share of the texts without an identifier is touched. */
  readonly touched?: number
}

/** What was reached, and may not get worse. Raise a floor when detection gets better. */
const FLOORS: Readonly<Record<string, Floor>> = {
  'chat questions': { recall: 0.995, overMasked: 0.007 },
  'clinical notes': { recall: 0.99, overMasked: 0.026 },
  'clinical notes in capitals': { recall: 0.985, overMasked: 0.026 },
  'clinical notes in lower case': { recall: 0.985, overMasked: 0.027 },
  'clinical notes, international names': { recall: 0.99, overMasked: 0.027 },
  letters: { recall: 0.985, overMasked: 0.014 },
  'addresses and contacts, international': { recall: 0.985, overMasked: 0.001 },
  obfuscated: { recall: 0.99, overMasked: 0.004 },
  'harmless clinical lines': { recall: 1.0, overMasked: 0.005, touched: 0.03 },
  'code and logs': { recall: 1.0, overMasked: 0.001, touched: 0.0 },
  'FHIR bundles': { recall: 0.99, overMasked: 0.01 },
  'HL7 v2 messages': { recall: 0.99, overMasked: 0.03 },
  'C-CDA documents': { recall: 0.99, overMasked: 0.01 },
}

const SEED = 7
const COUNT = 40

describe('the accuracy of detection', function () {
  this.timeout(120_000)

  it('is measured for every kind of text', () => {
    assert.deepEqual(Object.keys(FLOORS).toSorted(), CORPORA.map(({ name }) => name).toSorted())
  })

  it('is measured on texts whose labels hold what they say', () => {
    for (const { name, make } of CORPORA) {
      for (const { text, labels } of make(sourceOf(SEED), COUNT)) {
        for (const { start, end } of labels) {
          assert.match(text.slice(start, end), /^\S.*\S$|^\S$/su, name)
        }
      }
    }
  })

  for (const { name, make } of CORPORA) {
    it(`is no worse than it was: ${name}`, () => {
      const score = scoreOf(make(sourceOf(SEED), COUNT), phigate)
      const { recall, overMasked, touched = 0 } = FLOORS[name] ?? { recall: 1, overMasked: 0 }
      assert.ok(recallOf(score) >= recall, `recall ${recallOf(score)}`)
      assert.ok(overMaskingOf(score) <= overMasked, `over-masked ${overMaskingOf(score)}`)
      if (score.clean > 0) {
        const share = score.touched / score.clean
        assert.ok(share <= touched, `touched ${share}`)
      }
    })
  }
})
