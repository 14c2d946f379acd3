import assert from 'node:assert/strict'
import { ask, startTestGateway, UNHURRIED } from '../support/gateway.ts'

describe('many callers', () => {
  it('answers and records each of 2,000 callers, many at once', async function () {
    this.timeout(120_000)
    const gateway = await startTestGateway({
      limits: { ...UNHURRIED, perPrincipal: { concurrent: 40 } },
    })
    const answers: { readonly id: string | null; readonly status: number }[] = []
    for (let batch = 0; batch < 10; batch += 1) {
      const all = Array.from({ length: 200 }, async (_, index) => {
        const response = await gateway.post(ask(`note no. ${batch * 200 + index}`))
        await response.text()
        const { status } = response
        answers.push({ id: response.headers.get('x-phigate-decision-id'), status })
      })
      await Promise.all(all)
    }
    assert.equal(answers.length, 2000)
    const statuses = new Set(answers.map(({ status }) => status))
    assert.deepEqual(
      [...statuses].toSorted((a, b) => a - b),
      [200, 429],
    )
    const outcomes = new Map(
      gateway
        .records()
        .filter(({ custom }) => custom.kind === 'decision')
        .map((record) => [record.decision_id, record.result?.outcome]),
    )
    assert.equal(outcomes.size, 2000)
    for (const { id, status } of answers) {
      assert.equal(outcomes.get(id ?? ''), status === 200 ? 'allow' : 'deny')
    }
    const completed = gateway.records().filter(({ custom }) => custom.kind === 'completion')
    assert.equal(completed.length, answers.filter(({ status }) => status === 200).length)
    await gateway.stop()
  })
})
