import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { appendFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditLog, type OwnAuditLog } from '../../../src/record/adapters/winston-log.ts'
import {
  checkpointSigner,
  logSearch,
  parseQuery,
  verifyFolder,
  type Verification,
} from '../../../src/record/index.ts'
import { openAuditIndex } from '../../../src/store/index.ts'
import { faultyIo, steppingClock, temporaryFolders } from '../../support/audit-fixtures.ts'
import { sampleRecord } from '../../support/audit-records.ts'
import { CHECKPOINT_KEY, PUBLIC_KEYS } from '../../support/checkpoint-key.ts'
import { writeSignedLog } from '../../support/signed-log.ts'

const SMALL = { segmentBytes: 900 }

describe('a log in several files', () => {
  const folder = temporaryFolders()
  const check = (directory: string): Promise<Verification> =>
    verifyFolder(directory, { keys: PUBLIC_KEYS })
  const countOf = async (directory: string): Promise<number> => {
    const result = await check(directory)
    return result.ok && !result.torn ? result.records : -1
  }
  const segments = (directory: string): string[] =>
    readdirSync(directory).filter((name) => name.endsWith('.ndjson'))
  const open = (directory: string, more: object = {}): Promise<OwnAuditLog> =>
    openAuditLog({
      directory,
      clock: steppingClock(),
      labels: {},
      sign: checkpointSigner(CHECKPOINT_KEY),
      ...SMALL,
      ...more,
    })

  it('begins a new file when one is full, named by its records, and signs where they meet', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 5, SMALL)
    assert.deepEqual(segments(directory), [
      'audit-000000000001-000000000002.ndjson',
      'audit-000000000003-000000000004.ndjson',
      'audit.ndjson',
    ])
    const signed = readFileSync(join(directory, 'audit.checkpoints'), 'utf8').trim().split('\n')
    assert.deepEqual(
      signed.map((line) => (JSON.parse(line) as { seq: number }).seq),
      [2, 4, 5],
    )
    assert.equal(await countOf(directory), 5)
  })

  it('begins a new file when the records of one become old, over a restart as well', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 1, { segmentMs: 3_600_000 })
    const later = steppingClock(Date.UTC(2026, 10, 22, 2))
    await writeSignedLog(directory, 2, 2, { segmentMs: 3_600_000, clock: later })
    assert.deepEqual(segments(directory), [
      'audit-000000000001-000000000001.ndjson',
      'audit.ndjson',
    ])
    // A clock that is set back makes no file old.
    await writeSignedLog(directory, 3, 3, { segmentMs: 3_600_000 })
    assert.equal(segments(directory).length, 2)
    assert.equal(await countOf(directory), 3)
  })

  it('goes on after a crash between the closing of a file and the next one', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 2)
    const current = join(directory, 'audit.ndjson')
    renameSync(current, join(directory, 'audit-000000000001-000000000002.ndjson'))
    assert.equal(await countOf(directory), 2)
    await writeSignedLog(directory, 3, 3)
    assert.equal(await countOf(directory), 3)
    writeFileSync(current, '')
    rmSync(join(directory, 'audit.checkpoints'))
    await writeSignedLog(directory, 3, 4)
    assert.equal(await countOf(directory), 4)
  })

  it('moves a torn first line of a new file aside', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 2)
    const current = join(directory, 'audit.ndjson')
    renameSync(current, join(directory, 'audit-000000000001-000000000002.ndjson'))
    writeFileSync(current, '{"decision_id":"dec_3"')
    await writeSignedLog(directory, 4, 4)
    assert.ok(existsSync(join(directory, 'audit.torn-3')))
    assert.equal(await countOf(directory), 4)
  })

  it('goes on in the same file while a checkpoint or a new name cannot be had', async () => {
    const directory = folder()
    const log = await open(directory)
    await log.append(sampleRecord(1))
    await log.append(sampleRecord(2))
    // The name that the file would get is taken by a folder.
    const taken = join(directory, 'audit-000000000001-000000000002.ndjson')
    mkdirSync(join(taken, 'inner'), { recursive: true })
    await log.append(sampleRecord(3))
    rmSync(taken, { recursive: true })
    assert.deepEqual(segments(directory), ['audit.ndjson'])
    await log.close()
    await writeSignedLog(directory, 4, 4, SMALL)
    assert.equal(segments(directory).length, 2)
    assert.equal(await countOf(directory), 4)
  })

  it('loses no record when writes fail around the change of files', async () => {
    for (const fault of ['enospc', 'short', 'torn'] as const) {
      for (let at = 1; at < 12; at += 1) {
        const directory = folder()
        const io = faultyIo()
        const log = await open(directory, { io, probeMs: 5 })
        io.faults.push(...Array.from({ length: at }, () => 'ok' as const), fault)
        const acknowledged: number[] = []
        for (let number = 1; number <= 7; number += 1) {
          const receipt = await log.append(sampleRecord(number)).catch(() => undefined)
          if (receipt !== undefined) acknowledged.push(receipt.seq)
        }
        await log.close()
        const result = await check(directory)
        assert.equal(
          result.ok && !result.torn && result.records,
          acknowledged.length,
          `${fault} ${at}`,
        )
      }
    }
  })

  it('does not open where records are missing that a checkpoint covers', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 5, SMALL)
    rmSync(join(directory, 'audit.ndjson'))
    await assert.rejects(open(directory), /ends at record 4, its last checkpoint is of record 5/)
    rmSync(join(directory, 'audit-000000000003-000000000004.ndjson'))
    await assert.rejects(open(directory), /cut short/)
  })

  it('does not open behind a closed file that does not end as its name says', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 5, SMALL)
    const closed = join(directory, 'audit-000000000003-000000000004.ndjson')
    const good = readFileSync(closed)
    const half = good.indexOf('\n') + 1
    truncateSync(closed, half)
    await assert.rejects(open(directory), /does not end with record 4/)
    truncateSync(closed, 0)
    await assert.rejects(open(directory), /no record in it/)
    writeFileSync(closed, `${good.toString()}torn`)
    await assert.rejects(open(directory), /does not end with record 4/)
  })

  it('cuts off a checkpoint that a crash tore, and does not open behind one that is none', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 2)
    const path = join(directory, 'audit.checkpoints')
    const good = readFileSync(path, 'utf8')
    appendFileSync(path, good.slice(0, 100))
    assert.equal(await countOf(directory), 2)
    await writeSignedLog(directory, 3, 3)
    assert.equal(readFileSync(path, 'utf8').split('\n').length, 3)
    assert.equal(await countOf(directory), 3)
    appendFileSync(path, 'nothing\n')
    await assert.rejects(open(directory), /last line is no checkpoint/)
  })

  it('holds and finds records whose clock went back, in the order in which they were written', async () => {
    const directory = folder()
    let now = Date.UTC(2026, 10, 22)
    const clock = {
      now: () => {
        now -= 60_000
        return now
      },
    }
    await writeSignedLog(directory, 1, 7, { ...SMALL, clock })
    await writeSignedLog(directory, 8, 9, SMALL)
    assert.equal(await countOf(directory), 9)
    const index = openAuditIndex(':memory:')
    const search = logSearch(directory, index)
    const seqs = async (asked: Record<string, string>): Promise<number[]> =>
      (await search.find(parseQuery(asked))).map(({ custom }) => custom.seq)
    assert.deepEqual(await seqs({}), [9, 8, 7, 6, 5, 4, 3, 2, 1])
    assert.deepEqual(await seqs({ from: '2026-11-22' }), [9, 8])
    assert.equal((await seqs({ to: '2026-11-22' })).length, 7)
    index.close()
  })

  it('signs after so many records and after so long, without being told to', async () => {
    const directory = folder()
    const log = await open(directory, { segmentBytes: 1e6, checkpointRecords: 3, checkpointMs: 10 })
    await log.append(sampleRecord(1))
    while (log.checkpoint()?.seq !== 1) await new Promise((resolve) => setTimeout(resolve, 5))
    await log.close()
    const other = folder()
    const busy = await open(other, { segmentBytes: 1e6, checkpointRecords: 3, checkpointMs: 1e6 })
    for (let number = 1; number <= 3; number += 1) await busy.append(sampleRecord(number))
    while (busy.checkpoint()?.seq !== 3) await new Promise((resolve) => setTimeout(resolve, 5))
    await busy.close()
  })
})
