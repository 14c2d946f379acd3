import assert from 'node:assert/strict'
import { createServing } from '../../../src/activation/index.ts'
import { GatewayError } from '../../../src/domain/index.ts'
import type { RequestVerdict } from '../../../src/inspect/index.ts'
import type { Lanes } from '../../../src/lanes/index.ts'
import { requestJob } from '../../support/inspection.ts'

interface FakeLanes extends Lanes {
  readonly stopped: () => boolean
}

/** Lanes that answer with their own name. */
function named(name: string, kills = 0): FakeLanes {
  let stopped = false
  return {
    inspect: async () => name as unknown as RequestVerdict,
    inspectAnswer: async (body) => ({ body, report: name as never }),
    openStream: () => name as never,
    scan: async () => name as never,
    ready: () => !stopped,
    state: () => [
      { lane: 'small', waiting: 1, kills },
      { lane: 'large', waiting: 0, kills: 0 },
    ],
    whenReady: async () => {},
    stop: async () => {
      stopped = true
    },
    stopped: () => stopped,
  }
}

describe('the workers of several revisions', () => {
  const ask = (exchange: ReturnType<ReturnType<typeof createServing>['exchange']>) =>
    exchange.inspect(requestJob('{}'), 0) as unknown as Promise<string>

  it('refuse everything while there are none', async () => {
    const serving = createServing()
    assert.equal(serving.ready(), false)
    await assert.rejects(
      ask(serving.exchange()),
      (error) => error instanceof GatewayError && error.code === 'policy-unavailable',
    )
  })

  it('serve an exchange with the revision that it was inspected under, to its end', async () => {
    const serving = createServing()
    const [a, b] = [named('a'), named('b')]
    serving.switchTo(a)
    const exchange = serving.exchange()
    assert.equal(await ask(exchange), 'a')
    serving.switchTo(b)
    const answer = await exchange.inspectAnswer(new Uint8Array(), {} as never)
    assert.equal(answer.report, 'a')
    assert.equal(exchange.openStream({} as never, 0), 'a')
    assert.equal(a.stopped(), false)
    assert.equal(await ask(serving.exchange()), 'b')
    exchange.leave()
    assert.equal(a.stopped(), true)
    assert.equal(b.stopped(), false)
  })

  it('serve an exchange whose body came late with the revision of that time', async () => {
    const serving = createServing()
    serving.switchTo(named('a'))
    const exchange = serving.exchange()
    serving.switchTo(named('b'))
    assert.equal(await ask(exchange), 'b')
  })

  it('tell an exchange that another policy decides by now, and not that others of the same do', async () => {
    const serving = createServing()
    serving.switchTo(named('a'))
    const exchange = serving.exchange()
    serving.switchTo(named('b'))
    assert.equal(exchange.overtaken(), false, 'it was not inspected yet')
    await ask(exchange)
    serving.switchTo(named('b with other keys'), 'alike')
    assert.equal(exchange.overtaken(), false)
    serving.switchTo(named('c'))
    assert.equal(exchange.overtaken(), true)
  })

  it('end with nobody on them at once, and do not end the active ones when an exchange does', async () => {
    const serving = createServing()
    const [a, b] = [named('a'), named('b')]
    serving.switchTo(a)
    const exchange = serving.exchange()
    await ask(exchange)
    exchange.leave()
    exchange.leave()
    assert.equal(a.stopped(), false)
    serving.switchTo(b)
    assert.equal(a.stopped(), true)
  })

  it('are of the active revision and two before it, at most', async () => {
    let ended = 0
    const serving = createServing(() => (ended += 1))
    const all = ['a', 'b', 'c', 'd'].map((name) => named(name))
    for (const lanes of all) {
      serving.switchTo(lanes)
      await ask(serving.exchange())
    }
    assert.deepEqual(
      all.map((lanes) => lanes.stopped()),
      [true, false, false, false],
    )
    assert.equal(ended, 1)
    await serving.stop()
    assert.ok(all.every((lanes) => lanes.stopped()))
  })

  it('end after the exchanges on them were told, and had recorded how they end', async () => {
    const serving = createServing()
    const lanes = named('a')
    serving.switchTo(lanes)
    const exchange = serving.exchange()
    const told: GatewayError[] = []
    exchange.onEnd((error) => told.push(error))
    await ask(exchange)
    const stopping = serving.stop()
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(
      told.map(({ code }) => code),
      ['draining'],
    )
    assert.equal(lanes.stopped(), false)
    exchange.leave()
    await stopping
    assert.equal(lanes.stopped(), true)
  })

  it('count the workers that died under earlier revisions', () => {
    const serving = createServing()
    serving.switchTo(named('a', 2))
    serving.switchTo(named('b', 3))
    assert.deepEqual(serving.state(), [
      { lane: 'small', waiting: 1, kills: 5 },
      { lane: 'large', waiting: 0, kills: 0 },
    ])
  })
})
