import assert from 'node:assert/strict'
import {
  factType,
  isPromised,
  stepInto,
  whyNever,
} from '../../../../src/policy/build/rego/fact-type.ts'

const number = { type: 'integer', minimum: 1, maximum: 9 }
const word = { type: 'string', pattern: '^[a-z]+$' }

describe('the type of a fact', () => {
  it('is a list of all that may hold, and of nothing for what is no schema', () => {
    assert.deepEqual(factType({ anyOf: [number, { anyOf: [word, 'x'] }] }), [number, word])
    assert.deepEqual(factType(true), [])
  })

  it('has the members of an object, and none that its schema shuts out', () => {
    const shut = { type: 'object', properties: { count: number }, additionalProperties: false }
    assert.deepEqual(stepInto([shut], 'count'), [number])
    assert.deepEqual(stepInto([shut], 'other'), [])
    assert.deepEqual(stepInto([shut], 'toString'), [])
  })

  it('is not known behind a member that an open object does not name', () => {
    const open = { type: 'object', properties: { count: number } }
    assert.equal(stepInto([open], 'other'), undefined)
    assert.deepEqual(stepInto([{ ...open, additionalProperties: word }], 'other'), [word])
    assert.equal(stepInto([word, open], 'other'), undefined)
  })

  it('is not known behind a computed step into fixed keys, and is behind one into others', () => {
    const fixed = { type: 'object', properties: { count: number } }
    assert.equal(stepInto([fixed], undefined), undefined)
    assert.deepEqual(stepInto([{ type: 'object', additionalProperties: word }], undefined), [word])
    assert.deepEqual(stepInto([{ type: 'array', items: number }], undefined), [number])
  })

  it('has no members where it is a scalar', () => {
    assert.deepEqual(stepInto([word], 'x'), [])
  })

  it('promises the members that are required, and those of a list', () => {
    const required = { type: 'object', required: ['count'] }
    assert.equal(isPromised([required], 'count'), true)
    assert.equal(isPromised([required], 'other'), false)
    assert.equal(isPromised([required], undefined), false)
    assert.equal(isPromised([{ type: 'object' }], 'count'), false)
    assert.equal(isPromised([{ type: 'array' }], undefined), true)
    assert.equal(isPromised([{ type: 'array' }, required], undefined), false)
  })
})

describe('why no fact equals a value', () => {
  it('is nothing where the type is not known or the value fits', () => {
    assert.equal(whyNever(undefined, 1), undefined)
    assert.equal(whyNever([], 1), undefined)
    assert.equal(whyNever([number], 5), undefined)
    assert.equal(whyNever([word], 'abc'), undefined)
    assert.equal(whyNever([{ enum: ['a', null] }], null), undefined)
  })

  it('is the bound, the form or the kind that it breaks', () => {
    assert.equal(whyNever([number], 0), 'it is at least 1')
    assert.equal(whyNever([number], 10), 'it is at most 9')
    assert.equal(whyNever([word], 'A1'), 'it has the form ^[a-z]+$')
    assert.equal(whyNever([word], null), 'it is a value of type string')
    assert.equal(whyNever([{ enum: ['a', 'b'] }], 'c'), 'it is one of a, b')
  })

  it('is told of each type, and is nothing where one of them lets the value through', () => {
    assert.equal(
      whyNever([number, { type: 'null' }], 0),
      'it is at least 1, or it is a value of type null',
    )
    assert.equal(whyNever([number, { type: 'null' }], null), undefined)
  })
})
