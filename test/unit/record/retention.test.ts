import assert from 'node:assert/strict'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditLog } from '../../../src/record/adapters/winston-log.ts'
import {
  checkpointSigner,
  logSearch,
  parseQuery,
  planRetention,
  removeSegments,
  verifyFolder,
  type RetentionRules,
  type Verification,
} from '../../../src/record/index.ts'
import { openHolds } from '../../../src/retention/index.ts'
import { openAuditIndex } from '../../../src/store/index.ts'
import { steppingClock, temporaryFolders } from '../../support/audit-fixtures.ts'
import { CHECKPOINT_KEY, PUBLIC_KEYS } from '../../support/checkpoint-key.ts'
import { buildGoVerifier, hasGo } from '../../support/go-verifier.ts'
import { writeSignedLog } from '../../support/signed-log.ts'

const DAY = 24 * 60 * 60 * 1000
const START = Date.UTC(2020, 0, 1)

/** Ten days, a file of two records for each, the last one under way. */
async function tenDays(directory: string): Promise<void> {
  for (let day = 0; day < 10; day += 1) {
    const clock = steppingClock(START + day * DAY)
    await writeSignedLog(directory, 2 * day + 1, 2 * day + 2, { clock, segmentBytes: 900 })
  }
}

const day = (number: number): number => START + number * DAY
const rules = (more: Partial<RetentionRules> = {}): RetentionRules => ({
  before: day(4),
  heldBy: () => undefined,
  acknowledged: Infinity,
  ...more,
})

