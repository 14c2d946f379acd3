import assert from 'node:assert/strict'
import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { UnchainedRecord } from '../../../src/domain/index.ts'
import { openAuditLog } from '../../../src/record/adapters/winston-log.ts'
import {
  chainRecord,
  logSearch,
  parseQuery,
  ZERO_HASH,
  type LogSearch,
} from '../../../src/record/index.ts'
import { openAuditIndex } from '../../../src/store/index.ts'
import { steppingClock, temporaryFolders } from '../../support/audit-fixtures.ts'
import { sampleRecord } from '../../support/audit-records.ts'
import { writeSignedLog } from '../../support/signed-log.ts'

const START = Date.UTC(2026, 10, 22)

/** Every third is denied, every second is of another principal, all differ by their id. */
function varied(number: number): UnchainedRecord {
  const sample = sampleRecord(number)
  const denied = number % 3 === 0
  const reasons = denied ? [{ code: 'whole-record-export', message: 'no' }] : []
  return {
    ...sample,
    requested_by: `https://issuer|${number % 2 === 0 ? 'even' : 'odd'}`,
    result: { outcome: denied ? 'deny' : 'mask', reasons, approval: [] },
    custom: {
      ...sample.custom,
      session: `s${number % 5}`,
      masked: number % 4 === 0 ? { US_SSN: 1 } : { PERSON: 2 },
      ...(number === 7 ? { patients: ['a'.repeat(32)], review: 'rev_1' } : {}),
    },
  }
}

