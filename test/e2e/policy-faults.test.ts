import assert from 'node:assert/strict'
import { DEFAULT_LIMITS } from '../../src/config/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { buildBrokenBundle, ODD_MODELS } from '../support/broken-policies.ts'
import {
  assertClean,
  assertForwarded,
  assertRefused,
  capturedStderr,
  errorOf,
  PHI,
  watchRecords,
} from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import type { TestBundle } from '../support/policies.ts'

const BASE_MS = 1500

describe('a policy that fails', () => {
  const stderr = capturedStderr()
  let bundle: TestBundle
  let gateway: TestGateway
  let records: () => AuditRecord[]
  let forwarded = 0

  before(async function () {
    this.timeout(120_000)
    bundle = await buildBrokenBundle()
    gateway = await startTestGateway({
      policyDir: bundle.dir,
      limits: { ...DEFAULT_LIMITS, inspectionBaseMs: BASE_MS },
    })
    records = watchRecords(gateway)
    records()
  })
  after(async () => {
    await gateway.stop()
    bundle.remove()
  })
  /** Whatever policy did, the next caller is served. */
  afterEach(async () => {
    assert.equal(records().length, 0, 'records came that the test did not see')
    assert.equal(gateway.simulator.received.length, forwarded)
    const response = await gateway.post(ask('good morning'))
    assert.equal(response.status, 200)
    assertForwarded(records(), 'complete', 200)
    forwarded += 1
    assertClean(gateway.written() + stderr())
  })

  const askModel = (model: string, more: Record<string, unknown> = {}): Promise<Response> =>
    gateway.post(ask(PHI, { model, ...more }))
  const assertPolicyFailure = async (response: Response): Promise<void> => {
    assert.equal(response.headers.get('x-should-retry'), 'false')
    const envelope = await errorOf(response, 451)
    assert.equal(envelope.error.type, 'policy_denied')
    assert.deepEqual(
      envelope.error.phigate?.reasons.map((reason) => reason.code),
      ['policy-failure'],
    )
    assertRefused(records(), 'policy-failure')
  }

  for (const model of ODD_MODELS) {
    it(`refuses where policy ${model.replaceAll('-', ' ')}`, async () => {
      await assertPolicyFailure(await askModel(model))
      await assertPolicyFailure(await askModel(model, { stream: true }))
    })
  }

  it('refuses where the decision is undefined', async () => {
    await assertPolicyFailure(await askModel('undefined'))
  })

  it('refuses where a rule has two values', async () => {
    await assertPolicyFailure(await askModel('conflict'))
  })

  it('refuses where a rule eats memory, and goes on without what it ate', async function () {
    this.timeout(120_000)
    const before = process.memoryUsage().rss
    for (let round = 0; round < 10; round += 1) await assertPolicyFailure(await askModel('greedy'))
    const grown = (process.memoryUsage().rss - before) / 1024 / 1024
    assert.ok(grown < 400, `${Math.round(grown)} MB more`)
  })

  it('refuses where the profile names an unknown operator', async () => {
    const path = '/c/claude-strict/v1/messages'
    for (const more of [{}, { stream: true }]) {
      await errorOf(await gateway.post(ask('hello', more), { path }), 451)
      assertRefused(records(), 'inspection-failed')
    }
  })

  it('refuses a caller for whom there is no profile', async () => {
    const token = await gateway.issuer.token('svc-batch')
    const headers = { authorization: `Bearer ${token}` }
    const envelope = await errorOf(await gateway.post(ask('hello'), { headers }), 451)
    assert.equal(envelope.error.type, 'policy_denied')
    assertRefused(records(), 'inspection-failed')
  })

  it('refuses where a rule loops, within the deadline, while others are served', async () => {
    const started = performance.now()
    const looping = askModel('loop')
    // In the same lane behind it, and in the other one.
    const small = Array.from({ length: 5 }, () => gateway.post(ask('behind it')))
    const large = gateway.post(ask('salt '.repeat(40_000)))
    assert.equal((await large).status, 200)
    const other = performance.now() - started
    const envelope = await errorOf(await looping, 451)
    const took = performance.now() - started
    assert.equal(envelope.error.type, 'policy_denied')
    for (const response of await Promise.all(small)) assert.equal(response.status, 200)
    assert.ok(took >= BASE_MS - 50 && took < BASE_MS + 10_000, `took ${Math.round(took)} ms`)
    assert.ok(other < took, 'the other lane waited as well')
    forwarded += 6
    const written = records()
    const denied = written.filter(({ result }) => result?.outcome === 'deny')
    assertRefused(denied, 'inspection-failed')
    assert.equal(written.filter(({ custom }) => custom.end === 'complete').length, 6)
    assert.equal(written.length, 13)
  })

  it('loses nobody to workers that die one after the other', async function () {
    this.timeout(120_000)
    const all = Array.from({ length: 12 }, async (_, index) => {
      const response = await askModel(index % 4 === 0 ? 'loop' : 'claude-sonnet-5-5')
      return response.status
    })
    const statuses = await Promise.all(all)
    const expected = statuses.map((_, index) => (index % 4 === 0 ? 451 : 200))
    assert.deepEqual(statuses, expected)
    forwarded += 9
    assert.equal(records().length, 3 + 2 * 9)
  })

  for (const stream of [false, true]) {
    const form = stream ? 'a stream' : 'JSON'
    // A refusal is remembered for the session, so each form has one of its own.
    const headers = { 'x-phigate-session': form }
    const post = (model: string): Promise<Response> =>
      gateway.post(ask(PHI, { model, stream }), { headers })
    const assertWithheld = async (response: Response): Promise<void> => {
      const text = await response.text()
      forwarded += 1
      if (!stream) assert.equal(response.status, 451)
      if (!stream) assert.ok(!text.includes('The simulator repeats'))
      assert.match(text, /"type":"policy_denied"/)
      assert.ok(!text.includes('message_stop'))
      assertClean(text)
    }

    it(`withholds an answer in ${form} where policy fails on it`, async () => {
      for (const model of ['late-conflict', 'late-greedy', 'late-says-an-unknown-outcome']) {
        await assertWithheld(await post(model))
        assertForwarded(records(), 'denied')
        // The Agent SDK asks again at once, without a stream: it gets the refusal and no second answer.
        const again = await gateway.post(ask(PHI, { model, max_tokens: 64 }), { headers })
        assert.equal(again.status, 451)
        assert.match(await again.text(), /"type":"policy_denied"/)
        assertRefused(records(), 'policy-denied')
      }
    })

    it(`withholds an answer in ${form} where policy loops on it`, async () => {
      await assertWithheld(await post('late-loop'))
      assertForwarded(records(), 'inspection-failed')
    })
  }
})
