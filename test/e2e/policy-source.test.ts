import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditRecord } from '../../src/schema/index.ts'
import { bundleWith, strictBundle, writeDirectory } from '../support/bundles.ts'
import { capturedStderr, errorOf, PHI } from '../support/exchanges.ts'
import { ask, type TestGateway } from '../support/gateway.ts'
import { startPolicyGateway, type PolicyGateway } from '../support/policy-gateway.ts'

/** Masks on the connection claude, and refuses there. */
const MASKS = bundleWith()
const REFUSES = strictBundle()

const kinds = (gateway: TestGateway, kind: string): AuditRecord[] =>
  gateway.records().filter(({ custom }) => custom.kind === kind)

describe('a gateway that starts with a broken policy', function () {
  this.timeout(120_000)
  const stderr = capturedStderr()
  let policy: PolicyGateway
  before(async () => {
    policy = await startPolicyGateway({})
  })
  after(() => policy.stop())

  it('is not ready, denies everything with a record, and says why', async () => {
    const { gateway } = policy
    assert.deepEqual(await policy.ready(), ['policy'])
    for (const more of [{}, { stream: true }]) {
      const { error } = await errorOf(await gateway.post(ask('hello', more)), 451)
      assert.equal(error.type, 'policy_denied')
    }
    const models = await fetch(new URL('/v1/models', gateway.url), {
      headers: { authorization: `Bearer ${gateway.token}` },
    })
    await errorOf(models, 451)
    assert.equal(gateway.simulator.received.length, 0)
    assert.deepEqual(
      kinds(gateway, 'decision').map(({ result }) => result?.reasons.map(({ code }) => code)),
      [['policy-unavailable'], ['policy-unavailable'], ['policy-unavailable']],
    )
    const status = await policy.bundle()
    assert.equal(status['active_revision'], undefined)
    assert.equal(status['code'], 'bundle_error')
    assert.equal(kinds(gateway, 'policy-refused').length, 1)
    const text = await (await fetch(new URL('/metrics', gateway.server.metricsUrl))).text()
    assert.match(text, /^phigate_policy_active 0$/m)
    assert.match(stderr(), /"running":"none: everything is denied"/)
  })

  it('serves as soon as one can be activated', async () => {
    await policy.activate(MASKS)
    assert.deepEqual(await policy.ready(), [])
    assert.equal((await policy.gateway.post(ask('hello'))).status, 200)
  })
})

describe('a watched policy directory', function () {
  this.timeout(120_000)
  let policy: PolicyGateway
  before(async () => {
    policy = await startPolicyGateway({
      first: MASKS,
      policy: (root) => ({
        source: { kind: 'directory', directory: join(root, 'bundle'), watch: true },
      }),
    })
  })
  after(() => policy.stop())
  const becomes = async (revision: string): Promise<void> => {
    const until = Date.now() + 30_000
    while ((await policy.bundle())['active_revision'] !== revision) {
      assert.ok(Date.now() < until, 'it was not activated')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  it('is taken over when it changes, without anybody asking', async () => {
    policy.put(REFUSES)
    await becomes(REFUSES.revision)
    assert.equal((await policy.gateway.post(ask(PHI))).status, 451)
  })

  it('is not taken over half, and is when the other half comes', async () => {
    const manifest = join(policy.root, 'bundle', 'policy.manifest')
    const before = readFileSync(manifest)
    writeDirectory(join(policy.root, 'bundle'), MASKS)
    writeFileSync(manifest, before)
    const until = Date.now() + 30_000
    while ((await policy.bundle())['code'] === undefined) {
      assert.ok(Date.now() < until, 'half a bundle was not refused')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    assert.equal((await policy.bundle())['active_revision'], REFUSES.revision)
    writeDirectory(join(policy.root, 'bundle'), MASKS)
    await becomes(MASKS.revision)
    assert.equal((await policy.bundle())['code'], undefined)
  })
})
