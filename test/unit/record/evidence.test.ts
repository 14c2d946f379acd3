import assert from 'node:assert/strict'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UnchainedRecord } from '../../../src/domain/index.ts'
import { openAuditLog } from '../../../src/record/adapters/winston-log.ts'
import {
  checkpointSigner,
  parseQuery,
  verifyFolder,
  writeEvidence,
  type Evidence,
  type Verification,
} from '../../../src/record/index.ts'
import { steppingClock, temporaryFolders } from '../../support/audit-fixtures.ts'
import { sampleRecord } from '../../support/audit-records.ts'
import { CHECKPOINT_KEY, PUBLIC_KEYS } from '../../support/checkpoint-key.ts'
import { buildGoVerifier, hasGo } from '../../support/go-verifier.ts'
import { writeSignedLog } from '../../support/signed-log.ts'

const PATIENT = 'a'.repeat(32)

/** Exchanges of two records each; every fifth is of the patient. */
function exchange(number: number): readonly UnchainedRecord[] {
  const decision = sampleRecord(number)
  const { decision_id: id = '' } = decision
  const about =
    number % 5 === 0 ? { patients: [PATIENT], session: `s${number}` } : { session: 'other' }
  const bundles = { phigate: { revision: `r${number % 2}` } }
  return [
    { ...decision, bundles, custom: { ...decision.custom, ...about } },
    { decision_id: id, labels: {}, custom: { kind: 'completion', end: 'complete', status: 200 } },
  ]
}

