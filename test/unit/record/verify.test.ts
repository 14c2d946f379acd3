import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  chainRecord,
  verifyFolder,
  verifyLog,
  ZERO_HASH,
  type Head,
  type Verification,
} from '../../../src/record/index.ts'
import { temporaryFolders } from '../../support/audit-fixtures.ts'
import { sampleRecord } from '../../support/audit-records.ts'

const TIME = '2026-11-22T12:00:00.000Z'

/** Lines 1 to `count`, and the head after each (heads[0] is the empty log's). */
function sampleLog(count: number): { lines: string[]; heads: Head[] } {
  const lines: string[] = []
  const heads: Head[] = [{ seq: 0, hash: ZERO_HASH }]
  for (let seq = 1; seq <= count; seq += 1) {
    const prev = heads.at(-1)?.hash ?? ''
    const { line, hash } = chainRecord(sampleRecord(seq), seq, prev, TIME)
    lines.push(`${line}\n`)
    heads.push({ seq, hash })
  }
  return { lines, heads }
}

describe('verifyLog', () => {
  const folder = temporaryFolders()

  async function verify(content: string | Uint8Array, expectHead?: Head): Promise<Verification> {
    const directory = folder()
    writeFileSync(join(directory, 'audit.ndjson'), content)
    return verifyFolder(directory, { expectHead })
  }

  async function badLine(content: string, expectHead?: Head): Promise<number> {
    const result = await verify(content, expectHead)
    return result.ok ? 0 : result.line
  }

  it('accepts a whole log and an empty one', async () => {
    const { lines, heads } = sampleLog(5)
    const whole = { ok: true, records: 5, head: heads[5], covered: 0, torn: false }
    assert.deepEqual(await verify(lines.join('')), whole)
    assert.deepEqual(await verify(''), {
      ok: true,
      records: 0,
      head: heads[0],
      covered: 0,
      torn: false,
    })
  })

  it('finds every single-byte edit of a log', async function () {
    this.timeout(120_000)
    const { lines } = sampleLog(5)
    const good = Buffer.from(lines.join(''))
    const path = join(folder(), 'audit.ndjson')
    for (let at = 0; at < good.length; at += 1) {
      const was = good[at] ?? 0
      // The smallest change, a flipped case, a newline, and a byte that is not UTF-8.
      for (const value of [was ^ 1, was ^ 0x20, 0x0a, 0xff]) {
        if (value === was) continue
        const edited = Buffer.from(good)
        edited[at] = value
        writeFileSync(path, edited)
        const result = await verifyLog(path)
        assert.equal(result.ok, false, `byte ${at} set to ${value}`)
      }
    }
  })

  it('finds a removed byte and an inserted one, wherever they are', async function () {
    this.timeout(120_000)
    const { lines, heads } = sampleLog(3)
    const good = Buffer.from(lines.join(''))
    for (let at = 0; at < good.length; at += 1) {
      const [before, after] = [good.subarray(0, at), good.subarray(at)]
      const removed = await verify(Buffer.concat([before, after.subarray(1)]), heads[3])
      const inserted = await verify(Buffer.concat([before, Buffer.from(' '), after]))
      assert.equal(removed.ok, false, `byte ${at} removed`)
      assert.equal(inserted.ok, false, `byte inserted at ${at}`)
    }
  })

  it('finds a removed record, and says where', async () => {
    const { lines } = sampleLog(5)
    assert.equal(await badLine(lines.toSpliced(0, 1).join('')), 1)
    assert.equal(await badLine(lines.toSpliced(2, 1).join('')), 3)
  })

  it('finds swapped, repeated and inserted records', async () => {
    const { lines } = sampleLog(5)
    const [first = '', second = '', third = ''] = lines
    const forged = chainRecord(sampleRecord(9), 3, 'f'.repeat(64), TIME).line
    assert.equal(await badLine(first + third + second), 2)
    assert.equal(await badLine(first + second + second + third), 3)
    assert.equal(await badLine(`${first}${second}${forged}\n${third}`), 3)
    assert.equal(await badLine(`${first}\n${second}`), 2)
  })

  it('finds a chain that was computed anew from a changed record on, by the head alone', async () => {
    const { lines, heads } = sampleLog(5)
    const kept = lines.slice(0, 3)
    const changed = chainRecord(sampleRecord(99), 4, heads[3]?.hash ?? '', TIME)
    const last = chainRecord(sampleRecord(5), 5, changed.hash, TIME)
    const forged = `${kept.join('')}${changed.line}\n${last.line}\n`
    assert.equal((await verify(forged)).ok, true)
    assert.equal(await badLine(forged, heads[5]), 5)
    assert.equal(await badLine(forged, heads[4]), 4)
    assert.equal((await verify(forged, heads[3])).ok, true)
  })

  it('finds a log that was cut short, by an expected head', async () => {
    const { lines, heads } = sampleLog(5)
    const short = lines.slice(0, 3).join('')
    assert.equal((await verify(short)).ok, true)
    assert.equal(await badLine(short, heads[4]), 4)
    assert.equal(await badLine('', heads[1]), 1)
    assert.equal((await verify(short, heads[3])).ok, true)
    assert.equal((await verify(short, heads[0])).ok, true)
    assert.equal((await verify(short, { seq: 0, hash: 'f'.repeat(64) })).ok, false)
  })

  it('states a torn end at every length without calling the chain broken', async () => {
    const { lines, heads } = sampleLog(3)
    const [first = '', second = '', third = ''] = lines
    for (let length = 1; length < third.length; length += 1) {
      const result = await verify(first + second + third.slice(0, length))
      assert.deepEqual(result, { ok: true, records: 2, head: heads[2], covered: 0, torn: true })
    }
  })

  it('checks files one after another as one log, and refuses a torn line between them', async () => {
    const { lines, heads } = sampleLog(5)
    const directory = folder()
    const paths = ['one', 'two'].map((name) => join(directory, name))
    const [one = '', two = ''] = paths
    writeFileSync(one, lines.slice(0, 2).join(''))
    writeFileSync(two, lines.slice(2).join(''))
    const whole = { ok: true, records: 5, head: heads[5], covered: 0, torn: false }
    assert.deepEqual(await verifyLog(paths), whole)
    assert.equal((await verifyLog(paths.toReversed())).ok, false)
    writeFileSync(one, `${lines.slice(0, 2).join('')}{"labels`)
    const result = await verifyLog(paths)
    assert.equal(result.ok ? '' : `${result.path === two} ${result.line}`, 'true 1')
  })

  it('reads lines of many megabytes and tells its progress', async () => {
    const record = sampleRecord(1)
    const big = { ...record, labels: { filler: 'ä'.repeat(3 << 20) } }
    const first = chainRecord(big, 1, ZERO_HASH, TIME)
    const second = chainRecord(sampleRecord(2), 2, first.hash, TIME)
    const path = join(folder(), 'audit.ndjson')
    writeFileSync(path, `${first.line}\n${second.line}\n`)
    const seen: number[] = []
    const result = await verifyLog(path, { onProgress: (records) => seen.push(records) })
    assert.equal(result.ok && result.records, 2)
    assert.equal(seen.at(-1), 2)
  })

  it('refuses expected heads that do not ascend', async () => {
    const { lines, heads } = sampleLog(3)
    const path = join(folder(), 'audit.ndjson')
    writeFileSync(path, lines.join(''))
    async function* expected(): AsyncGenerator<Head & { readonly from: string }> {
      for (const seq of [2, 1]) yield { seq, hash: heads[seq]?.hash ?? '', from: `note ${seq}` }
    }
    const result = await verifyLog(path, { expected: expected() })
    assert.equal(result.ok ? '' : result.problem, 'note 1 is out of order')
  })

  it('refuses a file of earlier checkpoints in which there is none', async () => {
    const { lines } = sampleLog(3)
    const directory = folder()
    writeFileSync(join(directory, 'audit.ndjson'), lines.join(''))
    const earlier = join(directory, 'noted')
    writeFileSync(earlier, '')
    const result = await verifyFolder(directory, { earlier })
    assert.equal(result.ok ? '' : result.problem, 'there is no checkpoint in it')
  })

  it('rejects when there is no file', async () => {
    await assert.rejects(verifyLog(join(folder(), 'missing')), { code: 'ENOENT' })
  })
})
