import assert from 'node:assert/strict'
import type { AuditLog, UnchainedRecord } from '../../../src/domain/index.ts'
import { createRefusedTokens, type RefusedTokens } from '../../../src/identity/index.ts'

const ISSUER = 'https://issuer.example'
const MINUTE = 60_000

describe('refused tokens', () => {
  let now: number
  let timers: { at: number; run: () => void }[]
  let written: UnchainedRecord['custom'][]
  let broken: boolean
  let refused: RefusedTokens

  const audit: AuditLog = {
    append: async (record) => {
      if (broken) throw new Error('no room')
      assert.deepEqual(record.labels, { app: 'phigate' })
      written.push(record.custom)
      return { seq: written.length, hash: '', bodySha256: undefined }
    },
    healthy: () => true,
    close: async () => {},
  }

  beforeEach(() => {
    now = 1_000_000
    timers = []
    written = []
    broken = false
    refused = createRefusedTokens({
      audit,
      labels: { app: 'phigate' },
      clock: { now: () => now },
      later: (ms, run) => {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((one) => one !== timer)
        }
      },
    })
  })

  async function pass(ms: number): Promise<void> {
    now += ms
    const due = timers.filter(({ at }) => at <= now)
    timers = timers.filter(({ at }) => at > now)
    for (const { run } of due) run()
    await new Promise((resolve) => setImmediate(resolve))
  }

  it('are one record a minute, with numbers by issuer and reason', async () => {
    for (let index = 0; index < 1000; index += 1) refused.count('expired', ISSUER)
    refused.count('bad-signature', ISSUER)
    await pass(MINUTE - 1)
    refused.count('malformed', undefined)
    assert.deepEqual(written, [])
    await pass(1)
    assert.deepEqual(written, [
      {
        kind: 'refused-tokens',
        durationMs: MINUTE,
        refused: { [ISSUER]: { expired: 1000, 'bad-signature': 1 }, unknown: { malformed: 1 } },
      },
    ])
  })

  it('begin anew after a record, and leave none where nobody was refused', async () => {
    refused.count('expired', ISSUER)
    await pass(MINUTE)
    await pass(10 * MINUTE)
    assert.equal(written.length, 1)
    refused.count('no-credential', undefined)
    await pass(MINUTE)
    assert.deepEqual(written[1]?.refused, { unknown: { 'no-credential': 1 } })
    assert.equal(written[1]?.durationMs, MINUTE)
  })

  it('are recorded at the stop, and not counted after it', async () => {
    refused.count('expired', ISSUER)
    now += 10
    await refused.close()
    assert.deepEqual(written[0]?.refused, { [ISSUER]: { expired: 1 } })
    assert.equal(written[0]?.durationMs, 10)
    assert.deepEqual(timers, [])
    refused.count('expired', ISSUER)
    await refused.close()
    assert.equal(written.length, 1)
  })

  it('are not lost while the log cannot be written', async () => {
    refused.count('expired', ISSUER)
    broken = true
    await pass(MINUTE)
    refused.count('expired', ISSUER)
    broken = false
    await pass(MINUTE)
    assert.deepEqual(written, [
      { kind: 'refused-tokens', durationMs: 2 * MINUTE, refused: { [ISSUER]: { expired: 2 } } },
    ])
  })

  it('do not keep the stop from happening when the log cannot be written', async () => {
    refused.count('expired', ISSUER)
    broken = true
    await refused.close()
    assert.deepEqual([written, timers], [[], []])
  })
})
