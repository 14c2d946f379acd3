import assert from 'node:assert/strict'
import { GatewayError, type DayCount } from '../../../src/domain/index.ts'
import { createLimiter, type LimitRules } from '../../../src/limits/index.ts'

const NOON = Date.parse('2026-11-22T12:00:00Z')
const HOUR = 3_600_000
const A = { principal: 'https://issuer.example|a', connection: 'claude' }
const B = { principal: 'https://issuer.example|b', connection: 'claude' }

/** A limiter with a clock that the test moves. */
function limited(
  perPrincipal: LimitRules['perPrincipal'],
  overrides: LimitRules['overrides'] = [],
  stored?: ReadonlyMap<string, readonly DayCount[]>,
): ReturnType<typeof createLimiter> & { at(ms: number): void } {
  let now = NOON
  const limiter = createLimiter({ perPrincipal, overrides }, { now: () => now }, stored)
  return {
    ...limiter,
    at: (ms) => {
      now = NOON + ms
    },
  }
}

/** The code and the seconds with which a call is refused. */
function refusal(call: () => unknown): readonly unknown[] {
  try {
    call()
  } catch (error) {
    assert.ok(error instanceof GatewayError)
    return [error.code, error.retryAfter]
  }
  return assert.fail('it was not refused')
}

describe('the limiter', () => {
  it('limits nothing where nothing is configured, and counts all the same', () => {
    const limiter = limited({})
    for (let n = 1; n <= 1000; n += 1) {
      assert.equal(limiter.enter(A).usage.requestsLastMinute, n)
    }
    assert.equal(limiter.uses()[0]?.concurrent, 1000)
  })

  it('lets in so many requests in any minute, and says when the next one may come', () => {
    const limiter = limited({ requestsPerMinute: 2 })
    limiter.at(900)
    limiter.enter(A).leave()
    limiter.at(10_000)
    limiter.enter(A).leave()
    for (const at of [10_000, 59_999, 60_899]) {
      limiter.at(at)
      const [code, wait] = refusal(() => limiter.enter(A))
      assert.equal(code, 'limit-requests-per-minute')
      assert.equal(Number(wait), 61 - Math.floor(at / 1000))
    }
    limiter.at(61_000)
    assert.equal(limiter.enter(A).usage.requestsLastMinute, 2)
    assert.deepEqual(
      refusal(() => limiter.enter(A)),
      ['limit-requests-per-minute', 10],
    )
  })

  it('does not count what it refused', () => {
    const limiter = limited({ requestsPerMinute: 1 })
    limiter.enter(A)
    for (let at = 0; at < 60_000; at += 1000) {
      limiter.at(at)
      refusal(() => limiter.enter(A))
    }
    limiter.at(61_000)
    limiter.enter(A)
  })

  it('counts each principal and each connection alone', () => {
    const limiter = limited({ requestsPerMinute: 1, concurrent: 1 })
    limiter.enter(A)
    limiter.enter(B)
    limiter.enter({ ...A, connection: 'claude-strict' })
    refusal(() => limiter.enter(A))
  })

  it('neither opens nor stops when its clock is set back or forth', () => {
    const limiter = limited({ requestsPerMinute: 1 })
    limiter.enter(A)
    limiter.at(-24 * HOUR)
    assert.deepEqual(
      refusal(() => limiter.enter(A)),
      ['limit-requests-per-minute', 61],
    )
    limiter.at(-24 * HOUR + 30_000)
    refusal(() => limiter.enter(A))
    limiter.at(-24 * HOUR + 61_000)
    limiter.enter(A)
    limiter.at(24 * HOUR)
    limiter.enter(A)
    limiter.at(0)
    refusal(() => limiter.enter(A))
    limiter.at(61_000)
    limiter.enter(A)
  })

  it('lets in so many at the same time, and takes a place back once', () => {
    const limiter = limited({ concurrent: 2 })
    const first = limiter.enter(A)
    limiter.enter(A)
    assert.deepEqual(
      refusal(() => limiter.enter(A)),
      ['limit-concurrent', 1],
    )
    first.leave()
    first.leave()
    limiter.enter(A)
    refusal(() => limiter.enter(A))
  })

  it('refuses for the rest of the day who has used up the tokens', () => {
    const limiter = limited({ tokensPerDay: 100 })
    limiter.enter(A).tokens(99)
    const last = limiter.enter(A)
    assert.equal(last.usage.tokensToday, 99)
    last.tokens(50)
    assert.deepEqual(
      refusal(() => limiter.enter(A)),
      ['limit-tokens-per-day', 12 * 3600],
    )
    limiter.enter(B)
    limiter.at(12 * HOUR - 1)
    assert.deepEqual(
      refusal(() => limiter.enter(A)),
      ['limit-tokens-per-day', 1],
    )
    limiter.at(12 * HOUR)
    assert.equal(limiter.enter(A).usage.tokensToday, 0)
    limiter.at(12 * HOUR - 1)
    refusal(() => limiter.enter(A))
  })

  it('counts a patient once a day, and takes all of a request or none', () => {
    const limiter = limited({ patientsPerDay: 3 })
    const place = limiter.enter(A)
    place.patients(['p1', 'p2', 'p1'])
    const code = 'limit-patients-per-day'
    assert.deepEqual(
      refusal(() => place.patients(['p3', 'p4'])),
      [code, 12 * 3600],
    )
    place.patients(['p3', 'p2'])
    place.patients(['p1', 'p2', 'p3'])
    place.patients([])
    refusal(() => limiter.enter(A).patients(['p4']))
    limiter.enter(B).patients(['p4'])
    assert.equal(
      limiter.uses().find(({ principal }) => principal === A.principal)?.patientsToday,
      3,
    )
    limiter.at(12 * HOUR)
    place.patients(['p4', 'p5', 'p6'])
  })

  it('keeps no patients of whom nobody asks for the number', () => {
    const limiter = limited({ tokensPerDay: 5 })
    limiter.enter(A).patients(['p1'])
    assert.equal(limiter.drain().size, 0)
  })

  it('goes before the general limit with what was configured for some callers', () => {
    const overrides = [
      { connection: 'claude', concurrent: 2 },
      { principal: A.principal, concurrent: 3 },
      { principal: A.principal, connection: 'other', requestsPerMinute: 1 },
    ]
    const limiter = limited({ concurrent: 1, requestsPerMinute: 9 }, overrides)
    const most = (caller: typeof A): number => {
      for (let n = 0; ; n += 1) {
        try {
          limiter.enter(caller)
        } catch {
          return n
        }
      }
    }
    assert.equal(most(A), 3)
    assert.equal(most(B), 2)
    assert.equal(most({ ...A, connection: 'other' }), 1)
    assert.equal(most({ ...B, connection: 'other' }), 1)
  })

  it('goes on after a restart with what it was given of the day, and gives each count once', () => {
    const limits = { tokensPerDay: 100, patientsPerDay: 2 }
    const before = limited(limits)
    const place = before.enter(A)
    place.tokens(60)
    place.patients(['p1'])
    const first = before.drain()
    place.tokens(40)
    place.patients(['p1', 'p2'])
    const second = before.drain()
    assert.equal(before.drain().size, 0)
    const [day = ''] = first.keys()
    assert.equal(day, '2026-11-22')
    const counts = [...(first.get(day) ?? []), ...(second.get(day) ?? [])]
    assert.deepEqual(counts, [
      { ...A, tokens: 60, patients: ['p1'] },
      { ...A, tokens: 40, patients: ['p2'] },
    ])
    const after = limited(limits, [], new Map([[day, counts]]))
    refusal(() => after.enter(A))
    after.at(12 * HOUR)
    after.enter(A).patients(['p3', 'p4'])
  })

  it('names the limit that was met, and nobody', () => {
    const limiter = limited({ requestsPerMinute: 1 })
    limiter.enter(A)
    assert.throws(() => limiter.enter(A), /1 requests a minute/)
    assert.throws(
      () => limiter.enter(A),
      (error: Error) => !error.message.includes('issuer.example'),
    )
  })
})
