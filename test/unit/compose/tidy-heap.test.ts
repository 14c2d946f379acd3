import assert from 'node:assert/strict'
import { once } from 'node:events'
import { runInNewContext } from 'node:vm'
import { Worker } from 'node:worker_threads'
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

  it('is tidied by several threads at once', async () => {
    const module = new URL('../../../src/compose/tidy-heap.ts', import.meta.url).href
    const often = `import(${JSON.stringify(module)}).then(({ tidyHeap }) => {
      for (let round = 0; round < 30; round += 1) tidyHeap()
    })`
    const threads = Array.from({ length: 4 }, () => new Worker(often, { eval: true }))
    // A thread that fails makes this reject.
    const codes = await Promise.all(threads.map((thread) => once(thread, 'exit')))
    assert.deepEqual(codes, [[0], [0], [0], [0]])
  }).timeout(60_000)

  it('leaves no collector behind that others could call', () => {
    tidyHeap()
    assert.equal(runInNewContext('typeof gc'), 'undefined')
    assert.equal('gc' in globalThis, false)
  })
})
