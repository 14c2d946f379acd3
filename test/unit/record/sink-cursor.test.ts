import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ZERO_HASH } from '../../../src/record/index.ts'
import { readCursor, writeCursor } from '../../../src/record/sink-cursor.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'

const GOOD = { seq: 12, hash: 'a'.repeat(64), first: 9, offset: 812, checkpoints: 300 }

describe('the cursor of a receiver', () => {
  const folder = temporaryFolders()

  it('is the beginning of the log where there is none, and what was written after that', async () => {
    const path = join(folder(), 'sinks', 'siem.json')
    const beginning = { seq: 0, hash: ZERO_HASH, first: 1, offset: 0, checkpoints: 0 }
    assert.deepEqual(readCursor(path), beginning)
    for (const cursor of [GOOD, { ...GOOD, seq: 13, offset: 900 }]) {
      await writeCursor(path, cursor)
      assert.deepEqual(readCursor(path), cursor)
    }
  })

  const damaged: readonly (readonly [string, string])[] = [
    ['is empty', ''],
    ['was cut', JSON.stringify(GOOD).slice(0, -1)],
    ['is null', 'null'],
    ['is a list', '[]'],
    ['has a negative record', JSON.stringify({ ...GOOD, seq: -1 })],
    ['has half a record', JSON.stringify({ ...GOOD, seq: 1.5 })],
    ['has a text for a number', JSON.stringify({ ...GOOD, offset: '812' })],
    ['has a number that is not exact', JSON.stringify({ ...GOOD, first: 2 ** 53 })],
    ['names no file', JSON.stringify({ ...GOOD, first: undefined })],
    ['knows nothing of checkpoints', JSON.stringify({ ...GOOD, checkpoints: null })],
    ['has no hash', JSON.stringify({ ...GOOD, hash: undefined })],
    ['has a short hash', JSON.stringify({ ...GOOD, hash: 'a'.repeat(63) })],
    ['has a hash in capitals', JSON.stringify({ ...GOOD, hash: 'A'.repeat(64) })],
  ]
  for (const [what, text] of damaged) {
    it(`is refused, and not begun anew, when it ${what}`, () => {
      const path = join(folder(), 'siem.json')
      writeFileSync(path, text)
      assert.throws(() => readCursor(path), /siem\.json holds no cursor; delete it to send/)
    })
  }
})
