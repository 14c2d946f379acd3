import assert from 'node:assert/strict'
import { DEFAULT_APPROVALS } from '../../src/config/index.ts'
import type { ErrorEnvelope } from '../../src/schema/index.ts'
import { consoleAs } from '../support/console.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { buildTestBundle, type TestBundle } from '../support/policies.ts'

const CHART = ask('Give me a full chart summary for the patient with MRN: 998833.')

async function withRule(more: string): Promise<TestBundle> {
  const file = 'teams/privacy/privacy.rego'
  const ttl = '"ttlSeconds": 3600,'
  return buildTestBundle([{ file, replace: [[ttl, `${ttl}\n${more}`]] }])
}

describe('the reason of a requester', function () {
  this.timeout(120_000)
  let bundle: TestBundle
  let gateway: TestGateway

  const start = async (rule: string): Promise<void> => {
    bundle = await withRule(rule)
    const approvals = { ...DEFAULT_APPROVALS, silentSeconds: 0.3 }
    gateway = await startTestGateway({ policyDir: bundle.dir, approvals })
  }
  afterEach(async () => {
    await gateway.stop()
    bundle.remove()
  })
  const post = (reason?: string): Promise<Response> =>
    gateway.post(CHART, reason === undefined ? {} : { headers: { 'x-phigate-reason': reason } })

  it('is asked for where policy wants it, shown masked, and stays here', async () => {
    await start('"reasonFrom": ["requester"],')
    const without = await post()
    assert.equal(without.status, 451)
    const { error } = (await without.json()) as ErrorEnvelope
    assert.match(error.message, /x-phigate-reason/)
    const officer = await consoleAs(gateway, 'reviewer')
    assert.deepEqual(await officer.reviews('pending'), [])
    assert.equal((await post('round for Patient Olga Gundersen')).status, 451)
    const [review] = await officer.reviews('pending')
    const shown: unknown = await (await officer.get(`/api/reviews/${review?.id}`)).json()
    assert.match(JSON.stringify(shown), /"requestReason":"round for Patient \[PERSON\]"/)
    assert.equal(await officer.answer(review?.id ?? '', 'approve'), 200)
    assert.equal((await post('round for Patient Olga Gundersen')).status, 200)
    const [sent] = gateway.simulator.received
    assert.ok(!JSON.stringify(sent?.headers).includes('round for'))
    assert.ok(!gateway.written().includes('Gundersen'))
    assert.equal((await post('x'.repeat(501))).status, 400)
  })

  it('breaks the glass where policy lets it, at once and on the record', async () => {
    await start('"breakGlass": true,')
    assert.equal((await post()).status, 451)
    assert.equal((await post('resuscitation room')).status, 200)
    const officer = await consoleAs(gateway, 'reviewer')
    const [review, ...more] = await officer.reviews('afterwards')
    assert.deepEqual(more, [])
    assert.equal(await officer.answer(review?.id ?? '', 'approve', 'looked at it'), 200)
    assert.deepEqual(await officer.reviews('afterwards'), [])
    const told = gateway.records().filter(({ custom }) => custom.kind === 'review')
    assert.deepEqual(
      told.map(({ custom }) => [custom.reviewStatus, custom.detail]),
      [
        ['approved', 'resuscitation room'],
        ['justified', 'looked at it'],
      ],
    )
  })
})
