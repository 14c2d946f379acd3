import assert from 'node:assert/strict'
import { isNamedAfter, isScale } from '../../../src/detect/names/named-after.ts'
import { typed } from './table.ts'

describe('what is about nobody', () => {
  it('is medicine without anybody in it', () => {
    for (const text of [
      'How is Haldane effect explained in Vietnamese or Tagalog, and which treatment follows?',
      'Switched from Skyrizi to Omvoh 200 mg SC, then Velsipity daily; colonoscopy in 8 weeks.',
      'Ki-67 34%, anti-Hu negative; Lugano stage; R-CHOP cycle 2, Neulasta 6 mg SC.',
      'Coverage grew in North Carolina and South Dakota.',
      'Sister Mary Joseph nodule biopsied, cytology pending.',
      'Father with diabetes, brother Crohn’s, mother breast cancer at 61.',
      'The transfer policy of a Federally Qualified Health Center and of a Critical Access Hospital.',
    ]) {
      assert.deepEqual(typed(text), [])
    }
  })

  it('is searched as ever where somebody is announced, or medicine is not spoken of', () => {
    const cases: readonly (readonly [text: string, found: readonly string[]])[] = [
      ['Ingrid Halvorsen wrote again.', ['PERSON Ingrid Halvorsen']],
      [
        'Patient Ingrid Halvorsen takes metformin 500 mg for diabetes.',
        ['PERSON Ingrid Halvorsen'],
      ],
      [
        'Ingrid Halvorsen, seen 3/14/2026: metformin 500 mg for diabetes.',
        ['PERSON Ingrid Halvorsen', 'DATE 3/14/2026'],
      ],
    ]
    for (const [text, found] of cases) assert.deepEqual(typed(text), found)
  })
})

describe('a name before what is called after it', () => {
  const afterName = (text: string): readonly [string, number] => [text, text.indexOf('«')]
  const at = (marked: string): readonly [string, number] => {
    const [, end] = afterName(marked)
    return [marked.replace('«', ''), end]
  }

  it('is known by the word behind it', () => {
    for (const text of ['Halvorsen« syndrome', 'Halvorsen«’s sign', 'Roe«-Doe classification']) {
      assert.ok(isNamedAfter(...at(text)), text)
    }
    for (const text of ['Halvorsen« signed', 'Halvorsen« test results came', 'Roe« has a fever']) {
      assert.ok(!isNamedAfter(...at(text)), text)
    }
  })

  it('is known by the figure behind it', () => {
    for (const text of ['Utrecht« 5, then', 'Utrecht« IIIb.', 'Utrecht« 2']) {
      assert.ok(isScale(...at(text)), text)
    }
    for (const text of ['Utrecht« 5 days', 'Utrecht« 17', 'Utrecht«, 5']) {
      assert.ok(!isScale(...at(text)), text)
    }
  })
})
