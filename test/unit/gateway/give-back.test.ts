import assert from 'node:assert/strict'
import type { UnchainedRecord } from '../../../src/domain/index.ts'
import { GatewayError } from '../../../src/domain/index.ts'
import type { Exchange, GatewayParts } from '../../../src/gateway/exchange.ts'
import { orGiveBack } from '../../../src/gateway/hold.ts'

describe('the use of a grant, before the first byte upstream', () => {
  let logFails: boolean
  let records: UnchainedRecord[]
  let settled: unknown[]
  let gone: AbortController

  beforeEach(() => {
    logFails = false
    records = []
    settled = []
    gone = new AbortController()
  })

  const act = (work: () => Promise<string>): Promise<string | undefined> => {
    const parts = {
      audit: {
        append: async (record: UnchainedRecord) => {
          if (logFails) throw new GatewayError('audit-unavailable', 'disk full')
          records.push(record)
        },
      },
      approvals: { settleUse: async (...args: unknown[]) => void settled.push(args) },
    } as unknown as GatewayParts
    const exchange = {
      decisionId: 'dec_1',
      connection: 'claude',
      labels: {},
      principal: { id: 'iss|svc' },
      requestNumber: 1,
      signal: gone.signal,
    } as unknown as Exchange
    return orGiveBack(
      parts,
      exchange,
      { policyRevision: 'abc', sessionLabel: 'ses_1' },
      'rev_1',
      work,
    )
  }
  const RETURNED = [['rev_1', 'dec_1', 'returned']]

  it('stays when nothing comes in between', async () => {
    assert.equal(await act(async () => 'done'), 'done')
    assert.deepEqual([settled, records], [[], []])
  })

  it('is given back when the request cannot be recorded, whatever the log does', async () => {
    for (const fails of [false, true]) {
      logFails = fails
      settled = []
      const failing = act(async () => {
        throw new GatewayError('audit-unavailable', 'disk full')
      })
      await assert.rejects(failing, { code: 'audit-unavailable' })
      assert.deepEqual(settled, RETURNED)
    }
    assert.deepEqual(
      records.map(({ custom }) => [custom.kind, custom.end, custom.use, custom.review]),
      [['completion', 'interrupted', 'returned', 'rev_1']],
    )
  })

  it('is given back when the client has gone, and the exchange ends', async () => {
    const ended = act(async () => {
      gone.abort()
      return 'done'
    })
    assert.equal(await ended, undefined)
    assert.deepEqual(settled, RETURNED)
  })

  it('is given back when phigate ends the exchange, which is told why', async () => {
    const ended = act(async () => {
      gone.abort(new GatewayError('principal-blocked', 'blocked'))
      return 'done'
    })
    await assert.rejects(ended, { code: 'principal-blocked' })
    assert.deepEqual(settled, RETURNED)
  })
})