describe('retention of the audit log', () => {
  const folder = temporaryFolders()
  const check = (directory: string, earlier?: string): Promise<Verification> =>
    verifyFolder(directory, { keys: PUBLIC_KEYS, earlier })
  const problemOf = (result: Verification): string => (result.ok ? '' : result.problem)
  const lasts = async (directory: string, more?: Partial<RetentionRules>): Promise<number[]> =>
    (await planRetention(directory, rules(more))).remove.map(({ last }) => last)

  /** Runs as the server does: the record first. @returns what a run that was cut short leaves to do */
  async function run(
    directory: string,
    remove = Infinity,
    more?: Partial<RetentionRules>,
  ): Promise<void> {
    const plan = await planRetention(directory, rules(more))
    const [first, last] = [plan.remove[0]?.first, plan.remove.at(-1)?.last]
    const log = await openAuditLog({
      directory,
      clock: steppingClock(day(11)),
      labels: {},
      sign: checkpointSigner(CHECKPOINT_KEY),
      segmentBytes: 1e6,
    })
    if (first !== undefined && last !== undefined) {
      const custom = { kind: 'retention' as const, removed: { first, last } }
      await log.append({ labels: {}, custom })
    }
    await removeSegments(directory, plan.remove.slice(0, remove))
    await log.close()
  }

  it('removes whole files that are old enough, and leaves a chain that verifies', async () => {
    const directory = folder()
    await tenDays(directory)
    const noted = join(folder(), 'noted')
    writeFileSync(noted, readFileSync(join(directory, 'audit.checkpoints')))
    assert.deepEqual(await lasts(directory), [2, 4, 6, 8])
    await run(directory)
    assert.equal(
      readdirSync(directory).filter((name) => name.startsWith('audit-'))[0],
      'audit-000000000009-000000000010.ndjson',
    )
    const result = await check(directory, noted)
    assert.deepEqual(result.ok && [result.records, result.head.seq], [13, 21], problemOf(result))
    assert.deepEqual(await lasts(directory), [])
    await writeSignedLog(directory, 22, 23, { clock: steppingClock(day(12)) })
    assert.equal((await check(directory, noted)).ok, true)
    if (hasGo()) {
      const go = buildGoVerifier(PUBLIC_KEYS)
      assert.equal(go.run(directory, '-checkpoint', noted).code, 0)
      go.remove()
    }
  }).timeout(60_000)

  it('is ended by the next run when it was interrupted at any point', async () => {
    for (const done of [0, 1, 2, 3]) {
      const directory = folder()
      await tenDays(directory)
      await run(directory, done)
      assert.equal((await check(directory)).ok, true, `${done} of 4 removed`)
      await run(directory)
      const result = await check(directory)
      assert.equal(result.ok && result.records, 14, problemOf(result))
    }
  })

  it('is not taken for a removal by anybody else', async () => {
    const directory = folder()
    await tenDays(directory)
    await run(directory)
    rmSync(join(directory, 'audit-000000000009-000000000010.ndjson'))
    assert.match(problemOf(await check(directory)), /no record of it says that those before/)
    const other = folder()
    await tenDays(other)
    rmSync(join(other, 'audit-000000000001-000000000002.ndjson'))
    assert.match(problemOf(await check(other)), /no record of it says/)
  })

  it('does not verify without the checkpoint that the rest stands on', async () => {
    const directory = folder()
    await tenDays(directory)
    await run(directory)
    const path = join(directory, 'audit.checkpoints')
    const lines = readFileSync(path, 'utf8').split(/(?<=\n)/)
    writeFileSync(path, lines.filter((line) => !line.includes('"seq":8,')).join(''))
    assert.match(problemOf(await check(directory)), /no checkpoint covers record 8/)
    writeFileSync(path, lines.join(''))
    const noted = join(folder(), 'noted')
    writeFileSync(noted, lines.find((line) => line.includes('"seq":4,')) ?? '')
    assert.equal((await check(directory, noted)).ok, true)
    writeFileSync(path, lines.filter((line) => !line.includes('"seq":4,')).join(''))
    assert.match(problemOf(await check(directory, noted)), /record 4 of noted line 1 was removed/)
  })

  it('keeps what is held, what a receiver lacks, what is not signed, and the last closed file', async () => {
    const directory = folder()
    await tenDays(directory)
    const held = (from: number, to: number): Partial<RetentionRules> => ({
      heldBy: (first, last) => (from <= last && first < to ? 'hold_1' : undefined),
    })
    assert.deepEqual(await lasts(directory, held(day(2), day(3))), [2, 4])
    assert.deepEqual(await lasts(directory, held(day(0), day(1))), [])
    assert.deepEqual(await lasts(directory, { acknowledged: 5 }), [2, 4])
    assert.deepEqual(await lasts(directory, { before: day(100) }), [2, 4, 6, 8, 10, 12, 14, 16])
    assert.match(
      (await planRetention(directory, rules(held(day(2), day(3))))).kept,
      /legal hold hold_1/,
    )
    const path = join(directory, 'audit.checkpoints')
    const lines = readFileSync(path, 'utf8').split(/(?<=\n)/)
    writeFileSync(path, lines.filter((line) => !line.includes('"seq":8,')).join(''))
    assert.deepEqual(await lasts(directory), [2, 4, 6])
  })

  it('has nothing to do in a log without closed files, or in which nothing is old enough', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 2, { clock: steppingClock(START) })
    const none = { remove: [], kept: 'the last closed file stays' }
    assert.deepEqual(await planRetention(directory, rules()), none)
    const other = folder()
    await tenDays(other)
    const { remove, kept } = await planRetention(other, rules({ before: day(0) }))
    assert.deepEqual(remove, [])
    assert.equal(kept, 'audit-000000000001-000000000002.ndjson: not old enough')
  })

  it('removes nothing of a log that has no checkpoints', async () => {
    const directory = folder()
    await tenDays(directory)
    rmSync(join(directory, 'audit.checkpoints'))
    const { remove, kept } = await planRetention(directory, rules())
    assert.deepEqual([remove, kept], [[], 'no checkpoint covers the end of the next file'])
  })

  const damages: readonly (readonly [string, (text: string) => string, RegExp])[] = [
    ['is empty', () => '', /000000000002\.ndjson has no records/],
    ['has a torn line alone', (text) => text.slice(0, 50), /000000000002\.ndjson has no records/],
    [
      'ends with a record that was changed',
      (text) => text.replace('"dec_2"', '"dec_9"'),
      /000000000002\.ndjson: the last record: the hash does not fit/,
    ],
    [
      'begins with a record without its time',
      (text) => text.replace(/"timestamp":"[^"]*"/, '"timestamp":"at noon"'),
      /000000000002\.ndjson: a record has no time/,
    ],
  ]
  for (const [what, damage, problem] of damages) {
    it(`does not go past a file that ${what}, and names it`, async () => {
      const directory = folder()
      await tenDays(directory)
      const path = join(directory, 'audit-000000000001-000000000002.ndjson')
      writeFileSync(path, damage(readFileSync(path, 'utf8')))
      await assert.rejects(planRetention(directory, rules()), problem)
    })
  }

  const beginnings: readonly (readonly [string, (text: string) => string])[] = [
    ['is empty', () => ''],
    ['is torn', (text) => text.slice(0, 50)],
    ['was changed', (text) => text.replace('"dec_9"', '"dec_8"')],
  ]
  for (const [what, damage] of beginnings) {
    it(`leaves a chain that does not verify when the file that it begins with ${what}`, async () => {
      const directory = folder()
      await tenDays(directory)
      await run(directory)
      const path = join(directory, 'audit-000000000009-000000000010.ndjson')
      writeFileSync(path, damage(readFileSync(path, 'utf8')))
      assert.match(
        problemOf(await check(directory)),
        /record 8 is not the one of|hash does not fit/,
      )
    })
  }

  it('is not taken for done because a label is called like it', async () => {
    const directory = folder()
    await tenDays(directory)
    const clock = steppingClock(day(11))
    const log = await openAuditLog({ directory, clock, labels: {} })
    await log.append({ labels: { kind: 'retention' }, custom: { kind: 'stop' } })
    await log.append({ labels: {}, custom: { kind: 'retention' } })
    await log.close()
    assert.equal((await check(directory)).ok, true)
    rmSync(join(directory, 'audit-000000000001-000000000002.ndjson'))
    assert.match(problemOf(await check(directory)), /no record of it says that those before/)
  })

  it('is not misled by a clock that went back', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 1, { clock: steppingClock(day(8)), segmentBytes: 900 })
    await writeSignedLog(directory, 2, 9, { clock: steppingClock(day(0)), segmentBytes: 900 })
    assert.deepEqual(await lasts(directory), [])
  })

  it('takes removed records out of the search', async () => {
    const directory = folder()
    await tenDays(directory)
    const index = openAuditIndex(':memory:')
    const search = logSearch(directory, index)
    assert.equal((await search.find(parseQuery({}))).length, 20)
    await run(directory)
    assert.equal((await search.find(parseQuery({}))).at(-1)?.custom.seq, 9)
    index.close()
  })
})

describe('legal holds', () => {
  const folder = temporaryFolders()

  it('stand over a restart, for their time alone, until they are released', async () => {
    const file = join(folder(), 'legal-holds.json')
    const holds = openHolds(file)
    const hold = { id: 'hold_1', reason: 'Smith v. Clinic', by: 'iss|admin', at: 1 }
    await Promise.all([
      holds.place(hold),
      holds.place({ ...hold, id: 'hold_2', from: 100, to: 200 }),
    ])
    const again = openHolds(file)
    assert.deepEqual(
      again.list().map(({ id }) => id),
      ['hold_1', 'hold_2'],
    )
    assert.equal(again.over(5, 6)?.id, 'hold_1')
    await again.release('hold_1')
    assert.equal(again.over(5, 6), undefined)
    assert.equal(again.over(0, 99), undefined)
    assert.equal(again.over(0, 100)?.id, 'hold_2')
    assert.equal(again.over(199, 300)?.id, 'hold_2')
    assert.equal(again.over(200, 300), undefined)
    assert.equal(openHolds(file).list().length, 1)
    writeFileSync(file, '{"torn')
    assert.throws(() => openHolds(file))
  })
})
