import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openAuditLog } from '../../src/record/adapters/winston-log.ts'
import { checkpointSigner } from '../../src/record/index.ts'
import { steppingClock, temporaryFolders } from '../support/audit-fixtures.ts'
import { sampleRecord } from '../support/audit-records.ts'
import { phigate } from '../support/command.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

/** The key that the keyring of test gateways has. */
const sign = checkpointSigner({ id: 'checkpoint-test', secret: new Uint8Array(32).fill(7) })

describe('an admin', function () {
  this.timeout(120_000)
  const folder = temporaryFolders()

  it('removes what is six years old, unless it is held, all of it on record', async () => {
    const dataDir = join(folder(), 'data')
    const directory = join(dataDir, 'audit')
    const clock = steppingClock(Date.UTC(2019, 5, 1))
    const old = await openAuditLog({ directory, clock, labels: {}, sign, segmentBytes: 900 })
    for (let number = 1; number <= 9; number += 1) await old.append(sampleRecord(number))
    await old.close()
    const gateway: TestGateway = await startTestGateway({ dataDir })
    const env = {
      PHIGATE_CONSOLE: gateway.server.consoleUrl.href,
      PHIGATE_CONSOLE_TOKEN: await gateway.issuer.token('admin', 'console'),
    }
    const files = (): number =>
      readdirSync(directory).filter((name) => name.startsWith('audit-')).length
    const said = async (...args: string[]): Promise<string> => {
      const { code, stdout, stderr } = await phigate(['retention', ...args], env)
      assert.equal(code, 0, stderr)
      return stdout
    }
    try {
      const before = files()
      assert.match(await said('run', '--dry-run'), /^would remove 4 files, records 1 to 8; /)
      assert.equal(files(), before)
      const placed = await said('hold', '--reason', 'a lawsuit', '--to', '2019-07-01T00:00:00Z')
      const [id = ''] = placed.split('\t')
      assert.match(await said('run'), new RegExp(`^removed 0 files; .*legal hold ${id}`))
      assert.match(await said('status'), /^kept for 2192 days\nrecordings, .*\n.*a lawsuit/)
      await said('release', id, '--reason', 'settled')
      assert.match(await said('run'), /^removed 4 files, records 1 to 8; /)
      assert.equal(files(), before - 4)
      const verified = await phigate(['audit', 'verify', '--data-dir', dataDir])
      assert.equal(verified.code, 0, verified.stdout)
      const records = gateway.records().map(({ custom }) => custom)
      const holds = records.filter(({ kind }) => kind === 'legal-hold').map(({ detail }) => detail)
      assert.deepEqual(holds, [`${id} placed: a lawsuit`, `${id} released: settled`])
      const runs = records.filter(({ kind }) => kind === 'retention').map(({ removed }) => removed)
      assert.deepEqual(runs, [undefined, { first: 1, last: 8 }])
      const token = await gateway.issuer.token('auditor', 'console')
      const refused = await phigate(['retention', 'run'], { ...env, PHIGATE_CONSOLE_TOKEN: token })
      assert.match(refused.stderr, /403/)
    } finally {
      await gateway.stop()
    }
  })
})
