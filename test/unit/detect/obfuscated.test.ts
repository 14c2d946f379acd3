import assert from 'node:assert/strict'
import { detect } from '../../../src/detect/index.ts'
import { DISGUISES, obfuscated, type LabelledText } from '../../support/obfuscate.ts'
import { BALANCED, segment } from './table.ts'

/** Lines as people write them, every identifier between guillemets. */
const LINES = [
  'Her SSN is «536-22-1504» on the old form.',
  'social security number «219 09 9123»',
  'Call the daughter back at «(212) 555-0188» after six.',
  'Phone: «312-555-0146», evenings only.',
  'Reach him on «+44 20 7946 0958» please',
  'MRN: «UL450077», room two.',
  'The medical record number is «7731-2290».',
  'Patient was born on «03/14/1961» in town.',
  'DOB: «1961-03-14»',
  'seen «March 14, 2021» for a cough',
  'Write to «ann.lee@example.org» with results.',
  'Member ID: «XQB-449-1203»',
  'Account number «5544-210-77» is overdue.',
  'Card on file «4111-1111-1111-1111» declined',
  'NPI «1234567893» of the surgeon',
  'licence plate «7ABC-123» in the lot',
  'pacemaker serial number «PM4471-8821»',
  'policy number «POL-77-123456»',
  'Fax: «415-555-0132»',
  'claim number «CLM-2021-00417»',
  'His address: «14 Elm Street, Salem, OR 97301»',
  'He logs in from «203.0.113.77» every day, IP address noted.',
]

function isWhole({ text, spans }: LabelledText): readonly boolean[] {
  const found = detect([segment(text)], BALANCED)
  return spans.map((span) => {
    for (let at = span.start; at < span.end; at += 1) {
      const telling = /[\p{L}\p{N}]/u.test(text.charAt(at))
      if (telling && !found.some(({ start, end }) => start <= at && at < end)) return false
    }
    return true
  })
}

describe('identifiers that are obfuscated', () => {
  const results = new Map<string, { found: number; all: number; missed: number[] }>()
  before(() => {
    for (const [seed, how] of DISGUISES.entries()) {
      const result = { found: 0, all: 0, missed: [] as number[] }
      for (const [number, line] of LINES.entries()) {
        const hidden = obfuscated(line, how, seed * 100 + number)
        for (const whole of hidden === undefined ? [] : isWhole(hidden)) {
          result.all += 1
          if (whole) result.found += 1
          else result.missed.push(number)
        }
      }
      results.set(how.name, result)
    }
  })

  it('are found plain, all of them', () => {
    const plain = { name: 'plain', disguise: (value: string) => value }
    const missed = LINES.flatMap((line, number) =>
      obfuscated(line, plain, 0) === undefined
        ? []
        : isWhole(obfuscated(line, plain, 0) ?? { text: '', spans: [] }).includes(false)
          ? [number]
          : [],
    )
    assert.deepEqual(missed, [])
  })

  it('are found in 92 of 100 cases over all disguises', () => {
    const all = [...results.values()]
    const found = all.reduce((sum, one) => sum + one.found, 0)
    const total = all.reduce((sum, one) => sum + one.all, 0)
    assert.ok(total > 300)
    assert.ok(found / total >= 0.92, `${found} of ${total}`)
  })

  for (const { name } of DISGUISES) {
    it(`are found in most cases behind ${name}`, () => {
      const { found, all, missed } = results.get(name) ?? { found: 0, all: 1, missed: [] }
      assert.ok(found / all >= 0.8, `${found} of ${all}, missed in lines ${missed.join(' ')}`)
    })
  }
})
