import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Anthropic } from '@anthropic-ai/sdk'
import { eventually, watchRecords } from '../support/exchanges.ts'
import { ask } from '../support/gateway.ts'
import {
  assertLimited,
  countingClient,
  limitedGateways,
  statusOf,
  type Limits,
} from '../support/limited.ts'
import { event, SSE_TYPE } from '../support/upstream.ts'

const about = (name: string, mrn: number): object =>
  ask(`Patient: ${name}, MRN: ${mrn}, asks what keeps salts in balance.`)

describe('limits of a day', () => {
  const start = limitedGateways()

  it('does not let the SDK hang on a limit of the day', async () => {
    const gateway = await start({ perPrincipal: { tokensPerDay: 1 } })
    const records = watchRecords(gateway)
    assert.equal(await statusOf(await gateway.post(ask('hello'))), 200)
    records()
    const wait = await assertLimited(
      gateway,
      records,
      await gateway.post(ask('hello')),
      'limit-tokens-per-day',
    )
    assert.ok(wait <= 86_400)
    const { client, posts } = countingClient(gateway)
    const call = client.messages.create({
      model: 'claude-sonnet-5-5',
      max_tokens: 64,
      messages: [{ role: 'user', content: 'hello' }],
    })
    if (wait > 60) {
      await assert.rejects(call, Anthropic.RateLimitError)
      assert.equal(posts(), 1)
    } else await call.catch(() => undefined)
  })

  it('counts the tokens that the upstream reports, streamed or not, and tells policy', async () => {
    const gateway = await start({})
    const records = watchRecords(gateway)
    let sum = 0
    for (const stream of [false, true, false]) {
      const { length } = gateway.records()
      await statusOf(await gateway.post(ask('hello', { stream })))
      await eventually(() => assert.equal(gateway.records().length, length + 2))
      const [decision, completion] = records()
      assert.equal(decision?.input?.usage.tokensToday, sum)
      const { inputTokens = 0, outputTokens = 0 } = completion?.custom.usage ?? {}
      assert.ok(inputTokens > 0 && outputTokens > 0)
      sum += inputTokens + outputTokens
    }
  })

  it('counts what a stream has reported that its client breaks off', async () => {
    const gateway = await start({ perPrincipal: { tokensPerDay: 30 } })
    // What came from the cache is not among the input tokens, and was read all the same.
    const usage = { input_tokens: 4, cache_read_input_tokens: 36, output_tokens: 1 }
    const first = event({ type: 'message_start', message: { type: 'message', content: [], usage } })
    gateway.simulator.respondWith((_req, res) => {
      res.writeHead(200, SSE_TYPE).write(first)
    })
    const gone = new AbortController()
    const stream = await gateway.post(ask('hello', { stream: true }), { signal: gone.signal })
    await stream.body?.getReader().read()
    gone.abort()
    await eventually(() => {
      const ends = gateway.records().map(({ custom }) => custom.end)
      assert.ok(ends.includes('client-aborted'))
    })
    gateway.simulator.respondWith(undefined)
    const records = watchRecords(gateway)
    records()
    const refused = await gateway.post(ask('hello'))
    await assertLimited(gateway, records, refused, 'limit-tokens-per-day')
  })

  it('holds different patients a day, whatever session they come in', async () => {
    const gateway = await start({ perPrincipal: { patientsPerDay: 2 } })
    const records = watchRecords(gateway)
    const asking = (body: object, session: string): Promise<Response> =>
      gateway.post(body, { headers: { 'x-phigate-session': session } })
    assert.equal(await statusOf(await asking(about('Olga Gundersen', 4471902), 'a')), 200)
    assert.equal(await statusOf(await asking(about('O. Gundersen', 4471902), 'b')), 200)
    assert.equal(await statusOf(await asking(about('Ruth Delgado', 4471903), 'b')), 200)
    records()
    const calls = gateway.simulator.received.length
    const third = await asking(about('Amara Osei', 4471904), 'c')
    await assertLimited(gateway, records, third, 'limit-patients-per-day')
    assert.equal(gateway.simulator.received.length, calls)
    assert.equal(await statusOf(await asking(about('Ruth Delgado', 4471903), 'd')), 200)
    assert.equal(await statusOf(await asking(ask('no patient at all'), 'e')), 200)
    for (const value of ['4471902', '4471903', 'gundersen', 'Gundersen', 'delgado']) {
      assert.ok(!gateway.written().includes(value))
    }
  })

  it('goes on after a restart with what was counted of the day', async function () {
    this.timeout(120_000)
    const dataDir = mkdtempSync(join(tmpdir(), 'phigate-limits-'))
    const limits: Limits = { perPrincipal: { patientsPerDay: 1 } }
    const first = await start(limits, { dataDir })
    assert.equal(await statusOf(await first.post(about('Olga Gundersen', 4471902))), 200)
    await first.stop()
    const again = await start(limits, { dataDir }, Number(first.issuer.issuer.port))
    assert.equal(await statusOf(await again.post(about('Amara Osei', 4471904))), 429)
    assert.equal(await statusOf(await again.post(about('Olga Gundersen', 4471902))), 200)
    await again.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })
})
