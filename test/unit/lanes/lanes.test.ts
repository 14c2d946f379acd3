import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { GatewayError, type ErrorCode } from '../../../src/domain/index.ts'
import type { AnswerContext, RequestVerdict } from '../../../src/inspect/index.ts'
import { startLanes, type Lanes } from '../../../src/lanes/index.ts'
import { movable } from '../../../src/lanes/protocol.ts'
import { PRINCIPAL, requestJob } from '../../support/inspection.ts'

const FILE = new URL('../../support/lane-worker.ts', import.meta.url)
const LIMITS = { smallBodyBytes: 100, inspectionBaseMs: 400, inspectionPerMegabyteMs: 0 }
const LARGE = 1000

interface Done {
  /** Which worker it was, in the order of their start. */
  readonly mark: string
  readonly served: number
  readonly task: string
}

let running: Lanes[] = []

function lanes(mark: (number: number) => string = String, limits = LIMITS): Lanes {
  let started = 0
  const start = (): Worker => {
    started += 1
    return new Worker(FILE, { workerData: mark(started), stderr: true })
  }
  const all = startLanes(start, limits)
  running.push(all)
  return all
}

async function ready(mark?: (number: number) => string): Promise<Lanes> {
  const all = lanes(mark)
  await all.whenReady()
  return all
}

function job(task: string): ReturnType<typeof requestJob> {
  return requestJob(task)
}

const done = (verdict: RequestVerdict): Done => verdict as unknown as Done

function fails(promise: Promise<unknown>, code: ErrorCode): Promise<void> {
  return assert.rejects(promise, (error) => {
    assert.ok(error instanceof GatewayError)
    assert.equal(error.code, code)
    return true
  })
}

const CONTEXT: AnswerContext = {
  principal: PRINCIPAL,
  connection: { name: 'claude', labels: { baa: true } },
  request: {
    operation: 'messages.create',
    model: null,
    stream: true,
    session: 's',
    tools: [],
    serverTools: [],
    mcpServers: [],
    features: [],
    betas: [],
    messages: 1,
    characters: 1,
    acceptMasked: false,
  },
  session: 's',
  maskKey: 'mask-1',
  now: '2026-01-01T00:00:00Z',
  usage: { requestsLastMinute: 0, tokensToday: 0 },
  restore: new Uint8Array(0),
  prefix: '',
}

