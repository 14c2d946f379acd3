import assert from 'node:assert/strict'
import { detect } from '../../../../src/detect/index.ts'
import { segment, unmark } from '../table.ts'

describe('a title', () => {
  it('is masked with the name behind it, whatever found the name', () => {
    for (const marked of [
      'seen by «Dr. Achterberg» at noon',
      '«Dr. Parkinson» examined him.',
      '«Ms. Ana Oliveira» called about her dose.',
      'Patient: «Mr. Tobias Kern»',
    ]) {
      const { text, spans } = unmark(marked)
      const found = detect([segment(text)], { recall: 'balanced', fields: [] })
      assert.deepEqual(
        found.map(({ start, end }) => [start, end]),
        spans,
        marked,
      )
    }
  })

  it('stays where no name stands behind it', () => {
    const text = 'The dr. is in. mr imaging was normal.'
    assert.deepEqual(detect([segment(text)], { recall: 'balanced', fields: [] }), [])
  })
})
