import assert from 'node:assert/strict'
import { DEFAULT_APPROVALS } from '../../src/config/index.ts'
import type { PolicyBundle } from '../../src/policy/index.ts'
import type { ErrorEnvelope } from '../../src/schema/index.ts'
import { bundleWith, strictBundle } from '../support/bundles.ts'
import { consoleAs, type ConsoleCaller } from '../support/console.ts'
import { ask } from '../support/gateway.ts'
import { startPolicyGateway, type PolicyGateway } from '../support/policy-gateway.ts'

const MASKS = bundleWith()
/** Decides as the one before, and is another. */
const ALIKE = bundleWith((data) => (data['note'] = 'nothing that a rule asks for'))
const REFUSES = strictBundle()
const approvals = { ...DEFAULT_APPROVALS, quietSeconds: 0.4, pingSeconds: 0.1 }

let charts = 0

describe('a request that waits while the policy changes', function () {
  this.timeout(120_000)
  let policy: PolicyGateway
  let officer: ConsoleCaller
  beforeEach(async () => {
    policy = await startPolicyGateway({ first: MASKS, more: { approvals } })
    officer = await consoleAs(policy.gateway, 'reviewer')
  })
  afterEach(() => policy.stop())

  /** Asks, and has it approved under the next policy. */
  async function heldInto(
    next: PolicyBundle,
    stream: boolean,
  ): Promise<{ readonly body: Record<string, unknown>; readonly answer: Response }> {
    const text = `Give me a full chart summary for the patient with MRN: 7711${++charts}.`
    const body = ask(text, { stream })
    const waiting = policy.gateway.post(body)
    const [review] = await officer.pending()
    await policy.activate(next)
    if (stream) assert.equal((await waiting).status, 200, 'pings came meanwhile')
    assert.equal(await officer.answer(review?.id ?? '', 'approve'), 200)
    return { body, answer: await waiting }
  }
  const sent = (): number => policy.gateway.simulator.received.length

  it('is not sent on the decision of the one before, and is refused where the new one refuses', async () => {
    const { body, answer } = await heldInto(REFUSES, false)
    assert.equal(answer.status, 503)
    assert.equal(answer.headers.get('retry-after'), '1')
    assert.equal(sent(), 0)
    const again = await policy.gateway.post(body)
    assert.equal(again.status, 451)
    assert.equal(((await again.json()) as ErrorEnvelope).error.type, 'policy_denied')
    assert.equal(sent(), 0)
  })

  for (const stream of [false, true]) {
    const how = stream ? 'a stream' : 'any other'
    it(`passes when it is sent again and nothing more is needed: ${how}`, async () => {
      const { body, answer } = await heldInto(ALIKE, stream)
      const text = await answer.text()
      assert.match(text, /"type":"api_error","message":"the policy has changed/)
      if (stream) assert.match(text, /\nevent: error\ndata: /)
      assert.equal(sent(), 0)
      const again = await policy.gateway.post(body)
      assert.equal(again.status, 200)
      await again.text()
      assert.equal(sent(), 1)
      const [review] = await officer.reviews('approved')
      assert.equal(review?.grant?.used, 1)
    })
  }
})
