import assert from 'node:assert/strict'
import { runInNewContext } from 'node:vm'
import { tidyHeap } from '../../../src/compose/tidy-heap.ts'

const MEGABYTE = 2 ** 20

/** Nothing holds it any more when this returns. */
function useHeap(megabytes: number): number {
  const lists = Array.from({ length: megabytes }, (_, list) =>
    Array.from({ length: MEGABYTE / 8 }, (__, at) => list + at / 2),
  )
  assert.equal(lists.length, megabytes)
  return process.memoryUsage().heapUsed
}

describe('a heap that is tidied', () => {
  it('holds nothing that nobody needs', () => {
    const before = useHeap(40)
    tidyHeap()
    assert.ok(process.memoryUsage().heapUsed < before - 30 * MEGABYTE)
  })

  it('leaves no collector behind that others could call', () => {
    tidyHeap()
    assert.equal(runInNewContext('typeof gc'), 'undefined')
    assert.equal('gc' in globalThis, false)
  })
})
