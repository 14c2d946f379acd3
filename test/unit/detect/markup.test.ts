import assert from 'node:assert/strict'
import { typed } from './table.ts'

describe('words that markup parts', () => {
  const found: readonly (readonly [text: string, findings: readonly string[]])[] = [
    ['Patient: Hel<b>ga Ro</b>we, NPO', ['PERSON Hel', 'PERSON ga Ro', 'PERSON we']],
    [
      'patient A<b>drienne</b> R<b>owe</b> left',
      ['PERSON A', 'PERSON drienne', 'PERSON  R', 'PERSON owe'],
    ],
    ['ssn 536-<i>22</i>-1504', ['US_SSN 536-', 'US_SSN 22', 'US_SSN -1504']],
    ['Patient:<br>Helga<br>Rowe<br>Dx: gout', ['PERSON Helga<br>Rowe']],
    ['Patient *Helga* **Rowe** has gout', ['PERSON *Helga* **Rowe**']],
    ['DOB *2* **March** *1949*', ['DATE *2* **March** *1949*']],
  ]
  for (const [index, [text, findings]] of found.entries()) {
    it(`are read together (${index})`, () => assert.deepEqual(typed(text), findings))
  }

  for (const [index, text] of [
    'use List<b> and Map<i> here',
    'a **bold** move and *another* one',
    'char **argv, int *p, int *q',
    'Dose<br>Rate<br>Mode',
  ].entries()) {
    it(`are left where they are nobody's (${index})`, () => assert.deepEqual(typed(text), []))
  }
})
