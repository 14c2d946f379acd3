import assert from 'node:assert/strict'
import { detect, recognizersFor, type DetectOptions } from '../../../src/detect/index.ts'
import { RECOGNIZERS } from '../../../src/detect/registry.ts'
import { compileLinear } from '../../../src/policy/index.ts'
import { segment, shown } from './table.ts'

function found(settings: unknown, text: string): readonly string[] {
  const options: DetectOptions = {
    recall: 'balanced',
    fields: [],
    recognizers: recognizersFor(settings, compileLinear),
  }
  return shown([segment(text)], detect([segment(text)], options))
}

const WARD = { name: 'ward-code', type: 'OTHER_ID', patterns: ['W-\\d{4}'], score: 0.6 }
const custom = (...list: readonly unknown[]): unknown => ({ custom: list })
const broken = (settings: unknown, message: RegExp): void => {
  assert.throws(() => recognizersFor(settings, compileLinear), message)
}

describe('recognizers from policy data', () => {
  it('are the built-in ones where the data says nothing', () => {
    assert.equal(recognizersFor(undefined, compileLinear), RECOGNIZERS)
    assert.deepEqual(recognizersFor({}, compileLinear), RECOGNIZERS)
  })

  it('find what a pattern of the policy finds, under its type, in disguise as well', () => {
    assert.deepEqual(found(custom(WARD), 'moved to W-4471 and W-\uFF12\uFF12\uFF11\uFF10'), [
      'OTHER_ID W-4471',
      'OTHER_ID W-\uFF12\uFF12\uFF11\uFF10',
    ])
    assert.deepEqual(found({}, 'moved to W-4471'), [])
  })

  it('take the group of a pattern for the span', () => {
    const one = { ...WARD, patterns: ['(?i)bed ([a-z]\\d{2})'] }
    assert.deepEqual(found(custom(one), 'in Bed K07 now'), ['OTHER_ID K07'])
  })

  it('ask for a word of the context before or behind', () => {
    const one = {
      ...WARD,
      patterns: ['\\b\\d{6}\\b'],
      context: ['locker', 'bay'],
      contextRequired: true,
    }
    assert.deepEqual(
      found(custom(one), `Locker 445566, ${'and so on '.repeat(7)}in the box 778899`),
      ['OTHER_ID 445566'],
    )
    const scored = { ...WARD, context: ['ward'], contextScore: 0.95 }
    const recognizers = recognizersFor(custom(scored), compileLinear)
    const text = segment('ward W-1234')
    const [finding] = detect([text], { recall: 'balanced', fields: [], recognizers })
    assert.equal(finding?.score, 0.95)
    assert.equal(finding.basis, 'labelled')
  })

  it('check the digits of a match', () => {
    const one = { ...WARD, patterns: ['K\\d{8}'], validator: 'luhn' }
    assert.deepEqual(found(custom(one), 'K12345674 and K12345678'), ['OTHER_ID K12345674'])
  })

  it('leave out what is disabled, and what scores less than the policy asks', () => {
    const text = 'SSN 536-22-1504, call (212) 555-0188'
    assert.deepEqual(found({ disabled: ['phone'] }, text), ['US_SSN 536-22-1504'])
    assert.deepEqual(found({ minScores: { phone: 0.99 } }, text), ['US_SSN 536-22-1504'])
  })

  it('say where the data is wrong, and what is allowed', () => {
    broken({ disabled: ['no-such'] }, /disabled\[0\] is no recognizer; allowed are .*us-ssn/)
    broken({ minScores: { nobody: 0.5 } }, /minScores\.nobody is no recognizer; allowed are /)
    broken(custom({ ...WARD, name: 'us-ssn' }), /a name is taken/)
    broken(custom(WARD, WARD), /a name is taken/)
    broken(custom({ ...WARD, patterns: ['(?=a)b', 'x*'] }), /patterns\[0\].*patterns\[1\]/s)
    broken(custom({ ...WARD, type: 'WARD' }), /custom\/0\/type must be one of .*OTHER_ID/)
    broken(custom({ ...WARD, type: 'UNINSPECTABLE' }), /never uninspectable/)
    broken(custom({ ...WARD, score: 2 }), /custom\/0\/score/)
    broken(custom({ ...WARD, contextRequired: true }), /needs a context/)
    broken({ disable: [] }, /unknown key "disable"; allowed are disabled, minScores, custom/)
    broken({ disabled: RECOGNIZERS.map(({ name }) => name) }, /empty/)
  })
})
