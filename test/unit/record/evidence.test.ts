import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
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

  it('is not made where no record fits', async () => {
    const into = folder()
    assert.equal(await writeEvidence(await log(), parseQuery({ id: 'dec_99' }), into), undefined)
  })
})
