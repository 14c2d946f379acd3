import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyringIn } from '../../src/config/index.ts'
import { changeKeyring, mintAt, readKeyring, rotateKey } from '../../src/keyring/index.ts'
import { verifyFolder } from '../../src/record/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { temporaryFolders } from '../support/audit-fixtures.ts'
import { phigate } from '../support/command.ts'
import { assertClean, PHI } from '../support/exchanges.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'

const MRN = '4471902'

describe('an auditor', function () {
  this.timeout(120_000)
  let gateway: TestGateway
  let token: string
  before(async () => {
    gateway = await startTestGateway()
    token = await gateway.issuer.token('auditor', 'console')
    for (const session of ['one', 'two']) {
      const headers = { 'x-phigate-session': session }
      assert.equal((await gateway.post(ask(PHI), { headers })).status, 200)
    }
    assert.equal((await gateway.post(ask('No identifier is here.'))).status, 200)
    assert.equal((await gateway.post('not JSON')).status, 400)
  })
  after(() => gateway.stop())

  const found = async (query: string): Promise<AuditRecord[]> => {
    const url = new URL(`/api/audit?${query}`, gateway.server.consoleUrl)
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    const text = await response.text()
    assert.equal(response.status, 200, text)
    assertClean(text)
    return (JSON.parse(text) as { records: AuditRecord[] }).records
  }
  const env = (): Record<string, string> => ({
    PHIGATE_CONSOLE: gateway.server.consoleUrl.href,
    PHIGATE_CONSOLE_TOKEN: token,
    PHIGATE_DATA_DIR: gateway.dataDir,
  })

  it('finds what was sent for a patient, by the digest of the number, and nothing shows the number', async () => {
    const args = ['src/cli/phigate.ts', 'audit', 'patient', '--data-dir', gateway.dataDir]
    const { stdout } = spawnSync(process.execPath, args, { input: `${MRN}\n`, encoding: 'utf8' })
    const [digest = '', key, state] = stdout.trim().split('\t')
    assert.match(digest, /^[0-9a-f]{32}$/)
    assert.deepEqual([key, state], ['patient-test', 'active'])
    const records = await found(`patient=${digest}&decision=mask`)
    assert.equal(records.length, 2)
    for (const { custom, requested_by: by, input } of records) {
      assert.deepEqual(custom.patients, [digest])
      assert.match(custom.detector ?? '', /^\d+$/)
      assert.equal(by, input?.principal.id)
    }
    assert.notEqual(records[0]?.custom.session, records[1]?.custom.session)
  })

  it('finds records by reason, type, kind and time, and is on record with the terms alone', async () => {
    assert.equal((await found('reason=invalid-request'))[0]?.custom.status, 400)
    assert.equal((await found('type=US_SSN')).length, 2)
    const now = new Date().toISOString()
    assert.deepEqual(await found(`from=${now}&kind=decision`), [])
    const [read] = await found('kind=audit-read&limit=1')
    assert.equal(read?.custom.detail, 'by kind, limit')
    assert.match(read?.requested_by ?? '', /\|auditor$/)
    const [before] = await found(`kind=audit-read&before=${read?.custom.seq ?? 0}`)
    assert.equal(before?.custom.detail, 'by from, kind')
  })

  it('finds the same on the command line, by the console and in the files', async () => {
    const args = ['audit', 'search', '--decision', 'mask', '--type', 'US_SSN']
    const console = await phigate(args, env())
    const files = await phigate([...args, '--files', join(gateway.dataDir, 'audit')])
    assert.equal(console.stdout, files.stdout, console.stderr)
    assert.equal(files.stdout.trim().split('\n').length, 2)
    assert.match(files.stdout, /\tdecision\tmask\t.*svc-triage\tclaude\tdec_/)
    const json = await phigate([...args, '--json'], env())
    assert.equal(
      (JSON.parse(json.stdout.split('\n')[0] ?? '') as AuditRecord).custom.kind,
      'decision',
    )
    const wrong = await phigate(['audit', 'search', '--files', '.', '--from', 'today'])
    assert.deepEqual([wrong.code, wrong.stderr.includes('from must be')], [2, true])
  })

  it('has a report of each week, which names no patient', async () => {
    const report = await phigate(['audit', 'report'], env())
    assert.equal(report.code, 0, report.stderr)
    assert.match(report.stdout, /^## 20\d\d-W\d\d\n\n\d+ records; 1 patients/)
    assert.match(report.stdout, /\| mask \| 2 \|/)
    assert.match(report.stdout, /\| US_SSN \| 2 \|/)
    assert.match(report.stdout, /\| .*\\\|svc-triage \| 4 \|/)
    assert.match(report.stdout, /\| audit-read \| \d+ \|/)
    assertClean(report.stdout)
    const none = await phigate(['audit', 'report', '--to', '2020-01-01'], env())
    assert.equal(none.stdout, '')
  })

  it('may not be anybody else', async () => {
    const admin = await gateway.issuer.token('admin', 'console')
    const url = new URL('/api/audit', gateway.server.consoleUrl)
    const response = await fetch(url, { headers: { authorization: `Bearer ${admin}` } })
    assert.equal(response.status, 403)
  })
})

describe('a gateway whose keys were changed', function () {
  this.timeout(60_000)
  const folder = temporaryFolders()

  const keyChanges = (dataDir: string): readonly string[] =>
    readFileSync(join(dataDir, 'audit', 'audit.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as AuditRecord).custom)
      .filter(({ kind }) => kind === 'key-change')
      .map(({ detail }) => detail ?? '')

  it('takes every key for a new one where it cannot read which it had', async () => {
    const dataDir = join(folder(), 'data')
    await (await startTestGateway({ dataDir })).stop()
    assert.deepEqual(keyChanges(dataDir), [])
    writeFileSync(join(dataDir, 'keys-seen.json'), 'damaged')
    await (await startTestGateway({ dataDir })).stop()
    const { keys } = readKeyring(keyringIn(dataDir))
    assert.deepEqual(
      keyChanges(dataDir),
      keys.map(({ id, state }) => `${id}: new -> ${state}`),
    )
  })

  it('says so at its next start, and its log is signed on with the new key', async () => {
    const dataDir = join(folder(), 'data')
    await (await startTestGateway({ dataDir })).stop()
    const file = keyringIn(dataDir)
    changeKeyring(file, (keyring) => rotateKey(keyring, 'checkpoint', mintAt(new Date())))
    await (await startTestGateway({ dataDir })).stop()
    const changed = keyChanges(dataDir)
    assert.equal(changed[0], 'checkpoint-test: active -> accepted')
    assert.match(changed[1] ?? '', /^checkpoint-[0-9a-f]{8}: new -> active$/)
    assert.equal(changed.length, 2)
    const signed = readFileSync(join(dataDir, 'audit', 'audit.checkpoints'), 'utf8')
    assert.equal(new Set(signed.match(/"key":"[^"]+"/g)).size, 2)
    const keys = await phigate(['keys', 'public', '--data-dir', dataDir])
    const result = await verifyFolder(join(dataDir, 'audit'), {
      keys: JSON.parse(keys.stdout) as never,
    })
    assert.equal(result.ok && result.covered, result.ok && result.head.seq)
    const verified = await phigate(['audit', 'verify', '--data-dir', dataDir])
    assert.match(verified.stdout, /signed: all of it/)
  })
})
