import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditRecord } from '../../src/schema/index.ts'
import { bundleWith, strictBundle, writeDirectory } from '../support/bundles.ts'
import { assertClean, capturedStderr, eventually, PHI } from '../support/exchanges.ts'
import { ask, type TestGateway } from '../support/gateway.ts'
import { startPolicyGateway, type PolicyGateway } from '../support/policy-gateway.ts'

const SUMMARY = 'Summarize the whole chart.'

describe('a rule in shadow', function () {
  this.timeout(120_000)
  let policy: PolicyGateway
  before(async () => {
    const first = bundleWith(({ gateway_config: config }) => {
      config['shadow'] = [{ team: 'privacy', code: 'full-chart-summary' }]
    })
    policy = await startPolicyGateway({ first })
  })
  after(() => policy.stop())

  it('is not enforced, and its record says what would have been', async () => {
    assert.equal((await policy.gateway.post(ask(SUMMARY))).status, 200)
    const [decision] = policy.gateway.records().filter(({ custom }) => custom.kind === 'decision')
    assert.equal(decision?.result?.outcome, 'allow')
    assert.equal(decision?.result?.shadow?.outcome, 'require-approval')
    assert.deepEqual(
      decision?.result?.shadow?.reasons.map(({ code, rule }) => [code, rule]),
      [['full-chart-summary', 'teams/privacy']],
    )
  })

  it('leaves no trace where it would change nothing', async () => {
    assert.equal((await policy.gateway.post(ask('good morning'))).status, 200)
    const decision = policy.gateway.records().findLast(({ custom }) => custom.kind === 'decision')
    assert.equal(decision?.result?.shadow, undefined)
  })
})

describe('a bundle in shadow', function () {
  this.timeout(120_000)
  const stderr = capturedStderr()
  let policy: PolicyGateway
  let gateway: TestGateway
  before(async () => {
    policy = await startPolicyGateway({
      first: bundleWith(),
      policy: (root) => {
        writeDirectory(join(root, 'next'), strictBundle())
        return {
          source: { kind: 'directory', directory: join(root, 'bundle'), watch: false },
          shadow: { kind: 'directory', directory: join(root, 'next'), watch: false },
        }
      },
    })
    gateway = policy.gateway
  })
  after(() => policy.stop())
  const tried = (): AuditRecord[] =>
    gateway.records().filter(({ custom }) => custom.kind === 'shadow-decision')
  const isReady = async (revision: string): Promise<void> => {
    const until = Date.now() + 30_000
    while ((await policy.bundle('shadow'))['active_revision'] !== revision) {
      assert.ok(Date.now() < until, 'the bundle in shadow did not come up')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  it('decides the same facts, and its decisions are recorded and not enforced', async () => {
    const { revision } = strictBundle()
    await isReady(revision)
    const response = await gateway.post(ask(PHI))
    assert.equal(response.status, 200)
    await response.text()
    // One for the request, one for its answer.
    await eventually(() => assert.equal(tried().length, 2))
    const [request, answer] = tried()
    assert.equal(request?.bundles?.['shadow']?.revision, revision)
    assert.equal(request?.result?.outcome, 'deny')
    assert.deepEqual(
      request?.result?.reasons.map(({ code }) => code),
      ['phi-refused'],
    )
    assert.equal(request?.custom.detail, 'differs: decided mask')
    assert.equal(request?.custom.direction, 'request')
    assert.match(answer?.custom.detail ?? '', /^same: decided /)
    const [decision] = gateway.records().filter(({ custom }) => custom.kind === 'decision')
    assert.equal(request?.decision_id, decision?.decision_id)
    const text = await (await fetch(new URL('/metrics', gateway.server.metricsUrl))).text()
    assert.match(text, /^phigate_policy_shadow_total\{result="different"\} 1$/m)
    assert.match(text, /^phigate_policy_shadow_total\{result="same"\} 1$/m)
    assertClean(gateway.written() + stderr())
  })

  it('that is broken hurts nobody, and says so', async () => {
    const before = tried().length
    rmSync(join(policy.root, 'next', 'policy.data'))
    await gateway.server.activatePolicy()
    await eventually(() => assert.match(stderr(), /"event":"shadow-policy-failed"/), 15_000)
    assert.equal((await gateway.post(ask(PHI))).status, 200)
    const status = await policy.bundle('shadow')
    assert.equal(status['code'], 'bundle_error')
    assert.equal(status['active_revision'], undefined)
    assert.equal((await policy.bundle())['code'], undefined)
    assert.deepEqual(await policy.ready(), [])
    assert.equal(tried().length, before)
  })

  it('is read anew with the policy', async () => {
    const next = strictBundle((data) => Object.assign(data, { more: 1 }))
    writeDirectory(join(policy.root, 'next'), next)
    await gateway.server.activatePolicy()
    await isReady(next.revision)
    assert.equal((await policy.bundle('shadow'))['code'], undefined)
  })
})
