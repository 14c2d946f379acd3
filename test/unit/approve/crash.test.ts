import assert from 'node:assert/strict'
import {
  asked,
  OFFICER,
  PAYLOAD,
  testApprovals,
  type TestApprovals,
} from '../../support/approvals.ts'

/** Until the process is killed; then nothing comes back any more. */
interface Life {
  /** How many steps it lives. */
  readonly steps: number
  taken: number
  readonly death: PromiseWithResolvers<void>
}

/** A request that is approved and goes upstream, in a process that is killed before one of its steps. */
async function lifeOf(
  desk: TestApprovals,
  step: (what: string) => Promise<void>,
  forwarded: string[],
): Promise<void> {
  const ask = asked()
  const { review } = await desk.approvals.claim(ask, PAYLOAD)
  await desk.approvals.vote(review.id, OFFICER, 'approve', 'seen')
  await forward(desk, ask, step, forwarded)
}

async function forward(
  desk: TestApprovals,
  ask: ReturnType<typeof asked>,
  step: (what: string) => Promise<void>,
  forwarded: string[],
): Promise<void> {
  const claim = await desk.approvals.claim(ask, PAYLOAD)
  if (claim.kind !== 'granted') return
  const { id } = claim.review
  await step('record of the use')
  // What is on disk when the first byte goes.
  const stored = (await desk.store.reviews.get(id))?.review.grant?.uses
  const use = stored?.find(({ decisionId }) => decisionId === ask.decisionId)
  assert.equal(use?.status, 'consuming')
  assert.ok(desk.records.some(({ custom }) => custom.reviewStatus === 'approved'))
  forwarded.push(ask.decisionId)
  await step('answer')
  await step('record of the completion')
  await desk.approvals.settleUse(id, ask.decisionId, 'consumed')
}

describe('a process that is killed between approval and forward', () => {
  it('forwards once at most, whichever step it was killed at, and says what it does not know', async () => {
    const outcomes = new Map<string, number>()
    let died = true
    for (let steps = 0; died; steps += 1) {
      const life: Life = { steps, taken: 0, death: Promise.withResolvers() }
      let alive = false
      const step = async (): Promise<void> => {
        if (!alive) return
        if (life.taken >= life.steps) {
          life.death.resolve()
          await new Promise(() => {})
        }
        life.taken += 1
      }
      const desk = await testApprovals([], 3_600_000, step)
      alive = true
      const forwarded: string[] = []
      try {
        const ran = lifeOf(desk, step, forwarded).then(() => 'done')
        died = (await Promise.race([ran, life.death.promise])) !== 'done'
        alive = false
        const before = forwarded.length
        await desk.restart()
        const again = asked()
        await forward(desk, again, async () => {}, forwarded)
        assert.ok(forwarded.length <= 1, `${forwarded.length} times, killed at step ${steps}`)
        const [review] = await desk.approvals.list('approved')
        const first = review?.grant?.uses[0]?.status ?? 'none'
        const key = `${first}, forwarded ${before} before and ${forwarded.length - before} after`
        outcomes.set(key, (outcomes.get(key) ?? 0) + 1)
        // Nothing that may have reached the upstream is called unused.
        if (before === 1) assert.ok(first === 'outcome-unknown' || first === 'consumed')
        const told = desk.records.some(({ custom }) => custom.use === 'outcome-unknown')
        assert.equal(told, first === 'outcome-unknown')
        const all = (await desk.store.reviews.unfinished()).filter(({ owed }) => owed !== undefined)
        assert.deepEqual(all, [])
      } finally {
        desk.close()
      }
    }
    assert.deepEqual([...outcomes.keys()].toSorted(), [
      'consumed, forwarded 0 before and 1 after',
      'consumed, forwarded 1 before and 0 after',
      'none, forwarded 0 before and 0 after',
      'outcome-unknown, forwarded 0 before and 0 after',
      'outcome-unknown, forwarded 1 before and 0 after',
    ])
  })
})
