import assert from 'node:assert/strict'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditLog } from '../../../src/record/adapters/winston-log.ts'
import {
  checkpointSigner,
  verifyFolder,
  type AuditLogOptions,
  type OwnAuditLog,
} from '../../../src/record/index.ts'
import { publicKeysOf } from '../../../src/record/checkpoint.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'
import { sampleRecord } from '../../support/audit-records.ts'
import { CHECKPOINT_KEY } from '../../support/checkpoint-key.ts'
import { eventually } from '../../support/exchanges.ts'

describe('the signing of a log that goes wrong', () => {
  const folder = temporaryFolders()
  let directory: string
  let broken: boolean
  let signed: number
  let told: string[]
  let log: OwnAuditLog

  const start = async (more: Partial<AuditLogOptions> = {}): Promise<void> => {
    const sign = checkpointSigner(CHECKPOINT_KEY)
    log = await openAuditLog({
      directory,
      clock: { now: () => Date.UTC(2026, 10, 22) },
      labels: {},
      sign: (head, time) => {
        signed += 1
        if (broken) throw Object.assign(new Error('key of Jorvina'), { code: 'EKEY' })
        return sign(head, time)
      },
      onSigning: (state, problem) => told.push(`${state} ${problem}`.trim()),
      checkpointRecords: 3,
      checkpointMs: 30,
      ...more,
    })
  }
  beforeEach(() => {
    directory = folder()
    broken = false
    signed = 0
    told = []
  })
  const append = async (count: number): Promise<void> => {
    for (let at = 0; at < count; at += 1) await log.append(sampleRecord(at))
  }

  it('is told once, counted, made up for by the next checkpoint, and told again', async () => {
    await start()
    broken = true
    await append(4)
    await eventually(() => assert.ok(log.signing().failures > 1))
    assert.deepEqual(told, ['failing EKEY'])
    assert.equal(log.signing().state, 'failing')
    assert.equal(log.checkpoint(), undefined)
    assert.equal(log.healthy(), true)
    broken = false
    await eventually(() => assert.equal(log.checkpoint()?.seq, 4))
    assert.deepEqual(told, ['failing EKEY', 'working'])
    assert.equal(log.signing().state, 'working')
    await log.close()
    const keys = publicKeysOf([CHECKPOINT_KEY])
    const verified = await verifyFolder(directory, { keys })
    assert.ok(verified.ok)
    assert.equal(verified.covered, 4)
  })

  it('is tried again by the clock, not by every record', async () => {
    await start({ checkpointMs: 1e6 })
    broken = true
    await append(50)
    assert.equal(signed, 1)
    await log.close()
    assert.equal(signed, 2)
  })

  it('is told where the file cannot be written, and where the last one cannot at the end', async () => {
    await start()
    await append(1)
    await eventually(() => assert.equal(log.checkpoint()?.seq, 1))
    const file = join(directory, 'audit.checkpoints')
    renameSync(file, `${file}.moved`)
    writeFileSync(file, '')
    await append(1)
    await eventually(() => assert.deepEqual(told, ['failing the file was replaced']))
    renameSync(`${file}.moved`, file)
    await eventually(() => assert.equal(log.checkpoint()?.seq, 2))
    await append(1)
    broken = true
    await log.close()
    assert.deepEqual(told.slice(1), ['working', 'failing EKEY'])
  })
})
