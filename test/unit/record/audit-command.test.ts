import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditLog } from '../../../src/record/adapters/winston-log.ts'
import type { Receipt } from '../../../src/domain/index.ts'
import { steppingClock, temporaryFolders } from '../../support/audit-fixtures.ts'
import { sampleRecord } from '../../support/audit-records.ts'
import { PUBLIC_KEYS } from '../../support/checkpoint-key.ts'
import { writeSignedLog } from '../../support/signed-log.ts'

const MODULE = new URL('../../../src/cli/audit.ts', import.meta.url).href
const SCRIPT = `const { auditCommand } = await import(${JSON.stringify(MODULE)})
await auditCommand().parseAsync(process.argv.slice(1), { from: 'user' })`

interface Run {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

function run(args: readonly string[], env: Record<string, string> = {}): Run {
  return spawnSync(process.execPath, ['--input-type=module', '-e', SCRIPT, '--', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  })
}

async function writeUnsignedLog(directory: string, number: number): Promise<void> {
  const log = await openAuditLog({ directory, clock: steppingClock(), labels: {} })
  await log.append(sampleRecord(number))
  await log.close()
}

describe('audit verify', () => {
  const folder = temporaryFolders()

  async function dataDir(): Promise<{ data: string; file: string; last: Receipt }> {
    const data = folder()
    const directory = join(data, 'audit')
    const log = await openAuditLog({ directory, clock: steppingClock(), labels: {} })
    await log.append(sampleRecord(1))
    const last = await log.append(sampleRecord(2))
    await log.close()
    return { data, file: join(directory, 'audit.ndjson'), last }
  }

  it('prints the head of a log that checks', async () => {
    const { data, last } = await dataDir()
    const { status, stdout } = run(['verify', '--data-dir', data])
    assert.match(
      stdout,
      new RegExp(`^ok: 2 records, head 2:${last.hash}\nunsigned: no public keys`),
    )
    assert.equal(status, 0)
    assert.equal(run(['verify'], { PHIGATE_DATA_DIR: data }).stdout, stdout)
  })

  it('ends with 1 and names the first bad record', async () => {
    const { data, file } = await dataDir()
    writeFileSync(file, readFileSync(file, 'utf8').replace('dec_2', 'dec_3'))
    const { status, stdout } = run(['verify', '--data-dir', data])
    assert.match(stdout, /^bad: .*line 2, record 2 expected: the hash/)
    assert.equal(status, 1)
  })

  it('checks an expected head', async () => {
    const { data, last } = await dataDir()
    const verify = (head: string): number | null =>
      run(['verify', '--data-dir', data, '--expect-head', head]).status
    assert.equal(verify(`2:${last.hash}`), 0)
    assert.equal(verify(`3:${last.hash}`), 1)
    assert.equal(verify(`1:${last.hash}`), 1)
  })

  it('states a torn end', async () => {
    const { data, file } = await dataDir()
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"labels`)
    const { status, stdout } = run(['verify', '--data-dir', data])
    assert.match(stdout, /^ok: 2 records.*\n.*\ntorn: /)
    assert.equal(status, 0)
  })

  it('checks signatures with the public keys, and says how far they go', async () => {
    const data = folder()
    const directory = join(data, 'audit')
    await writeSignedLog(directory, 1, 3)
    const keys = join(data, 'keys.json')
    writeFileSync(keys, JSON.stringify(PUBLIC_KEYS))
    const noted = join(data, 'noted')
    copyFileSync(join(directory, 'audit.checkpoints'), noted)
    const verify = (...flags: string[]): Run =>
      run(['verify', '--data-dir', data, '--public-keys', keys, ...flags])
    assert.match(verify('--checkpoint', noted).stdout, /^ok: 3 records.*\nsigned: all of it\n$/)
    await writeUnsignedLog(directory, 4)
    assert.match(
      verify('--checkpoint', noted).stdout,
      /^ok: 4 records.*\nsigned: up to record 3\n$/,
    )
    const text = readFileSync(join(directory, 'audit.ndjson'), 'utf8')
    writeFileSync(
      join(directory, 'audit.ndjson'),
      text
        .split(/(?<=\n)/)
        .slice(0, 2)
        .join(''),
    )
    rmSync(join(directory, 'audit.checkpoints'))
    assert.match(verify().stdout, /^ok: 2 records.*\nunsigned: there is no checkpoint\n$/)
    const { status, stdout } = verify('--checkpoint', noted)
    assert.match(stdout, /^bad: .*line 3, record 3 expected: .*before record 3 of noted line 1/)
    assert.equal(status, 1)
    assert.equal(run(['verify', '--data-dir', data, '--checkpoint', noted]).status, 2)
    assert.equal(verify('--public-keys', noted).status, 2)
  })

  it('ends with 1 when there is no log', () => {
    const data = folder()
    assert.match(run(['verify', '--data-dir', data]).stderr, /cannot be read: ENOENT/)
    mkdirSync(join(data, 'audit', 'audit.ndjson'), { recursive: true })
    assert.equal(run(['verify', '--data-dir', data]).status, 1)
  })

  it('ends with 2 on wrong usage and with 0 on a question for help', () => {
    assert.equal(run(['verify', '--expect-head', '12']).status, 2)
    assert.equal(run(['verify', '--unknown']).status, 2)
    assert.equal(run(['verify', 'extra']).status, 2)
    assert.equal(run(['unknown']).status, 2)
    assert.equal(run([]).status, 2)
    assert.equal(run(['verify', '--help']).status, 0)
  })
})
