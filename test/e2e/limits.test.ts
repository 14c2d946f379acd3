import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Anthropic } from '@anthropic-ai/sdk'
import { DEFAULT_LIMITS, type Config } from '../../src/config/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { assertRefused, errorOf, eventually, watchRecords } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'

type Limits = Partial<Config['limits']>

const about = (name: string, mrn: number): object =>
  ask(`Patient: ${name}, MRN: ${mrn}, asks what keeps salts in balance.`)

describe('limits of a principal', () => {
  const running: TestGateway[] = []
  const start = async (limits: Limits, more: Partial<Config> = {}): Promise<TestGateway> => {
    const gateway = await startTestGateway({ ...more, limits: { ...DEFAULT_LIMITS, ...limits } })
    running.push(gateway)
    return gateway
  }
  afterEach(async () => {
    await Promise.all(running.splice(0).map((gateway) => gateway.stop()))
  })
  const statusOf = async (response: Response): Promise<number> => {
    await response.text()
    return response.status
  }

  /** Checks a refusal: its envelope, its headers, its record, and that nothing went upstream. */
  const assertLimited = async (
    gateway: TestGateway,
    records: () => AuditRecord[],
    response: Response,
    code: string,
  ): Promise<number> => {
    const { error } = await errorOf(response, 429)
    assert.equal(error.type, 'rate_limit_error')
    assert.deepEqual(
      error.phigate?.reasons.map((reason) => reason.code),
      [code],
    )
    assertRefused(records(), code)
    const wait = Number(response.headers.get('retry-after'))
    assert.ok(Number.isInteger(wait) && wait >= 1)
    assert.equal(response.headers.get('x-should-retry'), wait > 60 ? 'false' : null)
    assert.ok(!JSON.stringify(error).includes(gateway.issuer.issuer.host))
    return wait
  }

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
    this.timeout(20_000)
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
    let posts = 0
    const client = new Anthropic({
      baseURL: gateway.url.href,
      apiKey: gateway.token,
      fetch: (...args) => {
        posts += 1
        return fetch(...args)
      },
    })
    const before = performance.now()
    const message = await client.messages.create({
      model: 'claude-sonnet-5-5',
      max_tokens: 64,
      messages: [{ role: 'user', content: 'hello' }],
    })
    assert.equal(message.content[0]?.type, 'text')
    assert.equal(posts, 2)
    assert.ok(performance.now() - before >= 900, 'it did not wait')
    assert.equal(await statusOf(await slow), 200)
  })

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
    let posts = 0
    const client = new Anthropic({
      baseURL: gateway.url.href,
      apiKey: gateway.token,
      fetch: (...args) => {
        posts += 1
        return fetch(...args)
      },
    })
    const call = client.messages.create({
      model: 'claude-sonnet-5-5',
      max_tokens: 64,
      messages: [{ role: 'user', content: 'hello' }],
    })
    if (wait > 60) {
      await assert.rejects(call, Anthropic.RateLimitError)
      assert.equal(posts, 1)
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
    this.timeout(20_000)
    const dataDir = mkdtempSync(join(tmpdir(), 'phigate-limits-'))
    const limits: Limits = { perPrincipal: { patientsPerDay: 1 } }
    const first = await start(limits, { dataDir })
    assert.equal(await statusOf(await first.post(about('Olga Gundersen', 4471902))), 200)
    const { port } = first.issuer.issuer
    await Promise.all(running.splice(0).map((gateway) => gateway.stop()))
    const again = await startTestGateway(
      { dataDir, limits: { ...DEFAULT_LIMITS, ...limits } },
      Number(port),
    )
    running.push(again)
    assert.equal(await statusOf(await again.post(about('Amara Osei', 4471904))), 429)
    assert.equal(await statusOf(await again.post(about('Olga Gundersen', 4471902))), 200)
    await Promise.all(running.splice(0).map((gateway) => gateway.stop()))
    rmSync(dataDir, { recursive: true, force: true })
  })
})
