import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { GatewayError } from '../../src/domain/index.ts'
import type { Review } from '../../src/schema/index.ts'
import { asked, HOUR, need, PAYLOAD, testApprovals } from '../support/approvals.ts'
import { holds } from '../support/property.ts'

/** What may follow what; everything else must be refused. */
const NEXT: Readonly<Record<Review['status'], readonly Review['status'][]>> = {
  pending: ['pending', 'approved', 'denied', 'expired', 'cancelled'],
  approved: ['approved'],
  denied: ['denied'],
  expired: ['expired'],
  cancelled: ['cancelled'],
}

const STEPS = [
  'claim',
  'approve',
  'deny',
  'revoke',
  'settle',
  'cancel',
  'later',
  'restart',
] as const

describe('any order of steps', function () {
  this.timeout(120_000)

  it('takes a review along its life only, and lets no more exchanges pass than were approved', async () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(...STEPS), fc.nat(3)), { maxLength: 40 })
    await holds(
      steps,
      async (all) => {
        const desk = await testApprovals()
        const before = new Map<string, Review['status']>()
        const open: { id: string; decisionId: string }[] = []
        const passed = new Map<string, number>()
        try {
          for (const [step, who] of all) {
            const [latest] = await desk.approvals.list(undefined)
            const voter = { id: `iss|${who}`, groups: ['privacy-officers'] }
            try {
              if (step === 'claim') {
                const ask = asked({ needs: [need({ min: 2 })] })
                const { kind, review } = await desk.approvals.claim(ask, PAYLOAD)
                if (kind === 'granted') {
                  passed.set(review.id, (passed.get(review.id) ?? 0) + 1)
                  open.push({ id: review.id, decisionId: ask.decisionId })
                }
              } else if (step === 'later') desk.now += HOUR / 4
              else if (step === 'restart') await desk.restart()
              else if (step === 'settle') {
                const use = open.pop()
                if (use !== undefined) {
                  await desk.approvals.settleUse(use.id, use.decisionId, 'consumed')
                }
              } else if (step === 'cancel') {
                await desk.approvals.cancelAll('iss|svc', 'iss|admin', 'blocked')
              } else if (latest !== undefined) {
                if (step === 'revoke') await desk.approvals.revoke(latest.id, voter, 'x')
                else await desk.approvals.vote(latest.id, voter, step, 'x')
              }
            } catch (error) {
              assert.ok(error instanceof GatewayError && error.code === 'conflict')
            }
            for (const { id, status, approvals } of await desk.approvals.list(undefined)) {
              assert.ok(NEXT[before.get(id) ?? 'pending'].includes(status))
              before.set(id, status)
              if (status === 'approved') {
                const persons = approvals.filter(({ verdict }) => verdict === 'approve')
                assert.equal(new Set(persons.map(({ by }) => by)).size, 2)
              }
            }
            for (const count of passed.values()) assert.ok(count <= 1)
          }
        } finally {
          desk.close()
        }
      },
      { runs: 60, within: 8000 },
    )
  })
})
