import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { UnchainedRecord } from '../../../src/domain/index.ts'
import { isAlteredEnd, readLine } from '../../../src/record/chain.ts'
import { chainRecord, checkLine, ZERO_HASH } from '../../../src/record/index.ts'
import { sampleRecord } from '../../support/audit-records.ts'

const TIME = '2026-11-22T12:00:00.000Z'

function rehash(open: string): string {
  const hash = createHash('sha256').update(`${open}}}`).digest('hex')
  return `${open},"hash":"${hash}"}}`
}

function problemOf(line: string): string {
  const check = checkLine(Buffer.from(line), 1, ZERO_HASH)
  return check.ok ? 'none' : check.problem
}

describe('chain', () => {
  it('ends a line with seq, prev and hash, and orders the keys whatever their order was', () => {
    const { custom, labels, ...rest } = sampleRecord(1)
    const metrics = { timer_ns: 5 }
    const record: UnchainedRecord = { metrics, custom, ...rest, labels }
    const { line, hash } = chainRecord(record, 1, ZERO_HASH, TIME)
    const parsed = JSON.parse(line) as Record<string, object>
    assert.deepEqual(Object.keys(parsed), [
      'decision_id',
      'labels',
      'path',
      'input',
      'timestamp',
      'metrics',
      'requested_by',
      'req_id',
      'custom',
    ])
    assert.deepEqual(Object.keys(parsed['custom'] ?? {}).slice(-3), ['seq', 'prev', 'hash'])
    assert.ok(line.endsWith(`,"seq":1,"prev":"${ZERO_HASH}","hash":"${hash}"}}`))
  })

  it('hashes the line without its hash member', () => {
    const { line, hash } = chainRecord(sampleRecord(1), 1, ZERO_HASH, TIME)
    const without = line.replace(`,"hash":"${hash}"`, '')
    assert.equal(createHash('sha256').update(without, 'utf8').digest('hex'), hash)
  })

  it('accepts a line at its place and nowhere else', () => {
    const { line, hash } = chainRecord(sampleRecord(7), 7, 'a'.repeat(64), TIME)
    const bytes = Buffer.from(line)
    assert.deepEqual(checkLine(bytes, 7, 'a'.repeat(64)), { ok: true, hash })
    assert.equal(checkLine(bytes, 8, 'a'.repeat(64)).ok, false)
    assert.equal(checkLine(bytes, 7, 'b'.repeat(64)).ok, false)
  })

  it('refuses a record that the schema refuses, even when its hash fits', () => {
    const open = `{"labels":{},"timestamp":"${TIME}","extra":1,"custom":{"version":1,"kind":"stop","seq":1,"prev":"${ZERO_HASH}"`
    assert.match(problemOf(rehash(open)), /schema/)
  })

  it('refuses an end that belongs to another object than custom', () => {
    const fake = `"prev":"${ZERO_HASH}"`
    const open = `{"timestamp":"${TIME}","custom":{"version":1,"kind":"stop","seq":1,${fake},"hash":"${ZERO_HASH}"},"labels":{"seq":"",${fake},"seq":1,${fake}`
    assert.notEqual(problemOf(rehash(open)), 'none')
  })

  it('refuses bytes that are not UTF-8 and text that is not JSON, even when the hash fits', () => {
    const tail = `"custom":{"version":1,"kind":"stop","seq":1,"prev":"${ZERO_HASH}"`
    assert.match(problemOf(rehash(`{"labels":{},,${tail}`)), /not JSON/)
    const open = Buffer.concat([Buffer.from('{"labels":{"a":"'), Buffer.from([0xff])])
    const rest = Buffer.from(`"},"timestamp":"${TIME}",${tail}`)
    const hash = createHash('sha256').update(open).update(rest).update('}}').digest('hex')
    const line = Buffer.concat([open, rest, Buffer.from(`,"hash":"${hash}"}}`)])
    const check = readLine(line)
    assert.equal(check.ok ? '' : check.problem, 'the line is not UTF-8')
  })

  it('tells a torn record from a whole one with something behind it', () => {
    const line = Buffer.from(chainRecord(sampleRecord(1), 1, ZERO_HASH, TIME).line)
    for (let length = 0; length <= line.length; length += 1) {
      assert.equal(isAlteredEnd(line.subarray(0, length), 1, ZERO_HASH), false)
    }
    assert.equal(isAlteredEnd(Buffer.concat([line, Buffer.from('X')]), 1, ZERO_HASH), true)
    assert.equal(isAlteredEnd(Buffer.concat([line, Buffer.from('X')]), 2, ZERO_HASH), false)
  })
})
