import assert from 'node:assert/strict'
import type { MaskMemory } from '../../src/domain/index.ts'

/**
 * What every mask memory must do. `open` gives connections to one memory that is empty at the first call of a test;
 * the memory is closed by whoever opens it.
 */
export function describeMaskMemory(name: string, open: () => MaskMemory): void {
  describe(`${name} as mask memory`, () => {
    it('finds nothing in an unknown scope', async () => {
      const memory = open()
      assert.deepEqual(await memory.lookup('scope', ['a', 'b']), [undefined, undefined])
    })

    it('answers a lookup in the order asked, with repeats and gaps', async () => {
      const memory = open()
      await memory.remember('scope', [
        { prefix: 'b', entry: 'B' },
        { prefix: 'a', entry: 'A' },
      ])
      const found = await memory.lookup('scope', ['a', 'x', 'b', 'a'])
      assert.deepEqual(found, ['A', undefined, 'B', 'A'])
    })

    it('answers an empty question with an empty list', async () => {
      const memory = open()
      assert.deepEqual(await memory.lookup('scope', []), [])
      assert.deepEqual(await memory.remember('scope', []), [])
      assert.equal((await memory.issued('scope', [])).size, 0)
      await memory.addIssued('scope', [])
    })

    it('keeps the first entry and returns what holds', async () => {
      const memory = open()
      const first = [
        { prefix: 'a', entry: 'first' },
        { prefix: 'b', entry: 'B' },
      ]
      assert.deepEqual(await memory.remember('scope', first), ['first', 'B'])
      const second = [
        { prefix: 'c', entry: 'C' },
        { prefix: 'a', entry: 'second' },
      ]
      assert.deepEqual(await memory.remember('scope', second), ['C', 'first'])
      assert.deepEqual(await memory.lookup('scope', ['a', 'c']), ['first', 'C'])
    })

    it('keeps the first of two entries for one prefix in one call', async () => {
      const memory = open()
      const twice = [
        { prefix: 'a', entry: 'first' },
        { prefix: 'a', entry: 'second' },
      ]
      assert.deepEqual(await memory.remember('scope', twice), ['first', 'first'])
    })

    it('keeps scopes apart', async () => {
      const memory = open()
      await memory.remember('one', [{ prefix: 'a', entry: 'A' }])
      await memory.addIssued('one', ['d'])
      assert.deepEqual(await memory.lookup('two', ['a']), [undefined])
      assert.equal((await memory.issued('two', ['d'])).size, 0)
    })

    it('knows a scope from its first entry on, and no other', async () => {
      const memory = open()
      assert.equal(await memory.knows('scope'), false)
      await memory.remember('scope', [{ prefix: 'a', entry: 'A' }])
      assert.equal(await memory.knows('scope'), true)
      assert.equal(await memory.knows('sco'), false)
    })

    it('keeps entries byte for byte', async () => {
      const memory = open()
      const entry = JSON.stringify({ spans: [[0, 5, 'PERSON']], odd: '\u0000 \u2028 ä 😀 "' })
      await memory.remember('scope', [{ prefix: 'a"\\', entry }])
      assert.deepEqual(await memory.lookup('scope', ['a"\\']), [entry])
    })

    it('knows issued digests however often they are added', async () => {
      const memory = open()
      await memory.addIssued('scope', ['d1', 'd2'])
      await memory.addIssued('scope', ['d2', 'd3'])
      const issued = await memory.issued('scope', ['d3', 'x', 'd1'])
      assert.deepEqual(issued, new Set(['d1', 'd3']))
    })

    it('shows one connection what another stored, and lets the first win', async () => {
      const one = open()
      const two = open()
      assert.deepEqual(await one.remember('scope', [{ prefix: 'a', entry: 'one' }]), ['one'])
      assert.deepEqual(await two.remember('scope', [{ prefix: 'a', entry: 'two' }]), ['one'])
      assert.deepEqual(await two.lookup('scope', ['a']), ['one'])
    })

    it('gives racing connections the same entries', async () => {
      const connections = [open(), open(), open()]
      const prefixes = Array.from({ length: 20 }, (_, index) => `p${index}`)
      const answers = await Promise.all(
        connections.map((memory, number) =>
          memory.remember(
            'scope',
            prefixes.map((prefix) => ({ prefix, entry: `${prefix} by ${number}` })),
          ),
        ),
      )
      for (const answer of answers) assert.deepEqual(answer, answers[0])
    })
  })
}
