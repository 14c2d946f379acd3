import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyringIn } from '../../src/config/index.ts'
import { readKeyring, usableKeys } from '../../src/keyring/index.ts'
import { importRoster } from '../../src/roster/index.ts'
import { ask, startTestGateway, type TestGateway } from '../support/gateway.ts'

/** Nothing but the roster finds these. */
const SECRET = 'zzkq 482917'

describe('a gateway with known people', function () {
  this.timeout(120_000)
  let gateway: TestGateway
  before(async () => {
    gateway = await startTestGateway()
  })
  after(() => gateway.stop())

  async function list(csv: string, now = new Date()): Promise<void> {
    const input = join(gateway.dataDir, 'people.csv')
    writeFileSync(input, csv)
    const [{ id, secret }] = usableKeys(readKeyring(keyringIn(gateway.dataDir)), 'roster')
    const file = join(gateway.dataDir, 'roster')
    await importRoster({ input, format: 'csv', file, key: { id, secret: secret.reveal() }, now })
    rmSync(input)
  }

  async function ready(): Promise<unknown> {
    return (await fetch(new URL('/readyz', gateway.url))).json()
  }

  it('warns that there are none, and works', async () => {
    assert.deepEqual(await ready(), { ready: true, missing: [], warnings: ['roster-missing'] })
    const response = await gateway.post(ask(SECRET))
    assert.equal(response.headers.get('x-phigate-decision'), 'allow')
  })

  it('masks a person as soon as they are listed, in new messages alone', async () => {
    await list('mrn\n482917\n')
    assert.deepEqual(await ready(), { ready: true, missing: [] })
    const fresh = await gateway.post(ask(SECRET, { system: 'again' }))
    assert.equal(fresh.headers.get('x-phigate-decision'), 'mask')
    assert.equal(fresh.headers.get('x-phigate-masked'), 'MEDICAL_RECORD_NUMBER=1')
    // What was sent before stays as it was for the rest of its session (law 6).
    const same = await gateway.post(ask(SECRET))
    assert.equal(same.headers.get('x-phigate-decision'), 'allow')
  })

  it('keeps the mask of a message when the person is listed no more', async () => {
    const turn = { headers: { 'x-phigate-session': 'kept' } }
    await list('mrn\n482917\n')
    assert.equal((await gateway.post(ask(SECRET), turn)).headers.get('x-phigate-decision'), 'mask')
    await list('mrn\n11111111\n')
    assert.equal((await gateway.post(ask(SECRET), turn)).headers.get('x-phigate-decision'), 'mask')
  })

  it('warns of a roster that is old', async () => {
    await list('mrn\n482917\n', new Date(Date.now() - 8 * 24 * 60 * 60 * 1000))
    assert.deepEqual(await ready(), { ready: true, missing: [], warnings: ['roster-stale'] })
  })

  it('refuses exchanges while the roster cannot be read', async () => {
    writeFileSync(join(gateway.dataDir, 'roster'), 'damaged')
    assert.deepEqual(await ready(), { ready: true, missing: [], warnings: ['roster-unreadable'] })
    const calls = gateway.records().length
    const response = await gateway.post(ask('hello'))
    assert.notEqual(response.status, 200)
    assert.equal(gateway.records().length, calls + 1)
  })
})
