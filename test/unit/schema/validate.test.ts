import assert from 'node:assert/strict'
import { SchemaError, validate } from '../../../src/schema/index.ts'
import { policyInput, profileInput } from '../policy/facts.ts'

const SECRET = 'Jorvina Quillmark'

function errorOf(act: () => unknown): SchemaError {
  try {
    act()
  } catch (error) {
    assert.ok(error instanceof SchemaError)
    return error
  }
  return assert.fail('it was taken')
}

describe('validate', () => {
  it('gives back the very value that fits', () => {
    const input = profileInput()
    assert.equal(validate('profile-input', input), input)
    assert.equal(validate('policy-input', policyInput()).version, 1)
  })

  it('names the schema and the place, and never the value', () => {
    const wrong: readonly (readonly [unknown, string])[] = [
      [{ ...policyInput(), version: 2 }, '/version'],
      [{ ...policyInput(), direction: SECRET }, '/direction'],
      [{ ...policyInput(), patients: SECRET }, '/patients'],
      [{ ...policyInput(), findings: [{ type: SECRET }] }, '/findings/0'],
      [SECRET, '/'],
      [null, '/'],
    ]
    for (const [value, place] of wrong) {
      const error = errorOf(() => validate('policy-input', value))
      assert.equal(error.schema, 'policy-input')
      assert.equal(error.errors[0]?.path, place)
      assert.match(error.message, /^does not fit policy-input\.schema\.json: \//)
      assert.ok(!error.message.includes(SECRET))
    }
  })

  it('says which names are allowed, and which key is not', () => {
    const outcome = errorOf(() =>
      validate('decision', { outcome: 'perhaps', reasons: [], approval: [] }),
    )
    assert.match(outcome.message, /must be one of \["allow","mask","deny","require-approval"\]/)
    const key = errorOf(() => validate('profile-input', { ...profileInput(), extra: SECRET }))
    assert.match(key.message, /unknown key "extra"/)
  })

  it('takes no default and no other type for what is asked', () => {
    for (const value of [
      { ...policyInput(), patients: '1' },
      { ...policyInput(), patients: 1.5 },
    ]) {
      assert.throws(() => validate('policy-input', value), SchemaError)
    }
    const { usage: _, ...without } = policyInput()
    assert.throws(() => validate('policy-input', without), SchemaError)
  })
})
