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

  it('are made of a key inside a string that is one name, not of labels', () => {
    const inKey = (words: string) =>
      detect([{ ...segment(words), place: 'inner-key' }], options).map(({ type }) => type)
    for (const name of ['Maria Gonzalez', 'GONZALEZ, MARIA', 'Okafor, Chinedu', 'Wei Zhang']) {
      assert.deepEqual(inKey(name), ['PERSON'], name)
    }
    for (const label of [
      'Unit Price',
      'New York',
      'Heart Rate',
      'lastName',
      'Jordan',
      'Ben And Jerry',
    ]) {
      assert.deepEqual(inKey(label), [], label)
    }
  })

  it('are not made of files that are called like somebody', () => {
    assert.deepEqual(detect([segment('see Halvorsen.md and Utrecht.ts')], options), [])
  })
})
