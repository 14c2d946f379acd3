import assert from 'node:assert/strict'
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AuditLog, UnchainedRecord } from '../../../src/domain/index.ts'
import { openAuditLog, type AuditLogOptions } from '../../../src/record/adapters/winston-log.ts'
import { verifyFolder, type Head, type Verification } from '../../../src/record/index.ts'
import { faultyIo, steppingClock, temporaryFolders } from '../../support/audit-fixtures.ts'
import { sampleRecord } from '../../support/audit-records.ts'

const UNAVAILABLE = { name: 'GatewayError', code: 'audit-unavailable' }

describe('audit log', () => {
  const folder = temporaryFolders()
  const open: AuditLog[] = []

  afterEach(async () => {
    for (const log of open.splice(0)) await log.close()
  })

  async function openLog(
    directory: string,
    options: Partial<AuditLogOptions> = {},
  ): Promise<AuditLog> {
    const log = await openAuditLog({ directory, clock: steppingClock(), labels: {}, ...options })
    open.push(log)
    return log
  }

  async function filled(directory: string, count: number): Promise<void> {
    const log = await openLog(directory)
    for (let number = 1; number <= count; number += 1) await log.append(sampleRecord(number))
    await log.close()
  }

  const fileOf = (directory: string): string => join(directory, 'audit.ndjson')

  function records(directory: string): Record<string, unknown>[] {
    const lines = readFileSync(fileOf(directory), 'utf8').split('\n').slice(0, -1)
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  }

  const customs = (directory: string): Record<string, unknown>[] =>
    records(directory).map((record) => record['custom'] as Record<string, unknown>)

  async function verified(directory: string, expectHead?: Head): Promise<Verification> {
    return verifyFolder(directory, { expectHead })
  }

  async function countOf(directory: string): Promise<number> {
    const result = await verified(directory)
    return result.ok && !result.torn ? result.records : -1
  }

  it('acknowledges a record with its place, and the file holds it by then', async () => {
    const directory = folder()
    const log = await openLog(directory)
    const receipt = await log.append(sampleRecord(1))
    assert.equal(receipt.seq, 1)
    assert.equal(receipt.bodySha256, sampleRecord(1).custom.bodySha256)
    assert.equal(customs(directory)[0]?.['hash'], receipt.hash)
    assert.equal((await verified(directory, receipt)).ok, true)
  })

  it('keeps file and folder from other users', async () => {
    const directory = join(folder(), 'data', 'audit')
    await filled(directory, 1)
    assert.equal(statSync(directory).mode & 0o777, 0o700)
    assert.equal(statSync(fileOf(directory)).mode & 0o777, 0o600)
  })

  it('acknowledges 500 concurrent records, each with its own place, in the order of the chain', async () => {
    const directory = folder()
    const log = await openLog(directory)
    const numbers = Array.from({ length: 500 }, (_, index) => index + 1)
    const receipts = await Promise.all(numbers.map((number) => log.append(sampleRecord(number))))
    assert.deepEqual(
      receipts.map(({ seq }) => seq),
      numbers,
    )
    const written = records(directory)
    assert.deepEqual(
      written.map((record) => record['req_id']),
      numbers,
    )
    const last = receipts.at(-1)
    assert.ok(last)
    assert.equal((await verified(directory, last)).ok, true)
  })

  it('shares writes between concurrent records', async () => {
    const io = faultyIo()
    const log = await openLog(folder(), { io })
    await Promise.all(Array.from({ length: 100 }, (_, number) => log.append(sampleRecord(number))))
    assert.ok(io.writes <= 10, `${io.writes} writes`)
  })

  it('writes a record as it was when it came', async () => {
    const directory = folder()
    const log = await openLog(directory)
    const record = sampleRecord(1)
    const appended = log.append(record)
    record.labels['service'] = 'changed'
    await appended
    assert.deepEqual(records(directory)[0]?.['labels'], { service: 'phigate' })
  })

  it('goes on with the chain after it was opened again', async () => {
    const directory = folder()
    await filled(directory, 3)
    const log = await openLog(directory)
    assert.equal((await log.append(sampleRecord(4))).seq, 4)
    assert.equal(await countOf(directory), 4)
  })

  it('goes on behind a record of a megabyte', async () => {
    const directory = folder()
    const log = await openLog(directory)
    await log.append(sampleRecord(1))
    await log.append({ ...sampleRecord(2), labels: { filler: 'x'.repeat(1 << 20) } })
    await log.close()
    const again = await openLog(directory)
    assert.equal((await again.append(sampleRecord(3))).seq, 3)
    assert.equal(await countOf(directory), 3)
  })

  it('refuses a record that does not fit the schema and writes nothing', async () => {
    const directory = folder()
    const log = await openLog(directory)
    const bad = { ...sampleRecord(1), custom: { kind: 'gossip' } } as unknown as UnchainedRecord
    await assert.rejects(log.append(bad), UNAVAILABLE)
    const placed = { kind: 'stop', seq: 9 } as UnchainedRecord['custom']
    await assert.rejects(log.append({ ...sampleRecord(1), custom: placed }), UNAVAILABLE)
    await log.append(sampleRecord(2))
    assert.equal(await countOf(directory), 1)
  })

  it('refuses records after it was closed', async () => {
    const log = await openLog(folder())
    await log.close()
    await assert.rejects(log.append(sampleRecord(1)), UNAVAILABLE)
  })

  it('writes what is under way before it closes', async () => {
    const directory = folder()
    const log = await openLog(directory)
    const appends = [1, 2, 3].map((number) => log.append(sampleRecord(number)))
    await log.close()
    assert.equal((await Promise.all(appends)).length, 3)
    assert.equal(await countOf(directory), 3)
  })

  for (const fault of ['enospc', 'short', 'torn'] as const) {
    it(`refuses every record of a failed write (${fault}), stays whole and works again`, async () => {
      const directory = folder()
      const io = faultyIo()
      const log = await openLog(directory, { io })
      await log.append(sampleRecord(1))
      io.faults.push(fault, fault, fault)
      const refused = [2, 3, 4].map((number) => log.append(sampleRecord(number)))
      await Promise.all(refused.map((append) => assert.rejects(append, UNAVAILABLE)))
      io.faults.length = 0
      assert.equal(log.healthy(), false)
      assert.equal(await countOf(directory), 1)
      const receipt = await log.append(sampleRecord(5))
      assert.equal(receipt.seq, 2)
      assert.equal(log.healthy(), true)
      assert.equal((await verified(directory, receipt)).ok, true)
      assert.deepEqual(
        records(directory).map((record) => record['req_id']),
        [1, 5],
      )
    })
  }

  it('writes nothing behind a torn line that it cannot cut off, and goes on once it can', async () => {
    const directory = folder()
    const io = faultyIo()
    const log = await openLog(directory, { io })
    await log.append(sampleRecord(1))
    io.faults.push('torn')
    io.truncateFails = true
    await assert.rejects(log.append(sampleRecord(2)), UNAVAILABLE)
    await assert.rejects(log.append(sampleRecord(3)), UNAVAILABLE)
    assert.equal(log.healthy(), false)
    assert.equal(io.writes, 2)
    io.truncateFails = false
    assert.equal((await log.append(sampleRecord(4))).seq, 2)
    assert.equal(await countOf(directory), 2)
  })

  it('loses no record when single batches fail under load', async () => {
    const directory = folder()
    const io = faultyIo()
    const log = await openLog(directory, { io })
    const outcomes: PromiseSettledResult<number>[] = []
    for (let round = 0; round < 20; round += 1) {
      if (round % 3 === 0) io.faults.push('ok', 'torn')
      const appends = Array.from({ length: 50 }, async (_, number) => {
        const receipt = await log.append(sampleRecord(round * 50 + number))
        return receipt.seq
      })
      outcomes.push(...(await Promise.allSettled(appends)))
    }
    const seqs = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    assert.equal(outcomes.length, 1000)
    assert.ok(seqs.length < 1000)
    assert.equal(new Set(seqs).size, seqs.length)
    assert.equal(await countOf(directory), seqs.length)
  })

  it('finds out by itself that the disk is back, leaving nothing in the log', async () => {
    const directory = folder()
    const io = faultyIo()
    const said: string[] = []
    const onHealth = (state: string, problem: string): void => {
      said.push(`${state} ${problem}`)
    }
    const log = await openLog(directory, { io, probeMs: 10, onHealth })
    await log.append(sampleRecord(1))
    io.faults.push('enospc', 'torn', 'enospc')
    await assert.rejects(log.append(sampleRecord(2)), UNAVAILABLE)
    for (let waited = 0; !log.healthy() && waited < 2000; waited += 10) await sleep(10)
    assert.equal(log.healthy(), true)
    // Once, however often it was tried.
    assert.deepEqual(said, ['failing ENOSPC', 'working '])
    assert.equal(io.faults.length, 0)
    assert.equal(await countOf(directory), 1)
    assert.equal((await log.append(sampleRecord(3))).seq, 2)
  })

  it('refuses a record that waits too long, and tells when it was written after all', async () => {
    const directory = folder()
    const io = faultyIo()
    const log = await openLog(directory, { io, timeoutMs: 1000 })
    await log.append(sampleRecord(1))
    io.faults.push('hang')
    const stuck = assert.rejects(log.append(sampleRecord(2)), UNAVAILABLE)
    await sleep(10)
    const behind = assert.rejects(log.append(sampleRecord(3)), UNAVAILABLE)
    await Promise.all([stuck, behind])
    assert.equal(log.healthy(), false)
    io.release()
    const receipt = await log.append(sampleRecord(4))
    assert.equal(log.healthy(), true)
    assert.deepEqual(
      customs(directory).map(({ kind }) => kind),
      ['decision', 'decision', 'recovery', 'decision'],
    )
    assert.match(String(customs(directory)[2]?.['detail']), /refused: records 2$/)
    assert.deepEqual(
      records(directory).map((record) => record['req_id']),
      [1, 2, undefined, 4],
    )
    assert.equal(receipt.seq, 4)
    assert.equal((await log.append(sampleRecord(5))).seq, 5)
    assert.equal((await verified(directory, receipt)).ok, true)
  })

  it('closes although a write hangs', async () => {
    const io = faultyIo()
    const log = await openLog(folder(), { io, timeoutMs: 1000 })
    io.faults.push('hang')
    const stuck = assert.rejects(log.append(sampleRecord(1)), UNAVAILABLE)
    await log.close()
    await stuck
    io.release()
  })

  it('refuses when somebody else wrote to the file, and does not touch what they wrote', async () => {
    const directory = folder()
    const log = await openLog(directory)
    await log.append(sampleRecord(1))
    appendFileSync(fileOf(directory), 'foreign\n')
    await assert.rejects(log.append(sampleRecord(2)), UNAVAILABLE)
    await assert.rejects(log.append(sampleRecord(3)), UNAVAILABLE)
    assert.ok(readFileSync(fileOf(directory), 'utf8').endsWith('}}\nforeign\n'))
  })

  it('refuses when the file was cut, moved away or replaced under it', async () => {
    const [cut, moved, replaced] = [folder(), folder(), folder()]
    const logs = [await openLog(cut), await openLog(moved), await openLog(replaced)]
    for (const log of logs) await log.append(sampleRecord(1))
    truncateSync(fileOf(cut), 10)
    renameSync(fileOf(moved), join(moved, 'audit.1.ndjson'))
    renameSync(fileOf(replaced), join(replaced, 'audit.1.ndjson'))
    copyFileSync(join(replaced, 'audit.1.ndjson'), fileOf(replaced))
    for (const log of logs) await assert.rejects(log.append(sampleRecord(2)), UNAVAILABLE)
    assert.equal(statSync(fileOf(cut)).size, 10)
  })

  it('moves a torn line aside at every length and tells so in the log', async function () {
    this.timeout(120_000)
    const directory = folder()
    await filled(directory, 3)
    const good = readFileSync(fileOf(directory))
    const start = good.lastIndexOf('\n', good.length - 2) + 1
    for (let end = start + 1; end < good.length; end += 7) {
      const copy = join(folder(), 'audit')
      mkdirSync(copy)
      writeFileSync(fileOf(copy), good.subarray(0, end))
      const log = await openLog(copy)
      const receipt = await log.append(sampleRecord(4))
      await log.close()
      assert.equal(receipt.seq, 4)
      assert.equal(customs(copy)[2]?.['kind'], 'recovery')
      assert.equal(await countOf(copy), 4)
      assert.deepEqual(readFileSync(join(copy, 'audit.torn-3')), good.subarray(start, end))
    }
  })

  it('still tells of a torn line when a crash came between the cut and the record', async () => {
    const directory = folder()
    await filled(directory, 2)
    writeFileSync(join(directory, 'audit.torn-3'), '{"labels')
    await (await openLog(directory)).close()
    assert.equal(customs(directory)[2]?.['kind'], 'recovery')
    await (await openLog(directory)).close()
    assert.equal(await countOf(directory), 3)
  })

  it('does not open while it cannot tell of a torn line, and gives the folder free', async () => {
    const directory = folder()
    await filled(directory, 2)
    appendFileSync(fileOf(directory), '{"labels')
    const io = faultyIo()
    io.faults.push('enospc')
    await assert.rejects(openLog(directory, { io }), UNAVAILABLE)
    await openLog(directory, { io })
    assert.equal(customs(directory)[2]?.['kind'], 'recovery')
  })

  it('does not overwrite an earlier torn line with a later one', async () => {
    const directory = folder()
    await filled(directory, 2)
    writeFileSync(join(directory, 'audit.torn-3'), 'earlier')
    appendFileSync(fileOf(directory), '{"labels')
    await openLog(directory)
    assert.equal(readFileSync(join(directory, 'audit.torn-3.1'), 'utf8'), 'earlier')
    assert.equal(readFileSync(join(directory, 'audit.torn-3'), 'utf8'), '{"labels')
  })

  it('handles a first line that is torn', async () => {
    const directory = folder()
    writeFileSync(fileOf(directory), '{"labels')
    await openLog(directory)
    assert.deepEqual(
      customs(directory).map(({ kind }) => kind),
      ['recovery'],
    )
    assert.ok(existsSync(join(directory, 'audit.torn-1')))
  })

  it('writes its own labels and version into its own records', async () => {
    const directory = folder()
    writeFileSync(fileOf(directory), 'torn')
    await openLog(directory, { labels: { id: 'gw' }, version: '1.2.3' })
    assert.deepEqual(records(directory)[0]?.['labels'], { id: 'gw', version: '1.2.3' })
  })

  it('refuses to open behind a complete line that does not check, and names the line', async () => {
    const directory = folder()
    await filled(directory, 4)
    const good = readFileSync(fileOf(directory), 'utf8')
    const lines = good.split('\n')
    const bad: [string, RegExp][] = [
      [good.replace('"dec_4"', '"dec_5"'), /line 4: the hash/],
      [good.replace('"dec_3"', '"dec_5"'), /line 3: the hash/],
      [`${good}garbage\n`, /line 5: /],
      [good.replace(`${lines[2] ?? ''}\n`, ''), /line 3: record 4 stands where 3/],
      [`${good.slice(0, -1)}X`, /line 4: the newline/],
      [`${lines[3] ?? ''}\n`, /line 1: record 4 stands where 1/],
    ]
    for (const [content, problem] of bad) {
      writeFileSync(fileOf(directory), content)
      await assert.rejects(openLog(directory), problem)
      assert.equal(readFileSync(fileOf(directory), 'utf8'), content)
    }
    writeFileSync(fileOf(directory), good)
    await openLog(directory)
  })

  it('leaves nothing but the log in its folder', async () => {
    const directory = folder()
    await filled(directory, 1)
    assert.deepEqual(readdirSync(directory), ['audit.ndjson'])
  })
})
