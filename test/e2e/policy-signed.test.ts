import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigError } from '../../src/config/index.ts'
import { writeArchive } from '../../src/policy/adapters/bundle-archive.ts'
import {
  bundleWith,
  replace,
  signedArchive,
  signedFiles,
  strictBundle,
  testKey,
} from '../support/bundles.ts'
import { capturedStderr, PHI } from '../support/exchanges.ts'
import { ask } from '../support/gateway.ts'
import { startPolicyGateway, type PolicyGateway } from '../support/policy-gateway.ts'

const MASKS = bundleWith()
const REFUSES = strictBundle()

describe('a signed policy bundle', function () {
  this.timeout(120_000)
  capturedStderr()
  const key = testKey()
  const root = mkdtempSync(join(tmpdir(), 'phigate-test-signed-'))
  const file = join(root, 'bundle.tar.gz')
  let policy: PolicyGateway
  const start = async (): Promise<void> => {
    policy = await startPolicyGateway({
      root,
      policy: () => ({ source: { kind: 'bundle', file, pinned: key.pinned, watch: false } }),
    })
  }
  before(async () => {
    replace(file, await signedArchive(MASKS, 1, key))
    await start()
  })
  after(async () => {
    await policy.stop()
    rmSync(root, { recursive: true, force: true })
  })
  const statusOf = async (): Promise<number> => (await policy.gateway.post(ask(PHI))).status
  const refused = async (bytes: Uint8Array, why: RegExp): Promise<void> => {
    const before = (await policy.bundle())['active_revision']
    replace(file, bytes)
    await policy.gateway.server.activatePolicy()
    const status = await policy.bundle()
    assert.match(String(status['message']), why)
    assert.equal(status['active_revision'], before)
  }
  let old: Uint8Array

  it('is active, under the name and serial that it gives itself', async () => {
    const status = await policy.bundle()
    assert.deepEqual(
      [status['active_revision'], status['serial'], status['code']],
      ['r1', 1, undefined],
    )
    assert.equal(await statusOf(), 200)
    old = readFileSync(file)
  })

  it('is not replaced by one that is changed, cut, of another key, or unsigned in part', async () => {
    const next = await signedFiles(REFUSES, 2, key)
    const data = Buffer.from(JSON.stringify(MASKS.data))
    await refused(writeArchive(new Map(next).set('data.json', data)), /data\.json is not the file/)
    await refused(writeArchive(new Map(next).set('x.rego', data)), /x\.rego is not signed/)
    const archive = writeArchive(next)
    await refused(archive.subarray(0, archive.length - 100), /cut/)
    await refused(await signedArchive(REFUSES, 2, testKey()), /pinned key/)
    assert.equal(await statusOf(), 200)
  })

  it('is replaced by one with a higher serial, on a reload of the configuration', async () => {
    replace(file, await signedArchive(REFUSES, 2, key))
    // Whatever became of the configuration itself.
    await policy.gateway.server.reload(() => {
      throw new ConfigError('broken')
    })
    assert.equal((await policy.bundle())['serial'], 2)
    assert.equal(await statusOf(), 451)
  })

  it('is refused when an old one is played back, before and after a restart', async () => {
    await refused(old, /serial 1 does not rise: 2 was active/)
    assert.equal(await statusOf(), 451)
    await policy.stop()
    await start()
    const status = await policy.bundle()
    assert.match(String(status['message']), /serial 1 does not rise: 2 was active/)
    assert.equal(status['active_revision'], undefined)
    assert.deepEqual(await policy.ready(), ['policy'])
    assert.equal(policy.gateway.simulator.received.length, 0)
    replace(file, await signedArchive(REFUSES, 2, key))
    await policy.gateway.server.activatePolicy()
    assert.equal((await policy.bundle())['active_revision'], 'r2')
  })
})
