import assert from 'node:assert/strict'
import { PHI } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { buildTestBundle, type TestBundle } from '../support/policies.ts'

const OBSERVED = '{"connection": "claude", "reason": "a trial", "expires": "2999-12-31"}'

describe('a connection that is observed', function () {
  this.timeout(120_000)
  let bundle: TestBundle
  let gateway: TestGateway

  before(async () => {
    bundle = await buildTestBundle([
      {
        file: 'gateway_config/data.json',
        replace: [['"claude": "safe_harbor"', '"claude": "observe"']],
      },
      { file: 'gateway_config/observed_connections/data.json', replace: [['[]', `[${OBSERVED}]`]] },
    ])
    gateway = await startTestGateway({ policyDir: bundle.dir })
  })
  after(async () => {
    await gateway.stop()
    bundle.remove()
  })

  it('says with every answer that nothing was masked, and records what would have been', async () => {
    const answer = await gateway.post(ask(PHI))
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('x-phigate-profile'), 'observe')
    assert.equal(answer.headers.get('x-phigate-masked'), null)
    const [sent] = gateway.simulator.received
    assert.deepEqual(sent?.body, ask(PHI))
    const decision = gateway.records().find(({ custom }) => custom.kind === 'decision')
    assert.equal(decision?.custom.profile, 'observe')
    assert.deepEqual(decision?.custom.masked, {})
    assert.ok((decision?.custom.kept?.['US_SSN'] ?? 0) > 0)
  })

  it('is the only kind that says so', async () => {
    const path = '/c/claude-strict/v1/messages'
    const answer = await gateway.post(ask('good morning'), { path })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('x-phigate-profile'), null)
  })
})
