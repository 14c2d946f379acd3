import assert from 'node:assert/strict'
import { watchRecords } from '../support/exchanges.ts'
import { ask } from '../support/gateway.ts'
import { assertLimited, countingClient, limitedGateways, statusOf } from '../support/limited.ts'

describe('limits of a principal', () => {
  const start = limitedGateways()

  it('holds requests a minute, on each connection alone, and the facts tell policy of them', async () => {
    const gateway = await start({ perPrincipal: { requestsPerMinute: 2 } })
    const records = watchRecords(gateway)
    for (const _ of [1, 2]) assert.equal(await statusOf(await gateway.post(ask('hello'))), 200)
    const facts = records().flatMap(({ input, custom }) =>
      custom.kind === 'decision' ? [input?.usage.requestsLastMinute] : [],
    )
    assert.deepEqual(facts, [1, 2])
    const calls = gateway.simulator.received.length
    const refused = await gateway.post(ask('hello'))
    await assertLimited(gateway, records, refused, 'limit-requests-per-minute')
    assert.equal(gateway.simulator.received.length, calls)
    const strict = await gateway.post(ask('hello'), { path: '/c/claude-strict/v1/messages' })
    assert.equal(await statusOf(strict), 200)
  })

  it('lets the SDK wait as long as it is told, and then succeed', async function () {
    this.timeout(120_000)
    const gateway = await start({ perPrincipal: { concurrent: 1 } })
    const hold = Promise.withResolvers<void>()
    gateway.simulator.respondWith((_req, res) => {
      hold.resolve()
      setTimeout(() => {
        res.writeHead(200, { 'content-type': 'application/json' })
        res.end('{"type":"message","role":"assistant","content":[]}')
        gateway.simulator.respondWith(undefined)
      }, 300)
    })
    const slow = gateway.post(ask('hello'))
    await hold.promise
    const { client, posts } = countingClient(gateway)
    const before = performance.now()
    const message = await client.messages.create({
      model: 'claude-sonnet-5-5',
      max_tokens: 64,
      messages: [{ role: 'user', content: 'hello' }],
    })
    assert.equal(message.content[0]?.type, 'text')
    assert.equal(posts(), 2)
    assert.ok(performance.now() - before >= 900, 'it did not wait')
    assert.equal(await statusOf(await slow), 200)
  })
})
