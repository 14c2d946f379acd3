import assert from 'node:assert/strict'
import { Secret } from '../../src/config/index.ts'
import { assertClean, errorOf, eventually, PHI } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { startLogReceiver, type LogReceiver } from '../support/log-receiver.ts'

const ask1 = ask(PHI)

describe('a gateway whose audit log is sent on', function () {
  this.timeout(120_000)
  let receiver: LogReceiver
  let gateway: TestGateway
  let stopped = false
  beforeEach(async () => {
    receiver = await startLogReceiver()
    const sink = {
      name: 'siem',
      url: receiver.url,
      authorization: { scheme: 'Splunk', secret: new Secret('hec-token-0123456789') },
      maxBacklogBytes: 40_000,
      failClosed: true,
    }
    gateway = await startTestGateway({ audit: { retentionDays: 2192, sinks: [sink] } })
  })
  afterEach(async () => {
    if (!stopped) await gateway.stop()
    stopped = false
    await receiver.close()
  })

  const status = async (): Promise<Record<string, unknown>> => {
    const token = await gateway.issuer.token('admin', 'console')
    const response = await fetch(new URL('/status', gateway.server.consoleUrl), {
      headers: { authorization: `Bearer ${token}` },
    })
    return (await response.json()) as Record<string, unknown>
  }

  it('sends records and never a payload, and the stop with the last checkpoint as well', async () => {
    assert.equal((await gateway.post(ask1)).status, 200)
    await eventually(() =>
      assert.ok(receiver.records().some(({ custom }) => custom.kind === 'completion')),
    )
    const { audit } = (await status()) as { audit: { sinks: { name: string; state: string }[] } }
    assert.deepEqual([audit.sinks[0]?.name, audit.sinks[0]?.state], ['siem', 'delivering'])
    assert.equal(receiver.batches[0]?.authorization, 'Splunk hec-token-0123456789')
    await gateway.stop()
    stopped = true
    assert.equal(receiver.records().at(-1)?.custom.kind, 'stop')
    assert.equal(receiver.checkpoints().at(-1)?.seq, receiver.records().at(-1)?.custom.seq)
    const sent = receiver.batches.map(({ body }) => body).join('')
    assertClean(sent)
    assert.doesNotMatch(sent, /"messages":\[|\[PERSON_/)
  })

  it('forwards nothing while the receiver is too far behind, and goes on when it is back', async () => {
    receiver.answer = 503
    let refused: Response | undefined
    for (let round = 0; round < 200 && refused === undefined; round += 1) {
      const response = await gateway.post(ask1)
      if (response.status === 503) refused = response
      else await response.text()
    }
    assert.ok(refused)
    await errorOf(refused, 503)
    const forwarded = gateway.simulator.received.length
    await errorOf(await gateway.post(ask1), 503)
    assert.equal(gateway.simulator.received.length, forwarded)
    const ready = await fetch(new URL('/readyz', gateway.url))
    assert.deepEqual(
      [ready.status, ((await ready.json()) as { missing: unknown }).missing],
      [503, ['audit']],
    )
    receiver.answer = 200
    let response: Response | undefined
    for (let round = 0; round < 200 && response?.status !== 200; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      response = await gateway.post(ask1)
    }
    assert.equal(response?.status, 200)
    await eventually(() => {
      const seqs = receiver.records().map(({ custom }) => custom.seq)
      assert.deepEqual(
        seqs,
        gateway.records().map(({ custom }) => custom.seq),
      )
    })
  })
})
