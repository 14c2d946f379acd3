import assert from 'node:assert/strict'
import { randomView } from '../../../src/recording/random.ts'

describe('random bytes from a pool', () => {
  it('never come twice, however many are taken', () => {
    const seen = new Set<string>()
    for (let taken = 0; taken < 2000; taken += 1) {
      const bytes = randomView(taken % 3 === 0 ? 32 : 12)
      assert.equal(bytes.byteLength, taken % 3 === 0 ? 32 : 12)
      // In parts, so that bytes that overlap are seen as well.
      for (let at = 0; at + 4 <= bytes.byteLength; at += 4) {
        seen.add(Buffer.from(bytes.subarray(at, at + 4)).toString('hex'))
      }
    }
    const parts = 667 * 8 + 1333 * 3
    // Four random bytes are the same as four others now and then.
    assert.ok(seen.size > parts - 20, String(parts - seen.size))
  })
})
