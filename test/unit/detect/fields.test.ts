import assert from 'node:assert/strict'
import { typed } from './table.ts'
import type { DetectOptions } from '../../../src/detect/index.ts'
import { detect } from '../../../src/detect/index.ts'
import { segment } from './table.ts'

const rule = (path: string): DetectOptions => ({
  recall: 'balanced',
  fields: [{ path, type: 'OTHER_ID', operator: 'redact' }],
})

function covers(path: string, keys: readonly string[]): boolean {
  return typed('xyz', rule(path), { keys }).length === 1
}

describe('field rules', () => {
  it('find the whole scalar, with the type of the rule', () => {
    const [finding] = detect([segment(' some text ', { keys: ['ward'] })], rule('$..ward'))
    assert.deepEqual(finding, {
      segment: 0,
      start: 0,
      end: 11,
      type: 'OTHER_ID',
      score: 1,
      recognizer: 'field',
      basis: 'field',
    })
  })

  it('match anywhere behind two dots, and from the root behind one', () => {
    assert.ok(covers('$..ward', ['ward']))
    assert.ok(covers('$..ward', ['a', 'b', 'ward']))
    assert.ok(covers('$..stay.ward', ['a', 'stay', 'ward']))
    assert.ok(covers('$.stay.ward', ['stay', 'ward']))
    assert.ok(covers('$.a..ward', ['a', 'x', 'y', 'ward']))
  })

  it('do not match other keys', () => {
    assert.ok(!covers('$..ward', ['ward', 'name2']))
    assert.ok(!covers('$.stay.ward', ['a', 'stay', 'ward']))
    assert.ok(!covers('$..stay.ward', ['stay', 'x', 'ward']))
    assert.ok(!covers('$..ward', []))
    assert.ok(!covers('$..ward', ['Ward']))
  })

  it('find numbers, and never keys', () => {
    assert.equal(typed('12', rule('$..ward'), { keys: ['ward'], place: 'number' }).length, 1)
    assert.equal(typed('xyz', rule('$..ward'), { keys: ['ward'], place: 'key' }).length, 0)
  })

  it('are refused when they cannot be read', () => {
    for (const path of ['ward', '$', '$..', '$.a[0]', '$.a..']) {
      assert.throws(() => detect([segment('x')], rule(path)), Error)
    }
  })
})
