import assert from 'node:assert/strict'
import type { AuditRecord } from '../../src/schema/index.ts'
import { bundleWith, strictBundle } from '../support/bundles.ts'
import { PHI } from '../support/exchanges.ts'
import { ask, type TestGateway } from '../support/gateway.ts'
import { startPolicyGateway, type PolicyGateway } from '../support/policy-gateway.ts'

/** Masks on the connection claude, and refuses there. */
const MASKS = bundleWith()
const REFUSES = strictBundle()

const revisionOf = ({ bundles }: AuditRecord): string | undefined => bundles?.['phigate']?.revision

describe('two revisions that take turns', function () {
  this.timeout(120_000)
  let policy: PolicyGateway
  let gateway: TestGateway
  before(async () => {
    policy = await startPolicyGateway({ first: MASKS })
    gateway = policy.gateway
  })
  after(() => policy.stop())
  const statusOf = async (more: Record<string, unknown>): Promise<number> => {
    const response = await gateway.post(ask(PHI, more))
    await response.text()
    return response.status
  }

  it('is atomic under load: each exchange has one revision, and its record names it', async () => {
    const from = gateway.records().length
    const turns = { goOn: true }
    const statuses: number[] = []
    const client = async (stream: boolean): Promise<void> => {
      while (turns.goOn) statuses.push(await statusOf({ stream }))
    }
    const clients = [client(false), client(true), client(false)]
    for (const bundle of [REFUSES, MASKS]) await policy.activate(bundle)
    turns.goOn = false
    await Promise.all(clients)
    const records = gateway.records().slice(from)
    const decisions = records.filter(({ custom }) => custom.kind === 'decision')
    assert.equal(decisions.length, statuses.length)
    const outcomes = new Set(decisions.map((one) => `${revisionOf(one)} ${one.result?.outcome}`))
    assert.deepEqual(
      [...outcomes].toSorted(),
      [`${MASKS.revision} mask`, `${REFUSES.revision} deny`].toSorted(),
    )
    assert.deepEqual(new Set(statuses), new Set([200, 451]))
    const revisions = new Map(decisions.map((one) => [one.decision_id, revisionOf(one)]))
    for (const completion of records.filter(({ custom }) => custom.kind === 'completion')) {
      assert.equal(completion.custom.end, 'complete')
      assert.equal(revisionOf(completion), revisions.get(completion.decision_id))
    }
  })
})
