import assert from 'node:assert/strict'
import { existsSync, truncateSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { AuditRecord } from '../../src/schema/index.ts'
import { bundleWith, strictBundle } from '../support/bundles.ts'
import { assertClean, capturedStderr, eventually, PHI } from '../support/exchanges.ts'
import { ask, type TestGateway } from '../support/gateway.ts'
import { startPolicyGateway, type PolicyGateway } from '../support/policy-gateway.ts'
import { messageEvents, messageWith } from '../support/sse.ts'

/** Masks on the connection claude, and refuses there. */
const MASKS = bundleWith()
const REFUSES = strictBundle()

const kinds = (gateway: TestGateway, kind: string): AuditRecord[] =>
  gateway.records().filter(({ custom }) => custom.kind === kind)

const revisionOf = ({ bundles }: AuditRecord): string | undefined => bundles?.['phigate']?.revision

describe('the activation of a policy', function () {
  this.timeout(120_000)
  const stderr = capturedStderr()
  let policy: PolicyGateway
  let gateway: TestGateway
  let said = 0
  before(async () => {
    policy = await startPolicyGateway({ first: MASKS })
    gateway = policy.gateway
  })
  after(() => policy.stop())
  beforeEach(async () => {
    gateway.simulator.respondWith(undefined)
    await policy.activate(MASKS)
    assert.equal((await policy.bundle())['code'], undefined)
    said = stderr().length
  })
  const post = (more: Record<string, unknown> = {}): Promise<Response> =>
    gateway.post(ask(PHI, more))
  const statusOf = async (more: Record<string, unknown> = {}): Promise<number> => {
    const response = await post(more)
    await response.text()
    return response.status
  }
  const metrics = async (): Promise<string> =>
    (await fetch(new URL('/metrics', gateway.server.metricsUrl ?? gateway.url))).text()

  it('changes the next decision, and is told of everywhere', async () => {
    assert.equal(await statusOf(), 200)
    await policy.activate(REFUSES)
    assert.equal(await statusOf(), 451)
    const { revision, digest } = REFUSES
    const status = await policy.bundle()
    assert.equal(status['name'], 'phigate')
    assert.equal(status['active_revision'], revision)
    assert.equal(status['digest'], digest)
    assert.equal(status['code'], undefined)
    for (const time of ['last_successful_activation', 'last_request', 'last_successful_request']) {
      assert.match(String(status[time]), /^\d{4}-.*Z$/)
    }
    const record = kinds(gateway, 'policy-activation').at(-1)
    assert.equal(record && revisionOf(record), revision)
    assert.match(record?.custom.detail ?? '', new RegExp(`^digest ${digest}, canaries 0`))
    const text = await metrics()
    assert.ok(text.includes(`phigate_policy_active{revision="${revision}"} 1\n`))
    assert.match(text, /^phigate_policy_activations_total\{result="succeeded"\} \d/m)
    assert.match(text, /^phigate_policy_evaluations_total\{direction="request"\} [1-9]/m)
    const { bundles, history } = await policy.ask('/api/policy')
    assert.deepEqual(bundles, [status])
    assert.ok(Array.isArray(history) && history.some((past) => past.digest === MASKS.digest))
    assert.ok(existsSync(join(gateway.dataDir, 'policies', digest, 'policy.wasm')))
    assert.match(stderr().slice(said), /"event":"policy-activated"/)
  })

  it('does nothing when nothing has changed', async () => {
    const before = kinds(gateway, 'policy-activation').length
    await gateway.server.activatePolicy()
    await policy.activate(MASKS)
    assert.equal(kinds(gateway, 'policy-activation').length, before)
  })

  const bad: Readonly<Record<string, readonly [() => void, RegExp]>> = {
    'has half a file': [
      () => truncateSync(join(policy.root, 'bundle', 'policy.wasm'), 10_000),
      /policy\.wasm is not the file/,
    ],
    'brings data that would add to what teams say': [
      () => policy.put(bundleWith((data) => Object.assign(data, { teams: { evil: {} } }))),
      /data\.teams/,
    ],
    'is no module': [
      () =>
        policy.put({
          ...bundleWith((data) => Object.assign(data, { no: 1 })),
          wasm: Buffer.from('x'),
        }),
      /module cannot be loaded/,
    ],
    'fails one of its canaries': [
      () =>
        policy.put(
          strictBundle((data) => {
            const want = { outcome: 'mask' }
            data['canaries'] = { 'stays-masked': { text: 'SSN 212-09-9999', want } }
          }),
        ),
      /^canary stays-masked: the outcome is deny, not mask$/,
    ],
  }
  for (const [what, [spoil, message]] of Object.entries(bad)) {
    it(`keeps the last good one when the new one ${what}`, async () => {
      spoil()
      await gateway.server.activatePolicy()
      const status = await policy.bundle()
      assert.equal(status['active_revision'], MASKS.revision)
      assert.equal(status['code'], 'bundle_error')
      assert.equal(typeof status['message'], 'string')
      assert.match(status.errors?.[0] ?? '', message)
      assert.equal(await statusOf(), 200)
      assert.deepEqual(await policy.ready(), [])
      assert.equal(kinds(gateway, 'policy-refused').at(-1)?.custom.detail, status['message'])
      assert.match(await metrics(), /^phigate_policy_activations_total\{result="failed"\} [1-9]/m)
      assert.match(stderr().slice(said), /"event":"policy-refused"/)
      assertClean(gateway.written() + stderr())
    })
  }

  it('leaves a stream under way, and an answer, with the revision that they began with', async () => {
    const held: ServerResponse[] = []
    gateway.simulator.respondWith((_request, response) => void held.push(response))
    const streamed = post({ stream: true })
    const whole = post()
    await eventually(() => assert.equal(held.length, 2))
    const message = messageWith([{ type: 'text', text: 'salt' }])
    const [first = '', ...events] = messageEvents(message)
    const isStream = gateway.simulator.received
      .slice(-2)
      .map(({ bodyBytes }) => bodyBytes.toString().includes('"stream":true'))
    const [stream, json] = isStream[0] === true ? held : held.toReversed()
    stream?.writeHead(200, { 'content-type': 'text/event-stream' })
    stream?.write(first)
    // Its beginning is here: a worker holds the rest of it.
    const streaming = await streamed
    await policy.activate(REFUSES)
    assert.equal(await statusOf(), 451)
    stream?.end(events.join(''))
    json?.writeHead(200, { 'content-type': 'application/json' })
    json?.end(JSON.stringify(message))
    for (const response of [streaming, await whole]) {
      assert.equal(response.status, 200)
      assert.match(await response.text(), /salt/)
    }
    const completions = kinds(gateway, 'completion').slice(-2)
    assert.deepEqual(completions.map(revisionOf), [MASKS.revision, MASKS.revision])
    assert.deepEqual(
      completions.map(({ custom }) => custom.end),
      ['complete', 'complete'],
    )
  })

  it('lets exchanges go on while it tries a bundle', async () => {
    const trying = { goesOn: true }
    const activation = policy.activate(REFUSES).then(() => (trying.goesOn = false))
    let served = 0
    while (trying.goesOn) {
      assert.ok([200, 451].includes(await statusOf()))
      served += 1
    }
    await activation
    assert.ok(served > 5, `${served} served`)
  })

  it('runs one after the other, so that what stands there last holds', async () => {
    const all = [REFUSES, MASKS, REFUSES].map((bundle) => policy.activate(bundle))
    await Promise.all(all)
    assert.equal((await policy.bundle())['active_revision'], REFUSES.revision)
  })
})