describe('the lanes', function () {
  this.timeout(120_000)

  afterEach(async () => {
    await Promise.all(running.map((all) => all.stop()))
    running = []
  })

  it('give each task to a worker, one after the other', async () => {
    const all = await ready()
    assert.equal(all.ready(), true)
    const answers = await Promise.all(['a', 'b', 'c'].map((task) => all.inspect(job(task), 0)))
    assert.deepEqual(
      answers.map((answer) => done(answer).task),
      ['a', 'b', 'c'],
    )
    assert.deepEqual(
      answers.map((answer) => done(answer).served),
      [1, 2, 3],
    )
  })

  it('have one worker for the small and one for the large', async () => {
    const all = await ready()
    let isDone = false
    const long = all.inspect(job('waits long'), LARGE).finally(() => {
      isDone = true
    })
    const small = done(await all.inspect(job('a'), 100))
    assert.equal(isDone, false)
    const large = done(await long)
    assert.notEqual(small.mark, large.mark)
    assert.equal(done(await all.inspect(job('b'), 101)).mark, large.mark)
  })

  it('start a spare worker when both are ready, and no sooner', async () => {
    const started: number[] = []
    const all = lanes((number) => {
      started.push(number)
      return String(number)
    })
    assert.deepEqual(started, [1, 2])
    await all.whenReady()
    await nextTurn()
    assert.deepEqual(started, [1, 2, 3])
  })

  it('copy a small body, and move a large one', async () => {
    const all = await ready()
    const small = new TextEncoder().encode('a')
    assert.equal(done(await all.inspect({ ...job('a'), body: small }, 0)).task, 'a')
    assert.equal(small.byteLength, 1)
    const large = new TextEncoder().encode('x'.repeat(20_000))
    await all.inspect({ ...job('a'), body: large }, 0)
    assert.equal(large.byteLength, 0)
  })

  it('hand over no more than a worker has room for, and what is moved by itself', async () => {
    const all = await ready()
    const bodies = ['slow', 'x'.repeat(20_000), ...Array.from({ length: 20 }, () => 'a')]
    const answers = bodies.map((body) => all.inspect(job(body), 0))
    await nextTurn()
    assert.equal(all.state()[0]?.waiting, 21)
    await answers[0]
    await nextTurn()
    assert.equal(all.state()[0]?.waiting, 13)
    const served = (await Promise.all(answers)).map((answer) => done(answer).served)
    assert.deepEqual(
      served,
      [...bodies.keys()].map((index) => index + 1),
    )
  })

  it('stop a worker that takes too long, and go on with the queue on another', async () => {
    const all = await ready()
    const loop = all.inspect(job('loop'), 0)
    const behind = ['a', 'b'].map((task) => all.inspect(job(task), 0))
    await fails(loop, 'inspection-failed')
    const answers = (await Promise.all(behind)).map(done)
    assert.deepEqual(
      answers.map((answer) => [answer.task, answer.served]),
      [
        ['a', 1],
        ['b', 2],
      ],
    )
    assert.equal(done(await all.inspect(job('c'), 0)).mark, answers[0]?.mark)
  })

  it('give a large body more time', async () => {
    const limits = { ...LIMITS, inspectionBaseMs: 50, inspectionPerMegabyteMs: 100_000 }
    const all = lanes(String, limits)
    await all.whenReady()
    await fails(all.inspect(job('slow'), 0), 'inspection-failed')
    const body = new Uint8Array(40_000)
    const context = { ...CONTEXT, restore: new Uint8Array(8) }
    const told = await all.inspectAnswer(body, context)
    assert.ok(told !== undefined)
  })

  it('count what a worker works, not what it waits for its turn', async () => {
    const all = lanes(String, { ...LIMITS, inspectionBaseMs: 50 })
    await all.whenReady()
    assert.equal(done(await all.inspect(job('waits'), 0)).task, 'waits')
    await fails(all.inspect(job('slow'), 0), 'inspection-failed')
  })

  it('lose only the task of a worker that dies', async () => {
    for (const task of ['exit', 'throw']) {
      const all = await ready()
      const dead = all.inspect(job(task), 0)
      const behind = all.inspect(job('a'), 0)
      await fails(dead, 'inspection-failed')
      assert.equal(done(await behind).task, 'a')
    }
  })

  it('serve what stood behind two kills', async () => {
    const all = await ready()
    const dead = ['exit', 'throw'].map((task) => all.inspect(job(task), 0))
    const behind = ['a', 'b'].map((task) => all.inspect(job(task), 0))
    for (const each of dead) await fails(each, 'inspection-failed')
    const answers = (await Promise.all(behind)).map(done)
    assert.deepEqual(
      answers.map(({ task }) => task),
      ['a', 'b'],
    )
  })

  it('pass on the refusal of a worker', async () => {
    const all = await ready()
    await fails(all.inspect(job('refuse'), 0), 'invalid-request')
    assert.equal(done(await all.inspect(job('a'), 0)).task, 'a')
  })

  it('take no answer for another task than its own', async () => {
    const all = await ready()
    const [stray, next] = await Promise.all([
      all.inspect(job('stray'), 0),
      all.inspect(job('slow'), 0),
    ])
    assert.equal(stray, 'meant for somebody else')
    assert.equal(done(next).task, 'slow')
  })

  it('refuse a task that cannot be handed over', async () => {
    const all = await ready()
    const broken = { ...job('a'), now: (() => '') as unknown as string }
    await fails(all.inspect(broken, 0), 'inspection-failed')
    assert.equal(done(await all.inspect(job('a'), 0)).task, 'a')
  })

  it('refuse what waits and what comes when they stop', async () => {
    const all = await ready()
    const current = all.inspect(job('loop'), 0)
    await nextTurn()
    const waiting = all.inspect(job('a'), 0)
    const stopped = all.stop()
    await fails(current, 'draining')
    await fails(waiting, 'draining')
    await fails(all.inspect(job('b'), 0), 'draining')
    await stopped
    assert.equal(all.ready(), false)
  })

  it('come up without a worker that is broken, and are not ready', async () => {
    const all = lanes(() => 'broken')
    await all.whenReady()
    assert.equal(all.ready(), false)
  })

  it('try again when a worker did not come up, and serve what waited', async () => {
    const all = lanes((number) => (number <= 3 ? 'broken' : String(number)))
    await all.whenReady()
    assert.equal(done(await all.inspect(job('a'), 0)).task, 'a')
    assert.equal(done(await all.inspect(job('b'), LARGE)).task, 'b')
  })

  it('let nobody wait for ever', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    try {
      const all = lanes(() => 'odd')
      const waiting = all.inspect(job('a'), 0)
      await nextTurn()
      mock.timers.tick(30_000)
      await assert.rejects(waiting, (error) => {
        assert.ok(error instanceof GatewayError)
        assert.deepEqual([error.code, error.retryAfter], ['too-busy', 5])
        return true
      })
    } finally {
      mock.timers.reset()
    }
  })

  it('keep a stream with its worker, and lose it with that worker alone', async () => {
    const all = await ready()
    const stream = all.openStream(CONTEXT, 0)
    const other = all.openStream(CONTEXT, LARGE)
    const later = all.openStream(CONTEXT, 0)
    const pushed = (await stream.push('', 10)) as unknown as Done
    assert.equal(pushed.task, 'stream-push')
    await fails(all.inspect(job('exit'), 0), 'inspection-failed')
    await fails(stream.push('', 10), 'inspection-failed')
    await fails(stream.finish(), 'inspection-failed')
    stream.drop()
    for (const one of [other, later]) {
      assert.equal(((await one.push('', 10)) as unknown as Done).task, 'stream-push')
      assert.equal(((await one.finish()) as unknown as Done).task, 'stream-finish')
      one.drop()
    }
  })
})

describe('movable', () => {
  it('takes only buffers that the bytes fill', () => {
    const own = new Uint8Array(4)
    const part = new Uint8Array(new ArrayBuffer(8), 0, 4)
    const shared = new Uint8Array(new SharedArrayBuffer(4))
    assert.deepEqual(movable(own, part, shared, new Uint8Array(0)), [own.buffer])
  })
})
