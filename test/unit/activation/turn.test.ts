import assert from 'node:assert/strict'
import { Worker } from 'node:worker_threads'
import { inTurn, newTurn } from '../../../src/activation/index.ts'

const module = new URL('../../../src/activation/turn.ts', import.meta.url).href
/** Counts up in its turn, slowly, and says if somebody else did meanwhile. */
const COUNTER = `
  const { workerData, parentPort } = require('node:worker_threads')
  import(${JSON.stringify(module)}).then(({ inTurn }) => {
    const { turn, count } = workerData
    for (let round = 0; round < 20; round += 1) {
      inTurn(turn, () => {
        const before = count[0]
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
        count[0] = before + 1
      })
    }
    parentPort.postMessage('done')
  })
`

describe('a turn', () => {
  it('is given back, whatever happens in it', () => {
    const turn = newTurn()
    assert.equal(
      inTurn(turn, () => turn[0]),
      1,
    )
    assert.throws(() =>
      inTurn(turn, () => {
        throw new Error('broken')
      }),
    )
    assert.equal(turn[0], 0)
    assert.equal(
      inTurn(undefined, () => 5),
      5,
    )
  })

  it('is one thread’s at a time', async () => {
    const workerData = { turn: newTurn(), count: newTurn() }
    const done = Array.from({ length: 3 }, () => {
      const worker = new Worker(COUNTER, { eval: true, workerData })
      return new Promise((resolve, reject) => {
        worker.once('message', resolve)
        worker.once('error', reject)
      })
    })
    await Promise.all(done)
    assert.equal(workerData.count[0], 60)
  }).timeout(120_000)

  it('is not waited for without end', () => {
    const turn = newTurn()
    turn[0] = 1
    assert.equal(
      inTurn(turn, () => 'mine', 5),
      'mine',
    )
  })
})