describe('a package of evidence', () => {
  const folder = temporaryFolders()

  async function log(): Promise<string> {
    const directory = folder()
    const own = await openAuditLog({
      directory,
      clock: steppingClock(),
      labels: {},
      sign: checkpointSigner(CHECKPOINT_KEY),
      segmentBytes: 4000,
    })
    for (let number = 1; number <= 17; number += 1) {
      for (const record of exchange(number)) await own.append(record)
    }
    await own.close()
    return directory
  }

  const check = (into: string): Promise<Verification> =>
    verifyFolder(into, { keys: PUBLIC_KEYS, package: true })

  async function written(
    directory: string,
    asked: Record<string, string>,
  ): Promise<{ into: string; evidence: Evidence }> {
    const into = folder()
    const evidence = await writeEvidence(directory, parseQuery(asked), into)
    assert.ok(evidence)
    return { into, evidence }
  }

  const lines = (path: string): string[] => readFileSync(path, 'utf8').trim().split('\n')

  it('shows what fits with all of its exchange, and nothing of the others but digests', async () => {
    const { into, evidence } = await written(await log(), { patient: PATIENT })
    assert.deepEqual(
      [evidence.records, evidence.signed, evidence.sessions, evidence.revisions],
      [6, true, ['s5', 's10', 's15'], ['r1', 'r0']],
    )
    const text = readFileSync(join(into, 'audit.ndjson'), 'utf8')
    assert.doesNotMatch(text, /"other"|"dec_4"/)
    const shown = lines(join(into, 'records.ndjson')).map((line) => {
      return (JSON.parse(line) as { decision_id: string }).decision_id
    })
    assert.deepEqual(shown, ['dec_5', 'dec_5', 'dec_10', 'dec_10', 'dec_15', 'dec_15'])
    const result = await check(into)
    assert.deepEqual(result.ok ? [result.records, result.covered] : result.problem, [
      evidence.records + evidence.omitted,
      evidence.end.seq,
    ])
  })

  it('holds a period whole, and begins and ends at the checkpoints around it', async () => {
    const directory = await log()
    const all = lines(join(directory, 'audit.ndjson'))
    const { timestamp } = JSON.parse(all[0] ?? '') as { timestamp: string }
    const { into, evidence } = await written(directory, { from: timestamp })
    assert.equal(evidence.records, all.length)
    assert.ok(evidence.begin.seq > 0)
    assert.equal(evidence.end.seq, 34)
    assert.equal((await check(into)).ok, true)
    const whole = await written(directory, {})
    assert.deepEqual(
      [whole.evidence.records, whole.evidence.omitted, whole.evidence.begin.seq],
      [34, 0, 0],
    )
    assert.equal((await check(whole.into)).ok, true)
  })

  it('is found to be tampered with after every edit of one byte', async function () {
    this.timeout(120_000)
    const { into } = await written(await log(), { id: 'dec_10' })
    for (const name of ['audit.ndjson', 'audit.checkpoints']) {
      const path = join(into, name)
      const good = readFileSync(path)
      const missed: number[] = []
      for (let at = 0; at < good.length - 1; at += 1) {
        const edited = Buffer.from(good)
        edited[at] = (good[at] ?? 0) ^ 1
        writeFileSync(path, edited)
        if ((await check(into)).ok) missed.push(at)
      }
      assert.deepEqual(missed, [], name)
      writeFileSync(path, good)
    }
  })

  it('is found when a record was taken out of it, and is no log', async () => {
    const { into } = await written(await log(), { patient: PATIENT })
    const path = join(into, 'audit.ndjson')
    const all = readFileSync(path, 'utf8').split(/(?<=\n)/)
    for (let at = 0; at < all.length - 1; at += 1) {
      writeFileSync(path, all.toSpliced(at, 1).join(''))
      assert.equal((await check(into)).ok, false, `line ${at + 1}`)
    }
    writeFileSync(path, all.join(''))
    assert.equal((await check(into)).ok, true)
    assert.equal((await verifyFolder(into, { keys: PUBLIC_KEYS })).ok, false)
  })

  if (hasGo()) {
    it('is checked by the verifier in Go as well', async function () {
      this.timeout(120_000)
      const go = buildGoVerifier(PUBLIC_KEYS)
      const directory = await log()
      for (const asked of [{ patient: PATIENT }, { id: 'dec_10' }, {}]) {
        const { into, evidence } = await written(directory, asked)
        const { code, said } = go.run(into, '-package')
        const { seq, hash } = evidence.end
        assert.equal(
          said,
          `ok: ${evidence.records + evidence.omitted} records, head ${seq}:${hash}`,
        )
        assert.equal(code, 0)
        const path = join(into, 'audit.ndjson')
        const good = readFileSync(path)
        for (let at = 5; at < good.length; at += 97) {
          const edited = Buffer.from(good)
          edited[at] = (good[at] ?? 0) ^ 1
          writeFileSync(path, edited)
          assert.equal(go.run(into, '-package').code, 1, `byte ${at}`)
        }
        writeFileSync(path, good)
      }
      go.remove()
    })
  }

  /** A review of two records around another record, in a log that nothing signs. */
  async function unsigned(): Promise<string> {
    const directory = folder()
    const own = await openAuditLog({ directory, clock: steppingClock(), labels: {} })
    const review = { kind: 'review' as const, review: 'rev_1' }
    await own.append({ labels: {}, custom: { ...review, reviewStatus: 'open' } })
    await own.append(sampleRecord(2))
    await own.append({ labels: {}, custom: { ...review, reviewStatus: 'approved' } })
    await own.append(sampleRecord(4))
    await own.close()
    return directory
  }

  it('holds a review whole of which one record fits, and says that no checkpoint covers it', async () => {
    const directory = await unsigned()
    const { into, evidence } = await written(directory, {
      review: 'rev_1',
      to: '2026-11-22T00:00:03Z',
    })
    const { records, omitted, begin, end, signed, sessions } = evidence
    assert.deepEqual([records, omitted, begin.seq, end.seq], [2, 2, 0, 4])
    assert.deepEqual([signed, sessions], [false, []])
    assert.equal(readFileSync(join(into, 'audit.checkpoints'), 'utf8'), '')
    const result = await check(into)
    assert.deepEqual(result.ok && [result.records, result.covered], [4, 0])
  })

  it('reaches to the end of the log where the last checkpoint is before what it shows', async () => {
    const directory = await log()
    const own = await openAuditLog({ directory, clock: steppingClock(), labels: {} })
    await own.append(sampleRecord(35))
    await own.append(sampleRecord(36))
    await own.close()
    const { into, evidence } = await written(directory, { id: 'dec_35' })
    const { records, omitted, begin, end, signed } = evidence
    assert.deepEqual([records, omitted, begin.seq, end.seq, signed], [1, 1, 34, 36, false])
    const result = await check(into)
    assert.deepEqual(result.ok && [result.records, result.covered], [2, 34])
  })

  it('is made of a log whose last file was closed, and passes over a torn line', async () => {
    const directory = await unsigned()
    const current = join(directory, 'audit.ndjson')
    const good = readFileSync(current, 'utf8')
    writeFileSync(current, `${good}{"decision_id":"dec_5"`)
    assert.equal((await written(directory, {})).evidence.records, 4)
    writeFileSync(current, good)
    renameSync(current, join(directory, 'audit-000000000001-000000000004.ndjson'))
    assert.equal((await written(directory, {})).evidence.records, 4)
  })

  it('is not made of a log in which a record does not check, and names it', async () => {
    const directory = await unsigned()
    const path = join(directory, 'audit.ndjson')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"dec_2"', '"dec_9"'))
    const made = writeEvidence(directory, parseQuery({ id: 'dec_4' }), folder())
    await assert.rejects(made, /audit\.ndjson line 2: the hash does not fit the record/)
  })

  it('is not made where no checkpoint says what the oldest record stands on', async () => {
    const directory = folder()
    await writeSignedLog(directory, 1, 5, { segmentBytes: 900 })
    rmSync(join(directory, 'audit-000000000001-000000000002.ndjson'))
    const { evidence } = await written(directory, { id: 'dec_4' })
    assert.deepEqual([evidence.begin.seq, evidence.records, evidence.signed], [2, 1, true])
    rmSync(join(directory, 'audit.checkpoints'))
    const into = folder()
    const made = writeEvidence(directory, parseQuery({ id: 'dec_4' }), into)
    await assert.rejects(made, /no checkpoint covers what the records stand on/)
    assert.deepEqual(readdirSync(into), [])
  })

  it('is not taken for whole when its chain is empty, torn or damaged where it begins', async () => {
    const { into } = await written(await log(), { id: 'dec_10' })
    const path = join(into, 'audit.ndjson')
    const good = readFileSync(path, 'utf8')
    for (const text of [
      '',
      good.slice(0, 40),
      `nothing\n${good}`,
      good.replace('"seq"', '"sEq"'),
    ]) {
      writeFileSync(path, text)
      assert.equal((await check(into)).ok, false, text.slice(0, 10))
    }
    writeFileSync(path, good)
    assert.equal((await check(into)).ok, true)
  })

  it('is not made where no record fits', async () => {
    const into = folder()
    assert.equal(await writeEvidence(await log(), parseQuery({ id: 'dec_99' }), into), undefined)
  })
})
