import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openAuditLog, type OwnAuditLog } from '../../../src/record/adapters/winston-log.ts'
import {
  checkpointSigner,
  openSink,
  type Sink,
  type SinkOptions,
} from '../../../src/record/index.ts'
import { steppingClock, temporaryFolders } from '../../support/audit-fixtures.ts'
import { sampleRecord } from '../../support/audit-records.ts'
import { CHECKPOINT_KEY } from '../../support/checkpoint-key.ts'
import { eventually } from '../../support/exchanges.ts'
import { startLogReceiver, type LogReceiver } from '../../support/log-receiver.ts'

describe('a receiver of the audit log', () => {
  const folder = temporaryFolders()
  let receiver: LogReceiver
  let log: OwnAuditLog
  let data: string
  let sink: Sink | undefined
  const changes: string[] = []

  beforeEach(async () => {
    receiver = await startLogReceiver()
    data = folder()
    changes.length = 0
    log = await openLog()
  })
  afterEach(async () => {
    await sink?.stop(0)
    sink = undefined
    await log.close()
    await receiver.close()
  })

  const directory = (): string => join(data, 'audit')
  const openLog = (): Promise<OwnAuditLog> =>
    openAuditLog({
      directory: directory(),
      clock: steppingClock(),
      labels: {},
      sign: checkpointSigner(CHECKPOINT_KEY),
      segmentBytes: 3000,
      checkpointRecords: 5,
    })
  const start = (more: Partial<SinkOptions> = {}): Sink =>
    (sink = openSink({
      name: 'siem',
      directory: directory(),
      cursorFile: join(data, 'sinks', 'siem.json'),
      send: async (body, headers, signal) => {
        const init = {
          method: 'POST',
          body: new Uint8Array(body),
          headers,
          signal,
          redirect: 'manual' as const,
        }
        return (await fetch(receiver.url, init)).status
      },
      upTo: () => log.head().seq,
      maxBacklogBytes: 1 << 20,
      batchBytes: 1500,
      pollMs: 5,
      retryMs: 5,
      maxRetryMs: 20,
      timeoutMs: 5000,
      onChange: (state) => changes.push(state),
      ...more,
    }))
  const append = async (first: number, last: number): Promise<void> => {
    for (let number = first; number <= last; number += 1) await log.append(sampleRecord(number))
  }
  const seqs = (): number[] => receiver.records().map(({ custom }) => custom.seq)
  const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)
  /** Begins anew with what the receiver has. @returns what is wrong with that */
  const eventuallyFailing = async (problems: string[]): Promise<string> => {
    problems.length = 0
    start({ onChange: (_state, problem) => problems.push(problem) })
    await eventually(() => assert.ok(problems.length > 0))
    return problems[0] ?? ''
  }
  const has = (last: number): Promise<void> =>
    eventually(() => assert.equal(sink?.status().acknowledged, last))

  it('gets every record and every checkpoint, in order, as they stand in the files', async () => {
    await append(1, 12)
    start()
    await has(12)
    await append(13, 40)
    await has(40)
    assert.deepEqual(seqs(), upTo(40))
    assert.ok(readdirSync(directory()).length > 4, 'several files')
    await log.close()
    await eventually(() => assert.equal(receiver.checkpoints().at(-1)?.seq, 40))
    const signed = readFileSync(join(directory(), 'audit.checkpoints'), 'utf8').trim().split('\n')
    assert.deepEqual(
      receiver.checkpoints().map((one) => JSON.stringify(one)),
      signed,
    )
    // A checkpoint never comes before the records that it covers.
    let seen = 0
    for (const { body } of receiver.batches) {
      for (const line of body.trim().split('\n')) {
        const value = JSON.parse(line) as { seq?: number; custom?: { seq: number } }
        if (value.custom !== undefined) seen = value.custom.seq
        else assert.ok((value.seq ?? 0) <= seen)
      }
    }
    const { backlogBytes, behind, state, records } = sink?.status() ?? {}
    assert.deepEqual([backlogBytes, behind, state, records], [0, false, 'delivering', 40])
  })

  for (const answer of [503, 400, 302, 'nothing'] as const) {
    it(`gets again what it answered with ${answer}, and all of it when it is back`, async () => {
      receiver.answer = answer
      await append(1, 10)
      start()
      await eventually(() => assert.ok(receiver.attempts > 3))
      await append(11, 20)
      assert.deepEqual(changes, ['failing'])
      assert.deepEqual([sink?.status().state, sink?.status().acknowledged], ['failing', 0])
      assert.ok((sink?.status().backlogBytes ?? 0) > 5000)
      receiver.answer = 200
      await has(20)
      assert.deepEqual(seqs(), upTo(20))
      assert.deepEqual(changes, ['failing', 'delivering'])
    })
  }

  it('gets twice, under the same name, what it took without being heard', async () => {
    receiver.answer = 'cut'
    await append(1, 2)
    start({ batchBytes: 100_000 })
    await eventually(() => assert.ok(receiver.batches.length > 1))
    receiver.answer = 200
    await has(2)
    const names = new Set(receiver.batches.map(({ id }) => id))
    assert.equal(names.size, 1)
    assert.deepEqual([...new Set(seqs())], [1, 2])
  })

  it('goes on where it was after a restart, whatever became of the files meanwhile', async () => {
    await append(1, 7)
    start()
    await has(7)
    await sink?.stop(1000)
    await append(8, 30)
    await log.close()
    log = await openLog()
    start()
    await has(30)
    assert.deepEqual(seqs(), upTo(30))
  })

  it('gets a batch again, and none is left out, when the cursor could not be kept', async () => {
    await append(1, 9)
    start()
    await has(9)
    await sink?.stop(1000)
    const cursor = join(data, 'sinks', 'siem.json')
    const before = receiver.records().length
    writeFileSync(
      cursor,
      JSON.stringify({ seq: 0, hash: '0'.repeat(64), first: 1, offset: 0, checkpoints: 0 }),
    )
    start()
    await has(9)
    assert.deepEqual(seqs().slice(before), upTo(9))
    await sink?.stop(1000)
    writeFileSync(cursor, 'garbage')
    assert.throws(() => start(), /holds no cursor/)
    rmSync(cursor)
    sink = undefined
  })

  it('gets what is left at a stop, if it answers in time', async () => {
    start({ pollMs: 100_000, batchBytes: 1 << 20 })
    await eventually(() => assert.equal(sink?.status().acknowledged, 0))
    await append(1, 5)
    await sink?.stop(5000)
    assert.deepEqual(seqs(), upTo(5))
    receiver.answer = 'nothing'
    await append(6, 7)
    start()
    await sink?.stop(50)
    receiver.answer = 200
    start()
    await has(7)
    assert.deepEqual(seqs(), upTo(7))
  })

  it('never gets a record that is not on disk for good', async () => {
    await append(1, 10)
    let durable = 4
    start({ upTo: () => durable, batchBytes: 1 << 20 })
    await has(4)
    assert.deepEqual(seqs(), upTo(4))
    durable = 10
    await has(10)
    assert.deepEqual(seqs(), upTo(10))
  })

  it('gives away that the log was rolled back: it has records that the log lacks', async () => {
    await append(1, 6)
    start()
    await has(6)
    await sink?.stop(1000)
    await log.close()
    rmSync(directory(), { recursive: true })
    log = await openLog()
    await log.append(sampleRecord(77))
    await append(2, 3)
    const problems: string[] = []
    start({ onChange: (_state, problem) => problems.push(problem) })
    await eventually(() => assert.match(problems[0] ?? '', /has record 6, the log ends at 3/))
    // The log goes on past where the receiver is, and is another one all the same.
    await append(4, 9)
    await sink?.stop(1000)
    const state = await eventuallyFailing(problems)
    assert.match(state, /behind record 6: it was rewritten|a line of the log is no record/)
    assert.deepEqual(seqs(), upTo(6))
  })

  it('gets everything in order although the process is killed again and again', async function () {
    this.timeout(120_000)
    const child = new URL('../../support/sink-child.ts', import.meta.url).pathname
    await log.close()
    for (let round = 0; round < 8; round += 1) {
      const args = [child, data, receiver.url.href]
      const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      await once(running.stdout, 'data')
      const before = receiver.batches.length
      await eventually(() => assert.ok(receiver.batches.length > before))
      await pause(Math.random() * 60)
      running.kill('SIGKILL')
      await once(running, 'exit')
    }
    log = await openLog()
    await append(1, 1)
    start()
    await has(log.head().seq)
    const got = seqs()
    const repeated = got.filter((seq, index) => seq <= (got[index - 1] ?? 0))
    // What comes twice comes as the same records, from where the cursor was.
    const first = got.filter((seq, index) => got.indexOf(seq) === index)
    assert.deepEqual(first, upTo(log.head().seq))
    assert.ok(repeated.length <= 8, `${repeated.length} times back`)
    const lines = new Map<number, string>()
    for (const record of receiver.records()) {
      const { seq, hash } = record.custom
      assert.equal(lines.get(seq) ?? hash, hash)
      lines.set(seq, hash)
    }
  })

  it('gets records that are longer than a batch', async () => {
    const long = sampleRecord(1)
    await log.append({ ...long, labels: { filler: 'ä'.repeat(50_000) } })
    await append(2, 3)
    start({ batchBytes: 512 })
    await has(3)
    assert.deepEqual(seqs(), [1, 2, 3])
  })

  it('counts as behind when more of the log than configured waits for it', async () => {
    receiver.answer = 503
    start({ maxBacklogBytes: 4000 })
    await append(1, 3)
    assert.equal(sink?.status().behind, false)
    await append(4, 12)
    assert.equal(sink?.status().behind, true)
    receiver.answer = 200
    await has(12)
    assert.equal(sink?.status().behind, false)
  })
})