describe('a search of the audit log', () => {
  const folder = temporaryFolders()

  async function write(
    directory: string,
    first: number,
    last: number,
    start = START,
  ): Promise<void> {
    const clock = steppingClock(start)
    const log = await openAuditLog({ directory, clock, labels: {}, segmentBytes: 4000 })
    for (let number = first; number <= last; number += 1) await log.append(varied(number))
    await log.close()
  }

  async function numbers(
    search: LogSearch,
    asked: Record<string, string>,
    upTo?: number,
  ): Promise<number[]> {
    const found = await search.find(parseQuery(asked), upTo)
    return found.map(({ custom }) => custom.seq)
  }

  const all = (fits: (number: number) => boolean, last = 30): number[] =>
    Array.from({ length: last }, (_, index) => last - index).filter(fits)

  const open = (directory: string): LogSearch => {
    const index = openAuditIndex(join(directory, '..', `${Math.random()}.db`))
    indexes.push(index)
    return logSearch(directory, index)
  }
  const indexes: { close(): void }[] = []
  afterEach(() => {
    for (const index of indexes.splice(0)) index.close()
  })

  it('finds records by every term, alone and together, the newest first', async () => {
    const directory = join(folder(), 'audit')
    await write(directory, 1, 30)
    assert.ok(readdirSync(directory).length > 3)
    const search = open(directory)
    const even = 'https://issuer|even'
    const cases: [Record<string, string>, (number: number) => boolean][] = [
      [{}, () => true],
      [{ principal: even }, (n) => n % 2 === 0],
      [{ decision: 'deny' }, (n) => n % 3 === 0],
      [{ reason: 'whole-record-export', principal: even }, (n) => n % 6 === 0],
      [{ type: 'US_SSN' }, (n) => n % 4 === 0],
      [
        { type: 'PERSON', session: 's1', decision: 'mask' },
        (n) => n % 4 !== 0 && n % 5 === 1 && n % 3 !== 0,
      ],
      [{ session: 's2', connection: 'claude', kind: 'decision' }, (n) => n % 5 === 2],
      [{ review: 'rev_1' }, (n) => n === 7],
      [{ patient: 'a'.repeat(32) }, (n) => n === 7],
      [{ id: 'dec_12' }, (n) => n === 12],
      [{ id: 'dec_12', principal: 'https://issuer|odd' }, () => false],
      [{ principal: 'nobody' }, () => false],
      [{ from: '2026-11-22T00:00:20Z' }, (n) => n >= 20 - 2],
      [{ to: '2026-11-22T00:00:05Z' }, (n) => n < 5 - 2],
      [{ before: '4' }, (n) => n < 4],
      [{ principal: even, before: '9' }, (n) => n % 2 === 0 && n < 9],
    ]
    const times = (await search.find(parseQuery({}))).map(({ timestamp }) => Date.parse(timestamp))
    for (const [asked, fits] of cases) {
      const inTime = (n: number): boolean => {
        const at = times[30 - n] ?? 0
        const { from, to } = parseQuery(asked)
        return at >= (from ?? 0) && at < (to ?? Infinity)
      }
      const ofTime = asked['from'] !== undefined || asked['to'] !== undefined
      assert.deepEqual(
        await numbers(search, asked),
        all(ofTime ? inTime : fits),
        JSON.stringify(asked),
      )
    }
    assert.deepEqual(await numbers(search, { limit: '3' }), [30, 29, 28])
  })

  it('finds what was written since, across the end of a file and over a restart', async () => {
    const directory = join(folder(), 'audit')
    const file = join(directory, '..', 'index.db')
    let index = openAuditIndex(file)
    for (let last = 1; last <= 30; last += 1) {
      await write(directory, last, last, START + last * 60_000)
      if (last % 7 === 0) {
        index.close()
        index = openAuditIndex(file)
      }
      if (last % 3 === 0)
        assert.equal((await numbers(logSearch(directory, index), {})).length, last)
    }
    assert.deepEqual(
      await numbers(logSearch(directory, index), { decision: 'deny' }),
      all((n) => n % 3 === 0),
    )
    index.close()
  })

  it('does not show what is not on disk for good', async () => {
    const directory = join(folder(), 'audit')
    await write(directory, 1, 10)
    const search = open(directory)
    assert.deepEqual(await numbers(search, {}, 4), [4, 3, 2, 1])
    assert.equal((await numbers(search, {})).length, 10)
    // The index has them all by now: what it may be asked for stays the same.
    assert.deepEqual(await numbers(search, {}, 4), [4, 3, 2, 1])
    assert.deepEqual(await numbers(search, { before: '3' }, 4), [2, 1])
  })

  it('is made anew from the files when the index is lost, broken, or of another log', async () => {
    const directory = join(folder(), 'audit')
    const file = join(directory, '..', 'index.db')
    const search = async (): Promise<number[]> => {
      const index = openAuditIndex(file)
      try {
        return await numbers(logSearch(directory, index), { principal: 'https://issuer|odd' })
      } finally {
        index.close()
      }
    }
    await write(directory, 1, 30)
    assert.deepEqual(
      await search(),
      all((n) => n % 2 === 1),
    )
    rmSync(file)
    assert.deepEqual(
      await search(),
      all((n) => n % 2 === 1),
    )
    for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
    writeFileSync(
      file,
      'not a database, but long enough to be looked at as if it were one'.repeat(100),
    )
    assert.deepEqual(
      await search(),
      all((n) => n % 2 === 1),
    )
    rmSync(directory, { recursive: true })
    await write(directory, 2, 9)
    assert.deepEqual(await search(), [8, 6, 4, 2])
  })

  it('says that a record does not check instead of showing it', async () => {
    const directory = join(folder(), 'audit')
    await write(directory, 1, 5)
    const search = open(directory)
    await numbers(search, {})
    const path = join(directory, readdirSync(directory)[0] ?? '')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"dec_2"', '"dec_9"'))
    await assert.rejects(numbers(search, { session: 's2' }), /the hash does not fit/)
  })

  it('misses nothing when a file is closed while it looks', async () => {
    const directory = join(folder(), 'audit')
    await write(directory, 1, 3)
    const search = open(directory)
    assert.equal((await numbers(search, {})).length, 3)
    renameSync(
      join(directory, 'audit.ndjson'),
      join(directory, 'audit-000000000001-000000000003.ndjson'),
    )
    assert.equal((await numbers(search, {})).length, 3)
    await write(directory, 4, 5)
    assert.equal((await numbers(search, {})).length, 5)
  })

  it('reads the files again when its index says other places of records than they do', async () => {
    const directory = join(folder(), 'audit')
    await write(directory, 1, 5)
    const file = join(directory, '..', 'index.db')
    for (const damage of ['"offset" = 3', 'length = 10', 'length = 100000']) {
      const index = openAuditIndex(file)
      indexes.push(index)
      const search = logSearch(directory, index)
      assert.deepEqual(await numbers(search, {}), [5, 4, 3, 2, 1])
      const database = new DatabaseSync(file)
      database.exec(`UPDATE records SET ${damage} WHERE seq = 2`)
      database.close()
      assert.deepEqual(await numbers(search, { id: 'dec_2' }), [2], damage)
      assert.deepEqual(await numbers(search, {}), [5, 4, 3, 2, 1], damage)
    }
  })

  describe('of files of two records each', () => {
    const nameOf = (first: number, last: number): string =>
      `audit-${[first, last].map((seq) => String(seq).padStart(12, '0')).join('-')}.ndjson`

    /** The records 1-2, 3-4, 5-6, and 7 in the file under way. */
    async function smallLog(): Promise<string> {
      const directory = folder()
      await writeSignedLog(directory, 1, 7, { segmentBytes: 900 })
      return directory
    }

    it('finds the same before and behind a line that is torn', async () => {
      const directory = await smallLog()
      const search = open(directory)
      appendFileSync(join(directory, 'audit.ndjson'), '{"decision_id":"dec_8"')
      assert.deepEqual(await numbers(search, {}), [7, 6, 5, 4, 3, 2, 1])
      await writeSignedLog(directory, 9, 9)
      assert.deepEqual((await numbers(search, {})).length, 9)
    })

    it('shows nothing that stands behind a file that is missing', async () => {
      const directory = await smallLog()
      const early = open(directory)
      assert.equal((await numbers(early, {})).length, 7)
      rmSync(join(directory, nameOf(3, 4)))
      assert.deepEqual(await numbers(open(directory), {}), [2, 1])
      assert.deepEqual(await numbers(early, {}), [2, 1])
    })

    it('begins anew where retention removed all that its index had', async () => {
      const directory = await smallLog()
      const search = open(directory)
      assert.deepEqual(await numbers(search, {}, 2), [2, 1])
      rmSync(join(directory, nameOf(1, 2)))
      assert.deepEqual(await numbers(search, {}), [7, 6, 5, 4, 3])
    })

    it('shows a record once of which a copied folder has two', async () => {
      const directory = await smallLog()
      const current = join(directory, 'audit.ndjson')
      const before = [nameOf(3, 4), nameOf(5, 6)].map((name) => readFileSync(join(directory, name)))
      writeFileSync(current, Buffer.concat([...before, readFileSync(current)]))
      assert.deepEqual(await numbers(open(directory), {}), [7, 6, 5, 4, 3, 2, 1])
    })
  })

  it('finds a record whose time cannot be read, as the oldest of all', async () => {
    const directory = folder()
    const { line } = chainRecord(varied(1), 1, ZERO_HASH, 'at noon')
    writeFileSync(join(directory, 'audit.ndjson'), `${line}\n`)
    const search = open(directory)
    assert.deepEqual(await numbers(search, { id: 'dec_1', to: '1970-01-02' }), [1])
    assert.deepEqual(await numbers(search, { from: '1970-01-02' }), [])
  })

  it('names what is wrong with a query, and never its value', () => {
    const wrong = ['from', 'to', 'before', 'limit', 'nonsense']
    for (const name of wrong) {
      assert.throws(
        () => parseQuery({ [name]: 'Gundersen' }),
        (error: Error & { code: string }) =>
          error.code === 'invalid-request' && !error.message.includes('Gundersen'),
      )
    }
    assert.throws(() => parseQuery({ from: '2026-11-22T12:00' }), /zone/)
    assert.equal(parseQuery({ limit: '100000' }).most, 200)
  })
})
