import assert from 'node:assert/strict'
import {
  GatewayError,
  type AuditLog,
  type Block,
  type BlockStore,
  type UnchainedRecord,
} from '../../../src/domain/index.ts'
import { openBlockDesk, openBlocks } from '../../../src/limits/index.ts'

const ID = 'https://issuer.example|svc'
const ISSUERS = [new URL('https://issuer.example'), new URL('https://issuer.example/realm')]
const ASKED = { id: ID, reason: 'stolen', by: 'https://issuer.example|admin' }

function storeOf(blocks: Map<string, Block>, broken = false): BlockStore {
  return {
    list: async () => [...blocks.values()],
    put: async (block) => {
      if (broken) throw new Error('the disk is full')
      blocks.set(block.id, block)
    },
    remove: async (id) => {
      blocks.delete(id)
    },
  }
}

function auditOf(records: UnchainedRecord[], broken = false): AuditLog {
  return {
    append: async (record) => {
      if (broken) throw new GatewayError('audit-unavailable', 'no')
      records.push(record)
      return { seq: records.length, hash: '', bodySha256: undefined }
    },
    healthy: () => true,
    close: async () => {},
  }
}

const caller = (
  id = ID,
  onBehalfOf: string | null = null,
): { id: string; onBehalfOf: string | null } => ({
  id,
  onBehalfOf,
})
const isBlocked = { code: 'principal-blocked', status: 451 }

describe('blocks', () => {
  it('keep a principal out, and whoever acts for it', async () => {
    const blocks = await openBlocks(storeOf(new Map()))
    await blocks.block({ ...ASKED, at: 1 })
    assert.throws(() => blocks.enter(caller(), () => {}), isBlocked)
    assert.throws(() => blocks.enter(caller('other', ID), () => {}), isBlocked)
    blocks.enter(caller('other'), () => {})
    await blocks.unblock(ID)
    blocks.enter(caller(), () => {})
  })

  it('tell the open exchanges of the principal, and those that have ended no more', async () => {
    const blocks = await openBlocks(storeOf(new Map()))
    const told: string[] = []
    blocks.enter(caller(), ({ code }) => told.push(`first ${code}`))
    blocks.enter(caller('other'), () => told.push('other'))
    blocks.enter(caller('other', ID), () => told.push('acting'))
    blocks.enter(caller(), () => told.push('ended'))()
    await blocks.block({ ...ASKED, at: 1 })
    assert.deepEqual(told, ['first principal-blocked', 'acting'])
  })

  it('are those of the store after a restart', async () => {
    const stored = new Map<string, Block>()
    await (await openBlocks(storeOf(stored))).block({ ...ASKED, at: 1 })
    const again = await openBlocks(storeOf(stored))
    assert.deepEqual(again.list(), [{ ...ASKED, at: 1 }])
    assert.throws(() => again.enter(caller(), () => {}), isBlocked)
  })

  const desk = async (
    records: UnchainedRecord[],
    broken: { audit?: boolean; store?: boolean } = {},
  ): Promise<ReturnType<typeof openBlockDesk> & { isOut(): boolean }> => {
    const blocks = await openBlocks(storeOf(new Map(), broken.store))
    const audit = auditOf(records, broken.audit)
    const clock = { now: () => 5 }
    return {
      ...openBlockDesk({ blocks, audit, clock, labels: { app: 'phigate' }, issuers: ISSUERS }),
      isOut: () => blocks.list().length === 1,
    }
  }

  it('are recorded with who and why, and their end too', async () => {
    const records: UnchainedRecord[] = []
    const one = await desk(records)
    await one.block(ASKED)
    assert.ok(one.isOut())
    await one.unblock({ ...ASKED, reason: 'found again' })
    assert.ok(!one.isOut())
    const labels = { app: 'phigate' }
    assert.deepEqual(records, [
      {
        labels,
        requested_by: ASKED.by,
        custom: { kind: 'principal-blocked', principal: ID, detail: 'stolen' },
      },
      {
        labels,
        requested_by: ASKED.by,
        custom: { kind: 'principal-unblocked', principal: ID, detail: 'found again' },
      },
    ])
  })

  it('are refused for an id that no caller can have', async () => {
    const records: UnchainedRecord[] = []
    const one = await desk(records)
    for (const id of [
      'svc-triage',
      'https://issuer.example|',
      'https://other.example|x',
      '|x',
      '',
    ]) {
      const refused = {
        code: 'invalid-request',
        message: /ISSUER\|SUBJECT.*https:\/\/issuer\.example/,
      }
      await assert.rejects(one.block({ ...ASKED, id }), refused)
    }
    assert.ok(!one.isOut())
    assert.equal(records.length, 0)
    await one.block({ ...ASKED, id: 'https://issuer.example/realm|a|b' })
    assert.ok(one.isOut())
  })

  it('hold even when they cannot be recorded or stored, and are then told as failed', async () => {
    const unrecorded = await desk([], { audit: true })
    await assert.rejects(unrecorded.block(ASKED), { code: 'audit-unavailable' })
    assert.ok(unrecorded.isOut())
    await assert.rejects(unrecorded.unblock(ASKED), { code: 'audit-unavailable' })
    assert.ok(unrecorded.isOut())
    const records: UnchainedRecord[] = []
    const unstored = await desk(records, { store: true })
    await assert.rejects(unstored.block(ASKED), { code: 'internal' })
    assert.ok(unstored.isOut())
    assert.equal(records.length, 1)
  })
})
