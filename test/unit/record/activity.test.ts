import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UnchainedRecord } from '../../../src/domain/index.ts'
import { activityOf, activityReport, chainRecord, ZERO_HASH } from '../../../src/record/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'
import { sampleRecord } from '../../support/audit-records.ts'

const review = (reviewStatus: string): UnchainedRecord => ({
  labels: {},
  custom: { kind: 'review', review: 'rev_1', reviewStatus },
})

/** Each with its time. */
function write(directory: string, records: readonly (readonly [UnchainedRecord, string])[]): void {
  let text = ''
  let prev = ZERO_HASH
  for (const [index, [record, timestamp]] of records.entries()) {
    const { line, hash } = chainRecord(record, index + 1, prev, timestamp)
    text += `${line}\n`
    prev = hash
  }
  writeFileSync(join(directory, 'audit.ndjson'), text)
}

describe('what happened in a week', () => {
  const folder = temporaryFolders()

  it('counts reviews by what became of them, the most first, and other records by their kind', async () => {
    const directory = folder()
    const monday = '2026-11-16T00:00:00.000Z'
    const statuses = ['open', 'denied', 'open', 'approved'].map(review)
    const stop: UnchainedRecord = { labels: {}, custom: { kind: 'stop' } }
    write(
      directory,
      [...statuses, stop, sampleRecord(6)].map((record) => [record, monday]),
    )
    const [week, ...more] = await activityOf(directory)
    assert.deepEqual(more, [])
    assert.deepEqual(
      [week?.week, week?.records, Object.entries(week?.reviews ?? {}), week?.others],
      [
        '2026-W47',
        6,
        [
          ['open', 2],
          ['approved', 1],
          ['denied', 1],
        ],
        { stop: 1 },
      ],
    )
    assert.match(
      activityReport(week === undefined ? [] : [week]),
      /\| Reviews \| \|[^]*\| open \| 2 \|/,
    )
  })

  it('counts an exchange once whose decision could not be carried out', async () => {
    const directory = folder()
    const monday = '2026-11-16T00:00:00.000Z'
    const result = { outcome: 'mask' as const, reasons: [], approval: [] }
    const decided = { ...sampleRecord(6), result }
    const refused = { ...decided, custom: { ...decided.custom, supersedes: 1 } }
    write(
      directory,
      [decided, refused].map((record) => [record, monday]),
    )
    const [week] = await activityOf(directory)
    const counts = Object.values(week?.decisions ?? {})
    assert.deepEqual([week?.records, counts], [2, [1]])
  })

  it('leaves out what is not in the time asked for, and a record without a time', async () => {
    const directory = folder()
    write(directory, [
      [sampleRecord(1), '2026-01-04T23:59:59.999Z'],
      [sampleRecord(2), '2026-01-05T00:00:00.000Z'],
      [sampleRecord(3), 'at noon'],
      [sampleRecord(4), '2026-01-12T00:00:00.000Z'],
    ])
    const weeks = async (from?: number, to?: number): Promise<string[]> =>
      (await activityOf(directory, from, to)).map(({ week, records }) => `${week}: ${records}`)
    assert.deepEqual(await weeks(), ['2026-W01: 1', '2026-W02: 1', '2026-W03: 1'])
    assert.deepEqual(await weeks(Date.UTC(2026, 0, 5), Date.UTC(2026, 0, 12)), ['2026-W02: 1'])
  })
})
