import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exampleConfig, keyringIn } from '../../src/config/index.ts'
import { createKeyring, mintAt, newKeyring } from '../../src/keyring/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { temporaryFolders } from '../support/audit-fixtures.ts'
import { phigate } from '../support/command.ts'
import { assertClean, PHI } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { hasGo, shellIn } from '../support/go-verifier.ts'

interface Index {
  readonly recordedAs: number
  readonly records: number
  readonly signed: boolean
  readonly sessions: readonly string[]
  readonly missing: readonly string[]
  readonly files: readonly { readonly name: string; readonly sha256: string }[]
}

describe('evidence for an auditor', function () {
  this.timeout(180_000)
  const folder = temporaryFolders()
  let gateway: TestGateway | undefined
  afterEach(() => gateway?.stop())
  const indexOf = (out: string): Index =>
    JSON.parse(readFileSync(join(out, 'index.json'), 'utf8')) as Index

  it('is a folder that can be read and verified by itself; making it is on record', async () => {
    const dataDir = join(folder(), 'data')
    const running = await startTestGateway({ dataDir })
    gateway = running
    const env = {
      PHIGATE_CONSOLE: running.server.consoleUrl.href,
      PHIGATE_CONSOLE_TOKEN: await running.issuer.token('auditor', 'console'),
      PHIGATE_DATA_DIR: dataDir,
    }
    for (const session of ['one', 'two']) {
      const headers = { 'x-phigate-session': session }
      assert.equal((await running.post(ask(PHI), { headers })).status, 200)
    }
    const [decision] = running.records().filter(({ custom }) => custom.kind === 'decision')
    const session = decision?.custom.session ?? ''
    const out = join(folder(), 'evidence')
    const args = [
      '--session',
      session,
      '--out',
      out,
      '--why',
      'a request for access',
      '--recordings',
    ]
    const made = await phigate(['audit', 'evidence', ...args], env)
    assert.deepEqual([made.code, made.stderr], [0, ''])
    assert.match(made.stdout, /: 2 records, \d+ left out by their digests; see INDEX\.md\n$/)
    const index = indexOf(out)
    assert.deepEqual(
      [index.records, index.signed, index.sessions, index.missing],
      [2, true, [session], []],
    )
    const record = running.records().find(({ custom }) => custom.seq === index.recordedAs)
    assert.equal(record?.custom.kind, 'audit-export')
    assert.equal(record?.custom.detail, 'by session: a request for access')
    assert.match(record?.requested_by ?? '', /\|auditor$/)
    await running.stop()
    gateway = undefined

    for (const { name, sha256 } of index.files) {
      const bytes = readFileSync(join(out, name))
      assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256, name)
      assertClean(bytes.toString('latin1'))
    }
    const names = index.files.map(({ name }) => name.replace(/^bundles\/[0-9a-f]+/, 'bundles'))
    for (const name of [
      'audit.ndjson',
      'audit.checkpoints',
      'records.ndjson',
      'public-keys.json',
      'schemas/audit-record.schema.json',
      'verifier/main.go',
      'recordings/1.ndjson',
      'bundles/policy.wasm',
    ]) {
      assert.ok(names.includes(name), name)
    }
    const shown = readFileSync(join(out, 'records.ndjson'), 'utf8').trim().split('\n')
    const kinds = shown.map((line) => (JSON.parse(line) as AuditRecord).custom.kind)
    assert.deepEqual(kinds, ['decision', 'completion'])
    const keys = join(out, 'public-keys.json')
    const verified = await phigate(['audit', 'verify', '--package', out, '--public-keys', keys])
    assert.match(verified.stdout, /^ok: .*\nsigned: all of it\n$/)
    const [, command = ''] =
      /^ {4}(go run .*)$/m.exec(readFileSync(join(out, 'INDEX.md'), 'utf8')) ?? []
    assert.notEqual(command, '')
    if (hasGo()) assert.match(shellIn(out, command), /^ok: \d+ records/)

    // Without a gateway the command writes the record itself, and says what it cannot have.
    const again = join(folder(), 'evidence')
    const rest = ['--kind', 'start', '--out', again, '--why', 'once more', '--recordings']
    const offline = await phigate(['audit', 'evidence', ...rest], { PHIGATE_DATA_DIR: dataDir })
    assert.equal(offline.code, 0, offline.stderr)
    const log = readFileSync(join(dataDir, 'audit', 'audit.ndjson'), 'utf8')
      .trim()
      .split('\n')
    const own = log
      .map((line) => JSON.parse(line) as AuditRecord)
      .find(({ custom }) => custom.seq === indexOf(again).recordedAs)
    assert.match(own?.requested_by ?? '', /^local\|/)
    assert.deepEqual(readdirSync(join(again, 'recordings')), [])

    const nothing = join(folder(), 'evidence')
    const none = await phigate(
      [
        'audit',
        'evidence',
        '--principal',
        'nobody',
        '--out',
        nothing,
        '--why',
        'x',
        '--unrecorded',
      ],
      { PHIGATE_DATA_DIR: dataDir },
    )
    assert.deepEqual([none.code, none.stderr.includes('no record fits')], [1, true])
    assert.equal(existsSync(nothing), false)
    const taken = await phigate(['audit', 'evidence', ...args], env)
    assert.deepEqual([taken.code, taken.stderr.includes('EEXIST')], [2, true])
  })

  it('is made where the keyring is not in the data directory, or not there at all while a gateway runs', async () => {
    const place = folder()
    const dataDir = join(place, 'data')
    mkdirSync(join(place, 'secrets'))
    const config = join(place, 'phigate.yaml')
    // What `config init` writes: the keyring is beside the data, not in it.
    writeFileSync(config, exampleConfig('schema.json'))
    writeFileSync(join(place, 'secrets', 'claude-key'), 'sk')
    const keyringFile = join(place, 'secrets', 'keyring.json')
    createKeyring(keyringFile, newKeyring(mintAt(new Date())))
    const running = await startTestGateway({ dataDir, keyringFile })
    gateway = running
    rmSync(keyringIn(dataDir))
    const token = await running.issuer.token('auditor', 'console')
    const env = { PHIGATE_CONSOLE: running.server.consoleUrl.href, PHIGATE_CONSOLE_TOKEN: token }
    assert.equal((await running.post(ask(PHI))).status, 200)
    // It waits for an approval that nobody gives: there is no recording of it.
    const waits = await running.post(ask('Give me a full chart summary.'))
    assert.equal(waits.status, 451)
    const [digest] = running.records().flatMap(({ custom }) => custom.patients ?? [])
    const printed = spawnSync(
      process.execPath,
      ['src/cli/phigate.ts', 'audit', 'patient', '--config', config],
      { input: '4471902\n', encoding: 'utf8' },
    )
    assert.deepEqual([printed.stdout.split('\t')[0], printed.stderr], [digest, ''])
    const where = ['--config', config]
    const verified = await phigate(['audit', 'verify', ...where])
    assert.match(verified.stdout, /^ok: (?!.*no public keys)/s)
    const report = await phigate(['audit', 'report', ...where])
    assert.match(report.stdout, /\| mask \| 1 \|/)
    const out = join(place, 'evidence')
    const args = ['audit', 'evidence', '--kind', 'decision', '--why', 'x', '--out', out]
    const made = await phigate([...args, '--recordings', ...where], env)
    assert.deepEqual([made.code, made.stderr], [0, ''])
    assert.equal(indexOf(out).signed, true)
    // Of what could not be had there is a line, and no empty file that looks like a recording.
    assert.equal(indexOf(out).missing.length, 1)
    assert.deepEqual(readdirSync(join(out, 'recordings')), ['1.ndjson'])

    rmSync(out, { recursive: true })
    const keys = join(place, 'public-keys.json')
    writeFileSync(keys, (await phigate(['keys', 'public', ...where])).stdout)
    const apart = ['--data-dir', dataDir, '--public-keys', keys]
    const asked = await phigate([...args, ...apart], env)
    assert.deepEqual([asked.code, asked.stderr], [0, ''])
    rmSync(out, { recursive: true })
    await running.stop()
    gateway = undefined
    const alone = await phigate([...args, ...apart], env)
    assert.equal(alone.code, 1)
    assert.match(alone.stderr, /cannot be recorded: .*keyring\.json: cannot be read.*no console/)
    assert.equal(existsSync(out), false)
  })
})
