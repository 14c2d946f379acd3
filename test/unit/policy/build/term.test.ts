import assert from 'node:assert/strict'
import {
  literal,
  membersOf,
  refOf,
  termOf,
  type Term,
} from '../../../../src/policy/build/rego/term.ts'
import { locationOf, parseOpaErrors } from '../../../../src/policy/build/violation.ts'

function term(type: string, value: unknown): Term {
  return { type, value, place: locationOf(undefined) }
}

const text = (value: string): object => ({ type: 'string', value })
const variable = { type: 'var', value: 'x' }

describe('a term of Rego', () => {
  it('is read with its place, and null as null', () => {
    const location = { file: 'a.rego', row: 2, col: 3 }
    assert.deepEqual(termOf({ type: 'null', value: {}, location }), {
      type: 'null',
      value: null,
      place: location,
    })
    assert.equal(termOf({ type: 'null' }), undefined)
    assert.equal(termOf({ value: 1 }), undefined)
  })

  it('is a ref when it begins with a variable', () => {
    assert.deepEqual(refOf(term('ref', [variable, text('a'), variable])), {
      root: 'x',
      steps: ['a', undefined],
    })
    assert.deepEqual(refOf(term('var', 'x')), { root: 'x', steps: [] })
    assert.equal(refOf(term('ref', [text('a'), variable])), undefined)
    assert.equal(refOf(term('ref', [])), undefined)
    assert.equal(refOf(term('string', 'x')), undefined)
  })

  it('has a value where it is written out whole', () => {
    assert.deepEqual(literal(term('array', [text('a'), { type: 'number', value: 1 }])), ['a', 1])
    const list = { type: 'set', value: [text('b')] }
    assert.deepEqual(literal(term('object', [[text('a'), list]])), { a: ['b'] })
  })

  it('has no value where any of it is computed', () => {
    assert.equal(literal(term('array', [text('a'), variable])), undefined)
    assert.equal(literal(term('object', [[text('a'), variable]])), undefined)
    assert.equal(literal(term('object', [[variable, text('a')]])), undefined)
    assert.equal(literal(term('var', 'x')), undefined)
    assert.equal(literal(undefined), undefined)
  })

  it('has members where it is an object, their key where it is written out', () => {
    const members = membersOf(term('object', [[text('a'), text('b')], [variable, text('c')], []]))
    assert.deepEqual(
      members.map(({ key, value }) => [key, value?.value]),
      [
        ['a', 'b'],
        [undefined, 'c'],
        [undefined, undefined],
      ],
    )
    assert.deepEqual(membersOf(term('object', 'x')), [])
    assert.deepEqual(membersOf(term('array', [])), [])
  })
})

describe('the errors that OPA prints', () => {
  it('are read with their place, and with advice where there is one', () => {
    const errors = [
      { code: 'rego_unsafe_var_error', message: 'x', location: { file: 'a.rego', row: 4, col: 2 } },
      { code: 'other', message: 'y' },
    ]
    const [unsafe, other] = parseOpaErrors(JSON.stringify({ errors })) ?? []
    assert.equal(unsafe?.row, 4)
    assert.match(unsafe?.fix ?? '', /give the variable a value/)
    assert.deepEqual(other, { file: '.', row: 1, col: 1, message: 'other: y' })
  })

  it('are none of what is no report', () => {
    for (const printed of ['panic', '[]', '{}', '{"errors":{}}']) {
      assert.equal(parseOpaErrors(printed), undefined)
    }
  })
})
