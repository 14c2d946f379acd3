import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyringIn } from '../../src/config/index.ts'
import { readKeyring, usableKeys } from '../../src/keyring/index.ts'
import { importRoster } from '../../src/roster/index.ts'
import { phigate, type Finished } from '../support/command.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { assertNowhere } from '../support/leaks.ts'

/** Nothing but the roster finds this. */
const NUMBER = '482917'
const FOUND = 'Patient: Jorvina Quillmark, MRN 9988771, born 03/04/1950, jorvina@example.org.'

describe('a scan of what was recorded', function () {
  this.timeout(120_000)
  let gateway: TestGateway
  beforeEach(async () => {
    gateway = await startTestGateway()
  })
  afterEach(() => gateway.stop())

  async function send(text: string, session: string): Promise<void> {
    const answer = await gateway.post(ask(text), { headers: { 'x-phigate-session': session } })
    assert.equal(answer.status, 200)
  }

  async function list(csv: string): Promise<void> {
    const input = join(gateway.dataDir, 'people.csv')
    writeFileSync(input, csv)
    const [{ id, secret }] = usableKeys(readKeyring(keyringIn(gateway.dataDir)), 'roster')
    const file = join(gateway.dataDir, 'roster')
    const key = { id, secret: secret.reveal() }
    await importRoster({ input, format: 'csv', file, key, now: new Date() })
    rmSync(input)
  }

  const command = async (user: string, ...args: string[]): Promise<Finished> =>
    phigate(['sessions', ...args], {
      PHIGATE_CONSOLE: gateway.server.consoleUrl.href,
      PHIGATE_CONSOLE_TOKEN: await gateway.issuer.token(user),
    })

  it('finds nothing in what was masked well, and names what is known only now, by session', async () => {
    await send(FOUND, 'good')
    await send(`Please look at zzkq ${NUMBER} again.`, 'bad')
    const before = await command('auditor', 'scan')
    assert.equal(before.code, 0, before.stdout)
    assert.match(before.stdout, /^2 exchanges of 2 sessions looked at, policy \w+, detector \d+\n/)
    await list(`mrn\n${NUMBER}\n`)
    const { code, stdout } = await command('auditor', 'scan', '--json')
    assert.equal(code, 1)
    const { found } = JSON.parse(stdout) as {
      found: {
        session: string
        types: object
        patients: string[]
        exchanges: {
          upstreamRequestId?: string
          findings: { direction: string }[]
          passedUnder: object
        }[]
      }[]
    }
    assert.equal(found.length, 1)
    const [hit] = found
    assert.ok(hit)
    assert.equal(hit.patients.length, 1)
    assert.ok(Object.keys(hit.types).includes('MEDICAL_RECORD_NUMBER'))
    const [exchange] = hit.exchanges
    assert.match(exchange?.upstreamRequestId ?? '', /^req_/)
    // The simulator says again what it was told.
    assert.deepEqual(
      exchange?.findings.map(({ direction }) => direction),
      ['request', 'answer'],
    )
    const text = await command('auditor', 'scan')
    assert.match(text.stdout, /1 sessions of 1 callers on 1 connections, 1 patients\n/)
    assert.match(text.stdout, /phigate sessions shred/)
    assertNowhere([NUMBER, 'Quillmark'], { stdout, text: text.stdout })
    assert.equal((await command('reviewer', 'shred', hit.session, '--reason', 'found')).code, 0)
    assert.equal((await command('auditor', 'scan')).code, 0)
    const told = gateway.records().filter(({ custom }) => custom.kind === 'recording-scan')
    assert.equal(told.length, 8)
    assert.match(told.at(-1)?.custom.detail ?? '', /^ended: 1 exchanges of 1 sessions, 0 sessions/)
  })

  it('is for auditors and privacy officers, and takes filters that it understands', async () => {
    await send(`zzkq ${NUMBER}`, 'bad')
    await list(`mrn\n${NUMBER}\n`)
    assert.equal((await command('admin', 'scan')).code, 1)
    const none = await command('auditor', 'scan', '--connection', 'claude-strict')
    assert.equal(none.code, 0)
    assert.match(none.stdout, /\nno recorded session fits\n/)
    const unknown = await command('auditor', 'scan', '--session', 'ses_unknown')
    assert.equal(unknown.code, 1)
    assert.match(unknown.stderr, /no such session is recorded/)
    assert.equal((await command('auditor', 'scan', '--from', 'soon')).code, 1)
  })
})
