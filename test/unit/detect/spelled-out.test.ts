import assert from 'node:assert/strict'
import { SPOKEN_NUMBER } from '../../../src/detect/recognizers/spoken-number.ts'
import { assertRows, typed } from './table.ts'

describe('numbers that are spelled out', () => {
  it('are found from seven figures on', () => {
    assertRows(SPOKEN_NUMBER, [
      ['dial «six one seven, five five five, oh one nine three» after six', 0.6, 'pattern'],
      ['«Double five five, oh one four two one»'],
      ['«nine-zero-two-five-five-five-one-one»'],
    ])
  })

  it('are none where somebody counts or tells how many', () => {
    assertRows(SPOKEN_NUMBER, [
      ['one two three four five six seven, all good children'],
      ['two or three of five'],
      ['someone, two three four'],
      ['five six seven eight'],
    ])
  })
})

describe('letters and groups that are parted', () => {
  const found: readonly (readonly [text: string, findings: readonly string[]])[] = [
    ['Patient name: H e l g a   R o w e', ['PERSON H e l g a   R o w e']],
    ['Name: H.e.l.g.a R.o.w.e, seen', ['PERSON H.e.l.g.a R.o.w.e']],
    ['Patient H*e*l*g*a R*o*w*e called', ['PERSON H*e*l*g*a R*o*w*e']],
    ['ssn=536_22_1504 for the form', ['US_SSN 536_22_1504']],
    ['reach her: 617_555_0193', ['PHONE 617_555_0193']],
    ['patient_name=Helga_Rowe', ['PERSON Helga_Rowe']],
  ]
  it('are read together', () => {
    for (const [text, findings] of found) assert.deepEqual(typed(text), findings)
  })

  const left: readonly string[] = [
    'hepatitis A B C D',
    'sed -e s.a.b.c file',
    'area = a*b*c*d * r*r',
    'const MAX_SIZE = 536_221_504',
    'S M T W T F S',
  ]
  for (const [index, text] of left.entries()) {
    it(`are left where they are no name and no number (${index})`, () => {
      assert.deepEqual(typed(text), [])
    })
  }
})
