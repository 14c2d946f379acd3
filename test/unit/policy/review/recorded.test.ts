import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PolicyError } from '../../../../src/policy/index.ts'
import { recordedDecisions } from '../../../../src/policy/review/index.ts'
import { decisionOf, logOf } from '../../../support/recorded.ts'
import { policyInput } from '../facts.ts'

describe('reading recorded decisions', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'phigate-test-'))
  })
  afterEach(() => {
    rmSync(dir, { recursive: true })
  })

  async function kinds(path: string): Promise<readonly string[]> {
    const seen: string[] = []
    for await (const record of recordedDecisions(path)) {
      seen.push(record.kind === 'decision' ? record.decisionId : record.kind)
    }
    return seen
  }

  const lines = (...ids: readonly string[]): string =>
    [...logOf(ids.map((id) => decisionOf(id, policyInput())))].join('')

  it('gives facts, result and revision of every decision', async () => {
    writeFileSync(join(dir, 'audit.ndjson'), lines('dec_a'))
    const { value } = await recordedDecisions(join(dir, 'audit.ndjson')).next()
    assert.deepEqual(value, {
      kind: 'decision',
      decisionId: 'dec_a',
      facts: policyInput(),
      result: { outcome: 'allow', reasons: [], approval: [] },
      revision: '0123456789ab',
    })
  })

  it('says why a record cannot be decided again', async () => {
    const start = { labels: {}, custom: { kind: 'start' as const } }
    const old = { ...policyInput(), usage: {} } as unknown as ReturnType<typeof policyInput>
    const records = [start, decisionOf('dec_a', null), decisionOf('dec_b', old)]
    const log = `${[...logOf(records)].join('')}{"decision_id":"dec_c","inp`
    writeFileSync(join(dir, 'audit.ndjson'), log)
    assert.deepEqual(await kinds(dir), [
      'no-decision',
      'refused-before-facts',
      'facts-of-another-version',
      'torn',
    ])
  })

  it('finds the log in a data directory, and the parts of a log in their order', async () => {
    mkdirSync(join(dir, 'audit'))
    writeFileSync(join(dir, 'audit', 'audit.ndjson'), lines('dec_c'))
    writeFileSync(join(dir, 'audit', 'audit-0001.ndjson'), lines('dec_a'))
    writeFileSync(join(dir, 'audit', 'audit-0002.ndjson'), lines('dec_b'))
    writeFileSync(join(dir, 'audit', 'audit.lock'), 'x')
    assert.deepEqual(await kinds(dir), ['dec_a', 'dec_b', 'dec_c'])
    assert.deepEqual(await kinds(join(dir, 'audit')), ['dec_a', 'dec_b', 'dec_c'])
  })

  it('takes a last line that is JSON but no record as one that was cut', async () => {
    writeFileSync(join(dir, 'audit.ndjson'), `${lines('dec_a')}53`)
    assert.deepEqual(await kinds(dir), ['dec_a', 'torn'])
  })

  it('leaves open which revision decided where the record does not say it', async () => {
    const [record] = [...logOf([decisionOf('dec_a', policyInput())])]
    for (const bundles of [undefined, 'x', {}, { phigate: 'x' }, { phigate: { revision: 7 } }]) {
      const changed = { ...(JSON.parse(record ?? '') as object), bundles }
      writeFileSync(join(dir, 'audit.ndjson'), `${JSON.stringify(changed)}\n`)
      const { value } = await recordedDecisions(dir).next()
      assert.ok(value?.kind === 'decision')
      assert.deepEqual([value.decisionId, value.revision], ['dec_a', undefined])
    }
  })

  it('leaves open what was decided where the record does not say it', async () => {
    const [record] = [...logOf([decisionOf('dec_a', policyInput())])]
    const changed = { ...(JSON.parse(record ?? '') as object), result: { outcome: 'maybe' } }
    writeFileSync(join(dir, 'audit.ndjson'), `${JSON.stringify(changed)}\n`)
    const { value } = await recordedDecisions(dir).next()
    assert.ok(value?.kind === 'decision')
    assert.equal(value.result, undefined)
  })

  it('stops at a line that is no record, by file and line and without what stands there', async () => {
    writeFileSync(join(dir, 'audit.ndjson'), `${lines('dec_a')}536-22-1234\n${lines('dec_b')}`)
    await assert.rejects(
      kinds(dir),
      (error) =>
        error instanceof PolicyError &&
        error.message.includes('audit.ndjson:2: is no audit record') &&
        !error.message.includes('536'),
    )
  })

  it('stops where there is no log', async () => {
    await assert.rejects(kinds(join(dir, 'none')), /does not exist/)
    await assert.rejects(kinds(dir), /holds no audit log/)
  })
})
