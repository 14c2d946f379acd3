import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { GatewayError } from '../../src/domain/index.ts'
import type { Review } from '../../src/schema/index.ts'
import { asked, PAYLOAD, testApprovals } from '../support/approvals.ts'
import { holds } from '../support/property.ts'

const CLAIMANTS = 4
const OUTCOMES = ['consumed', 'outcome-unknown', 'returned'] as const

describe('exchanges and reviewers that act at once', function () {
  this.timeout(60_000)

  it('send one request upstream for each single-use grant, however their steps interleave', async () => {
    const run = fc.record({
      scheduler: fc.scheduler(),
      outcomes: fc.array(fc.constantFrom(...OUTCOMES), { minLength: 12, maxLength: 12 }),
      voters: fc.array(
        fc.tuple(fc.nat(2), fc.constantFrom('approve', 'approve', 'approve', 'deny', 'revoke')),
        { minLength: 1, maxLength: 4 },
      ),
    })
    let sent = 0
    await holds(
      run,
      async ({ scheduler, outcomes, voters }) => {
        let live = false
        const desk = await testApprovals([], 3_600_000, (what) =>
          live ? scheduler.schedule(Promise.resolve(), what) : Promise.resolve(),
        )
        const upstream = new Map<string, string[]>()
        const ended = [...outcomes]
        const { review } = await desk.approvals.claim(asked(), PAYLOAD)
        const exchange = async (): Promise<void> => {
          for (let turn = 0; turn < 3; turn += 1) {
            const ask = asked()
            const claim = await desk.approvals.claim(ask, PAYLOAD)
            if (claim.kind !== 'granted') continue
            const { id } = claim.review
            const outcome = ended.pop() ?? 'consumed'
            upstream.set(id, [...(upstream.get(id) ?? []), outcome])
            await scheduler.schedule(Promise.resolve(), 'answer')
            await desk.approvals.settleUse(id, ask.decisionId, outcome)
          }
        }
        const reviewer = async (who: number, verb: string): Promise<void> => {
          const voter = { id: `iss|${who}`, groups: ['privacy-officers'] }
          try {
            if (verb === 'revoke') await desk.approvals.revoke(review.id, voter, 'x')
            else await desk.approvals.vote(review.id, voter, verb as 'approve' | 'deny', 'x')
          } catch (error) {
            assert.ok(error instanceof GatewayError && error.code === 'conflict')
          }
        }
        try {
          live = true
          const all = [
            ...Array.from({ length: CLAIMANTS }, exchange),
            ...voters.map(([who, verb]) => reviewer(who, verb)),
          ]
          await scheduler.waitFor(Promise.all(all))
          live = false
          for (const one of await desk.approvals.list(undefined)) {
            check(one, upstream.get(one.id) ?? [])
          }
          sent += [...upstream.values()].flat().length
          const told = desk.records.map(({ custom }) => `${custom.review} ${custom.reviewStatus}`)
          assert.equal(new Set(told).size, told.length, 'each change is told once')
        } finally {
          desk.close()
        }
      },
      { runs: 150, within: 30_000 },
    )
    assert.ok(sent > 30, `only ${sent} went upstream: this looks at nothing`)
  })
})

function check({ status, grant }: Review, upstream: readonly string[]): void {
  const counted = upstream.filter((outcome) => outcome !== 'returned')
  assert.ok(counted.length <= 1, `${counted.length} of one grant`)
  if (upstream.length > 0) assert.equal(status, 'approved')
  assert.deepEqual(grant?.uses.map((use) => use.status) ?? [], upstream)
  assert.equal(grant?.used ?? 0, counted.length)
}
