import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { mock } from 'node:test'
import type { Worker } from 'node:worker_threads'
import { followRehearsal } from '../../../src/activation/index.ts'

/** A worker that says what the test makes it say. */
function fakeWorker() {
  const worker = new EventEmitter()
  let terminated = 0
  const terminate = async (): Promise<number> => (terminated += 1)
  return Object.assign(worker, { terminate, ended: () => terminated > 0 })
}

describe('following a rehearsal', () => {
  let worker: ReturnType<typeof fakeWorker>
  const bundle = { revision: 'r', digest: 'd', directory: 'x', seal: 's' }
  const follow = () => followRehearsal(worker as unknown as Worker, 1000)
  const refused = async (
    { loaded, passed }: ReturnType<typeof follow>,
    message: RegExp,
  ): Promise<void> => {
    await assert.rejects(loaded, message)
    await assert.rejects(passed, message)
    assert.ok(worker.ended())
  }
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] })
    worker = fakeWorker()
  })
  afterEach(() => mock.timers.reset())

  it('tells when the bundle is loaded, and when its canaries have passed', async () => {
    const rehearsal = follow()
    worker.emit('message', { step: 'loaded', bundle })
    assert.deepEqual(await rehearsal.loaded, bundle)
    assert.ok(!worker.ended())
    worker.emit('message', { step: 'passed', canaries: 3 })
    assert.equal(await rehearsal.passed, 3)
    assert.ok(worker.ended())
  })

  it('refuses what is refused, with all that is wrong', async () => {
    const rehearsal = follow()
    worker.emit('message', { step: 'refused', message: 'two canaries', errors: ['one', 'two'] })
    await refused(rehearsal, /two canaries/)
    await assert.rejects(rehearsal.passed, ({ errors }: { errors: readonly string[] }) => {
      assert.deepEqual(errors, ['one', 'two'])
      return true
    })
  })

  it('refuses a bundle that loops in its rehearsal, within the deadline', async () => {
    const rehearsal = follow()
    worker.emit('message', { step: 'loaded', bundle })
    await rehearsal.loaded
    mock.timers.tick(1001)
    await assert.rejects(rehearsal.passed, /took too long/)
    assert.ok(worker.ended())
  })

  it('refuses a bundle whose rehearsal breaks or ends, and shows nothing of the error', async () => {
    const first = follow()
    worker.emit('error', new TypeError('a text of the request'))
    await refused(first, /^RefusedBundle: the rehearsal of the policy failed \(TypeError\)$/)
    worker = fakeWorker()
    const second = follow()
    worker.emit('exit', 1)
    await refused(second, /ended early/)
  })

  it('ends the worker when nobody wants to know any more', () => {
    follow().stop()
    assert.ok(worker.ended())
  })
})
