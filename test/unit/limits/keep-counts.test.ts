import assert from 'node:assert/strict'
import type { DayCount, DayCounters } from '../../../src/domain/index.ts'
import { createLimiter, keepCounts } from '../../../src/limits/index.ts'
import { eventually } from '../../support/exchanges.ts'

const CALLER = { principal: 'https://issuer.example|a', connection: 'claude' }
const clock = { now: () => Date.parse('2026-11-22T12:00:00Z') }

describe('keeping counts', () => {
  let saved: DayCount[]
  let broken: boolean
  let forgotten: string[]
  const counters: DayCounters = {
    load: async () => [],
    add: async (_day, counts) => {
      if (broken) throw new Error('the disk is full')
      saved.push(...counts)
    },
    forgetBefore: async (day) => {
      forgotten.push(day)
    },
  }
  beforeEach(() => {
    saved = []
    broken = false
    forgotten = []
  })

  it('stores by itself, and what is left at the end', async () => {
    const limiter = createLimiter({ perPrincipal: {}, overrides: [] }, clock)
    const keeper = keepCounts(limiter, counters, () => assert.fail('it failed'))
    limiter.enter(CALLER).tokens(5)
    await eventually(() => assert.deepEqual(saved, [{ ...CALLER, tokens: 5, patients: [] }]))
    limiter.enter(CALLER).tokens(7)
    await keeper.stop()
    assert.deepEqual(saved.at(-1), { ...CALLER, tokens: 7, patients: [] })
    assert.equal(saved.length, 2)
  })

  it('forgets what is older than the day before, once a day', async () => {
    let now = clock.now()
    const limiter = createLimiter({ perPrincipal: {}, overrides: [] }, { now: () => now })
    const keeper = keepCounts(limiter, counters, () => assert.fail('it failed'))
    const place = limiter.enter(CALLER)
    for (const hours of [0, 1, 24]) {
      now = clock.now() + hours * 3_600_000
      const before = saved.length
      place.tokens(1)
      await eventually(() => assert.equal(saved.length, before + 1))
    }
    await keeper.stop()
    assert.deepEqual(forgotten, ['2026-11-21', '2026-11-22'])
  })

  it('loses nothing while it cannot store', async () => {
    let failures = 0
    const limiter = createLimiter({ perPrincipal: {}, overrides: [] }, clock)
    const keeper = keepCounts(limiter, counters, () => (failures += 1))
    broken = true
    limiter.enter(CALLER).tokens(5)
    await eventually(() => assert.ok(failures > 0))
    limiter.enter(CALLER).tokens(7)
    broken = false
    await keeper.stop()
    assert.equal(
      saved.map(({ tokens }) => tokens).reduce((a, b) => a + b),
      12,
    )
  })
})
