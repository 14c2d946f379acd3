import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { mock } from 'node:test'
import type { Worker } from 'node:worker_threads'
import { openShadow, type JudgeAsk, type Shadow } from '../../../src/activation/index.ts'
import type { AuditLog, UnchainedRecord } from '../../../src/domain/index.ts'
import type { Decision } from '../../../src/schema/index.ts'
import { policyInput } from '../policy/facts.ts'

const ALLOW: Decision = { outcome: 'allow', reasons: [], approval: [] }

/** A worker that keeps what it is asked, until the test answers. */
class FakeWorker extends EventEmitter {
  readonly asked: JudgeAsk[] = []
  terminated = false
  postMessage(ask: JudgeAsk): void {
    this.asked.push(ask)
  }
  async terminate(): Promise<number> {
    this.terminated = true
    return 0
  }
  ready(): void {
    this.emit('message', { step: 'ready', revision: 'next', digest: 'd' })
  }
  answer(decision = ALLOW): void {
    const ask = this.asked.shift()
    this.emit('message', { step: 'judged', id: ask?.id, decision })
  }
}

describe('a bundle in shadow that misbehaves', () => {
  let workers: FakeWorker[]
  let written: UnchainedRecord[]
  let shadow: Shadow
  let log: AuditLog
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] })
    workers = []
    written = []
    shadow = openShadow({
      start() {
        const worker = new FakeWorker()
        workers.push(worker)
        return worker as unknown as Worker
      },
      clock: { now: () => 0 },
      log: () => {},
      deadlineMs: 1000,
    })
    log = shadow.audited({
      append: async (record) => {
        written.push(record)
        return { seq: written.length, hash: '', bodySha256: undefined }
      },
      healthy: () => true,
      close: async () => {},
    })
  })
  afterEach(() => mock.timers.reset())

  const last = (): FakeWorker => workers.at(-1) ?? assert.fail('no worker was started')
  const decide = (): Promise<unknown> =>
    log.append({
      labels: {},
      decision_id: 'dec_1',
      input: policyInput(),
      result: ALLOW,
      custom: { kind: 'decision', direction: 'request', connection: 'claude' },
    })
  const tried = (): UnchainedRecord[] =>
    written.filter(({ custom }) => custom.kind === 'shadow-decision')

  it('is not waited for: the record is made before it is asked', async () => {
    last().ready()
    await decide()
    assert.equal(written.length, 1)
    assert.equal(last().asked.length, 1)
    last().answer()
    assert.equal(tried()[0]?.custom.detail, 'same: decided allow')
    assert.deepEqual(shadow.counts(), { same: 1, different: 0, missed: 0 })
  })

  it('is not asked before it is there, nor about what policy did not see', async () => {
    await decide()
    assert.deepEqual(shadow.counts(), { same: 0, different: 0, missed: 1 })
    last().ready()
    await log.append({ labels: {}, input: null, result: ALLOW, custom: { kind: 'decision' } })
    await log.append({ labels: {}, custom: { kind: 'stop' } })
    assert.equal(last().asked.length, 0)
  })

  it('is ended when it takes too long for a decision, and started again', async () => {
    last().ready()
    await decide()
    mock.timers.tick(900)
    last().answer()
    await decide()
    mock.timers.tick(900)
    assert.equal(last().terminated, false)
    mock.timers.tick(200)
    assert.equal(workers[0]?.terminated, true)
    assert.match(shadow.status().message ?? '', /too long/)
    assert.deepEqual(shadow.counts(), { same: 1, different: 0, missed: 1 })
    mock.timers.tick(1000)
    assert.equal(workers.length, 2)
    last().ready()
    assert.equal(shadow.status().code, undefined)
    assert.equal(shadow.status().active_revision, 'next')
  })

  it('gets no more than it can have waiting', async () => {
    last().ready()
    for (let count = 0; count < 1005; count += 1) await decide()
    assert.equal(last().asked.length, 1000)
    assert.equal(shadow.counts().missed, 5)
  })

  it('that dies is told of in the status, and what waits for it is not judged', async () => {
    last().ready()
    await decide()
    last().emit('error', new Error('a text'))
    last().answer()
    assert.equal(tried().length, 0)
    assert.equal(shadow.status().message, 'the bundle in shadow failed (Error)')
    await decide()
    assert.equal(shadow.counts().missed, 2)
  })

  it('is not heard any more once another one was read', async () => {
    last().ready()
    await decide()
    const [before] = workers
    shadow.reload()
    before?.answer()
    assert.equal(tried().length, 0)
    assert.equal(before?.terminated, true)
    assert.equal(shadow.status().active_revision, undefined)
  })
})
