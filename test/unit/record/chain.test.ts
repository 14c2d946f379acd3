import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import type { UnchainedRecord } from '../../../src/domain/index.ts'
import { isAlteredEnd, omittedLine, readLine } from '../../../src/record/chain.ts'
import { chainRecord, checkLine, ZERO_HASH } from '../../../src/record/index.ts'
import { sampleRecord } from '../../support/audit-records.ts'

const TIME = '2026-11-22T12:00:00.000Z'

/** A line with a hash that fits, of whatever stands before seq. */
function rehash(content: string | Buffer): Buffer {
  const open = Buffer.from(content)
  const digest = createHash('sha256').update(open).update('}}').digest('hex')
  const hash = createHash('sha256').update(`1:${ZERO_HASH}:${digest}`).digest('hex')
  return Buffer.concat([open, Buffer.from(`,"seq":1,"prev":"${ZERO_HASH}","hash":"${hash}"}}`)])
}

function problemOf(line: Buffer): string {
  const check = checkLine(line, 1, ZERO_HASH)
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

  it('hashes the place and the digest of the line without its place', () => {
    const { line, hash } = chainRecord(sampleRecord(1), 1, ZERO_HASH, TIME)
    const without = line.replace(`,"seq":1,"prev":"${ZERO_HASH}","hash":"${hash}"`, '')
    assert.doesNotThrow(() => JSON.parse(without) as unknown)
    const digest = createHash('sha256').update(without, 'utf8').digest('hex')
    const link = createHash('sha256').update(`1:${ZERO_HASH}:${digest}`).digest('hex')
    assert.equal(hash, link)
  })

  it('follows the chain past a record that is left out, where that is allowed', () => {
    const { line, hash } = chainRecord(sampleRecord(1), 1, ZERO_HASH, TIME)
    const sound = readLine(Buffer.from(line))
    const omitted = Buffer.from(omittedLine(1, sound.ok ? sound.digest : ''))
    assert.deepEqual(checkLine(omitted, 1, ZERO_HASH, true), { ok: true, hash })
    assert.equal(checkLine(omitted, 1, ZERO_HASH).ok, false)
    assert.equal(checkLine(omitted, 2, ZERO_HASH, true).ok, false)
  })

  it('accepts a line at its place and nowhere else', () => {
    const { line, hash } = chainRecord(sampleRecord(7), 7, 'a'.repeat(64), TIME)
    const bytes = Buffer.from(line)
    assert.deepEqual(checkLine(bytes, 7, 'a'.repeat(64)), { ok: true, hash })
    assert.equal(checkLine(bytes, 8, 'a'.repeat(64)).ok, false)
    assert.equal(checkLine(bytes, 7, 'b'.repeat(64)).ok, false)
  })

  it('refuses a record that the schema refuses, even when its hash fits', () => {
    const open = `{"labels":{},"timestamp":"${TIME}","extra":1,"custom":{"version":1,"kind":"stop"`
    assert.match(problemOf(rehash(open)), /schema/)
  })

  it('refuses an end that belongs to another object than custom', () => {
    const fake = `"prev":"${ZERO_HASH}"`
    const open = `{"timestamp":"${TIME}","custom":{"version":1,"kind":"stop","seq":1,${fake},"hash":"${ZERO_HASH}"},"labels":{"seq":"",${fake}`
    assert.notEqual(problemOf(rehash(open)), 'none')
  })

  it('refuses bytes that are not UTF-8 and text that is not JSON, even when the hash fits', () => {
    const tail = `"custom":{"version":1,"kind":"stop"`
    assert.match(problemOf(rehash(`{"labels":{},,${tail}`)), /not JSON/)
    const begin = Buffer.concat([Buffer.from('{"labels":{"a":"'), Buffer.from([0xff])])
    const rest = Buffer.from(`"},"timestamp":"${TIME}",${tail}`)
    assert.equal(problemOf(rehash(Buffer.concat([begin, rest]))), 'the line is not UTF-8')
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
