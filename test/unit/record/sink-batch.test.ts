import assert from 'node:assert/strict'
import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { AuditRecord } from '../../../src/schema/index.ts'
import { ZERO_HASH } from '../../../src/record/index.ts'
import { backlogOf, nextBatch } from '../../../src/record/sink-batch.ts'
import type { Cursor } from '../../../src/record/sink-cursor.ts'
import { steppingClock, temporaryFolders } from '../../support/audit-fixtures.ts'
import { writeSignedLog } from '../../support/signed-log.ts'

const BEGINNING: Cursor = { seq: 0, hash: ZERO_HASH, first: 1, offset: 0, checkpoints: 0 }
const MOST = 1 << 16

describe('what is sent of the log next', () => {
  const folder = temporaryFolders()

  /** Files of the records 1-2, 3-4, 5-6, and one under way with record 7. */
  async function smallLog(start?: number): Promise<string> {
    const directory = folder()
    await writeSignedLog(directory, 1, 7, { segmentBytes: 900, clock: steppingClock(start) })
    return directory
  }

  /** Everything from a cursor on, as a receiver gets it, and where it then stands. */
  async function drain(
    directory: string,
    from: Cursor,
    upTo = 7,
  ): Promise<{ readonly seqs: readonly number[]; readonly cursor: Cursor }> {
    const seqs: number[] = []
    let cursor = from
    for (;;) {
      const batch = await nextBatch(directory, cursor, upTo, MOST)
      if (batch === undefined) return { seqs, cursor }
      const lines = batch.body.toString().trim().split('\n')
      const values = lines.map((line) => JSON.parse(line) as Partial<AuditRecord>)
      seqs.push(...values.flatMap(({ custom }) => (custom === undefined ? [] : [custom.seq])))
      cursor = batch.next
    }
  }

  const closed = (directory: string, first: number, last: number): string =>
    join(
      directory,
      `audit-${[first, last].map((seq) => String(seq).padStart(12, '0')).join('-')}.ndjson`,
    )
  const sizeOf = (...paths: readonly string[]): number =>
    paths.reduce((sum, path) => sum + statSync(path).size, 0)

  it('goes on in the middle of a file', async () => {
    const directory = await smallLog()
    const { seqs, cursor } = await drain(directory, BEGINNING, 3)
    assert.deepEqual([seqs, cursor.seq, cursor.first], [[1, 2, 3], 3, 3])
    assert.deepEqual((await drain(directory, cursor)).seqs, [4, 5, 6, 7])
  })

  it('goes on with the next file where the one that it was in was removed by hand', async () => {
    const directory = await smallLog()
    const { cursor } = await drain(directory, BEGINNING, 3)
    rmSync(closed(directory, 3, 4))
    const current = join(directory, 'audit.ndjson')
    assert.equal(backlogOf(directory, cursor), sizeOf(closed(directory, 5, 6), current))
    assert.deepEqual((await drain(directory, cursor)).seqs, [5, 6, 7])
  })

  it('is nothing where the last file was closed and none is under way yet', async () => {
    const directory = await smallLog()
    renameSync(join(directory, 'audit.ndjson'), closed(directory, 7, 7))
    const { seqs, cursor } = await drain(directory, BEGINNING)
    assert.deepEqual(seqs, [1, 2, 3, 4, 5, 6, 7])
    assert.equal(backlogOf(directory, cursor), 0)
    await writeSignedLog(directory, 8, 8)
    assert.deepEqual((await drain(directory, cursor, 8)).seqs, [8])
  })

  it('is refused where another log of the same lengths took the place of the one that was sent', async () => {
    const { cursor } = await drain(await smallLog(), BEGINNING, 3)
    const other = await smallLog(Date.UTC(2026, 10, 23))
    await assert.rejects(drain(other, cursor), /does not go on behind record 3: it was rewritten/)
  })

  it('is refused where the record behind the cursor is not the next one', async () => {
    const directory = await smallLog()
    const { cursor } = await drain(directory, BEGINNING, 3)
    await assert.rejects(drain(directory, { ...cursor, offset: 0 }), /behind record 3: it was rew/)
  })

  it('is refused where a line is no record, and where the log is shorter than what was sent', async () => {
    const directory = await smallLog()
    const { cursor } = await drain(directory, BEGINNING)
    await assert.rejects(drain(directory, cursor, 6), /has record 7, the log ends at 6: it was cut/)
    appendFileSync(join(directory, 'audit.ndjson'), '{"seq":8}\n')
    await assert.rejects(drain(directory, cursor, 8), /a line of the log is no record/)
  })
})
