import assert from 'node:assert/strict'
import { detect } from '../../../../src/detect/index.ts'
import { segment } from '../table.ts'

const options = { recall: 'balanced', fields: [] } as const

describe('guesses', () => {
  const text = 'Ingrid Halvorsen and the clinic of Zeist'

  it('are made in sentences', () => {
    const found = detect([segment(text)], options)
    assert.ok(found.length > 0 && found.every(({ basis }) => basis === 'guess'))
  })

  it('are not made of keys, queries, headers and metadata', () => {
    for (const place of ['key', 'query', 'header'] as const) {
      assert.deepEqual(detect([{ ...segment(text), place }], options), [])
    }
    assert.deepEqual(detect([{ ...segment(text), role: 'metadata' }], options), [])
  })

  it('are not made of files that are called like somebody', () => {
    assert.deepEqual(detect([segment('see Halvorsen.md and Utrecht.ts')], options), [])
  })
})
