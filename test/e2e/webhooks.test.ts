import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_APPROVALS } from '../../src/config/index.ts'
import { phigate } from '../support/command.ts'
import { consoleAs } from '../support/console.ts'
import { eventually } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isAuthentic, startReceiver, type Receiver } from '../support/webhook-receiver.ts'

const approvals = { ...DEFAULT_APPROVALS, silentSeconds: 5, quietSeconds: 1 }
const QUESTION = 'Give me a full chart summary for the patient with MRN: 5544332.'
const EVENTS = ['review.created', 'review.settled', 'grant.revoked'] as const

describe('webhooks of a gateway', function () {
  this.timeout(120_000)
  let dataDir: string
  let receiver: Receiver
  let gateway: TestGateway

  const start = (): Promise<TestGateway> =>
    startTestGateway({
      dataDir,
      approvals,
      webhooks: [{ url: receiver.url, events: EVENTS }],
      metrics: { host: '127.0.0.1', port: 0 },
    })

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'phigate-webhooks-'))
    receiver = await startReceiver()
    gateway = await start()
  })
  afterEach(async () => {
    await gateway.stop()
    await receiver.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('tell of a review and of what became of it, signed so that the receiver can check it', async () => {
    const officer = await consoleAs(gateway, 'reviewer')
    const waiting = gateway.post(ask(QUESTION))
    const [review] = await officer.pending()
    const id = review?.id ?? ''
    await receiver.got(1)
    await officer.answer(id, 'approve')
    assert.equal((await waiting).status, 200)
    await officer.answer(id, 'revoke')
    const received = await receiver.got(3)
    assert.deepEqual(
      received.map(({ event }) => event.type),
      EVENTS,
    )
    assert.deepEqual(
      received.map(({ event }) => event.data['status']),
      ['pending', 'approved', 'revoked'],
    )
    const { stdout } = await phigate([
      'webhooks',
      'secret',
      receiver.url.href,
      '--data-dir',
      dataDir,
    ])
    for (const delivery of received) {
      assert.ok(await isAuthentic(delivery, stdout.trim(), Date.now()))
      assert.equal(delivery.event.data['review'], id)
      const address = new URL(`/reviews/${id}`, gateway.server.consoleUrl)
      assert.equal(delivery.event.data['url'], address.href)
      assert.ok(!delivery.body.includes('5544332') && !delivery.body.includes('chart summary for'))
    }
  })

  it('are kept over a restart while the receiver is away, and listed meanwhile', async () => {
    receiver.answer = 'nothing'
    const waiting = gateway.post(ask(QUESTION))
    const officer = await consoleAs(gateway, 'reviewer')
    const [review] = await officer.pending()
    await officer.answer(review?.id ?? '', 'deny')
    assert.equal((await waiting).status, 451)
    const list = async (): Promise<{ undelivered: { state: string; attempts: number }[] }> => {
      const answer = await officer.get('/api/webhooks')
      assert.equal(answer.status, 200)
      return (await answer.json()) as { undelivered: { state: string; attempts: number }[] }
    }
    await eventually(async () => {
      const { undelivered } = await list()
      assert.deepEqual(
        undelivered.map(({ state, attempts }) => [state, attempts]),
        [
          ['waiting', 1],
          ['waiting', 1],
        ],
      )
    })
    const port = Number(receiver.url.port)
    await gateway.stop()
    await receiver.close()
    receiver = await startReceiver(port)
    gateway = await start()
    const received = await receiver.got(2)
    assert.deepEqual(
      received.map(({ event }) => event.data['review']),
      [review?.id, review?.id],
    )
  })

  it('are sent again at the word of an admin', async () => {
    // 410: it is given up at once.
    receiver.answer = 410
    const waiting = gateway.post(ask(QUESTION))
    const [officer, admin] = [
      await consoleAs(gateway, 'reviewer'),
      await consoleAs(gateway, 'admin'),
    ]
    const [review] = await officer.pending()
    await officer.answer(review?.id ?? '', 'deny')
    assert.equal((await waiting).status, 451)
    await receiver.got(2)
    const states = async (): Promise<string[]> => {
      const answer = await admin.get('/api/webhooks')
      const { undelivered } = (await answer.json()) as { undelivered: { state: string }[] }
      return undelivered.map(({ state }) => state)
    }
    await eventually(async () => assert.deepEqual(await states(), ['failed', 'failed']))
    const resend = async (body: unknown, as = admin): Promise<readonly [number, unknown]> => {
      const answer = await as.post('/api/webhooks/resend', body)
      return [answer.status, ((await answer.json()) as { resent?: number }).resent]
    }
    assert.deepEqual(await resend({}, officer), [403, undefined])
    for (const wrong of [{ id: 7 }, { all: true }, []]) {
      assert.deepEqual(await resend(wrong), [400, undefined], JSON.stringify(wrong))
    }
    assert.deepEqual(await resend({ id: 'evt_nothing' }), [404, undefined])
    receiver.answer = 204
    assert.deepEqual(await resend({}), [200, 2])
    await receiver.got(4)
    await eventually(async () => assert.deepEqual(await states(), []))
    assert.deepEqual(await resend({}), [200, 0])
  })

  it('show in the metrics how many reviews wait, and what became of the others', async () => {
    const read = async (): Promise<string> => {
      const url = gateway.server.metricsUrl
      assert.ok(url !== undefined)
      return (await fetch(new URL('/metrics', url))).text()
    }
    const officer = await consoleAs(gateway, 'reviewer')
    const waiting = gateway.post(ask(QUESTION))
    const [review] = await officer.pending()
    // It counts when the log has it, which is after it is there.
    await eventually(async () => {
      const pending = await read()
      assert.match(pending, /^phigate_reviews_pending 1$/m)
      assert.match(pending, /^phigate_reviews_oldest_seconds \d+\.\d+$/m)
      assert.match(pending, /^phigate_reviews_total\{outcome="created"\} 1$/m)
    })
    await officer.answer(review?.id ?? '', 'approve')
    await waiting
    const after = await read()
    for (const line of [
      'phigate_reviews_pending 0',
      'phigate_reviews_oldest_seconds 0',
      'phigate_grants_active 1',
      'phigate_grants_in_use 0',
      'phigate_reviews_total{outcome="approved"} 1',
      'phigate_review_seconds_count{outcome="approved"} 1',
    ]) {
      assert.ok(after.split('\n').includes(line), line)
    }
  })
})
