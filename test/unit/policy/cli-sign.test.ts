import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readArchive } from '../../../src/policy/adapters/bundle-archive.ts'
import { verifyToken } from '../../../src/policy/adapters/jose-signature.ts'
import { openSignedBundle, readBundle } from '../../../src/policy/index.ts'
import { testKey } from '../../support/bundles.ts'
import { phigate } from '../../support/command.ts'
import { policiesDir } from './committed.ts'

describe('phigate policy build, signed', function () {
  this.timeout(600_000)
  const key = testKey()
  let root: string
  let dir: string
  let output: string
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'phigate-test-'))
    dir = join(root, 'policies')
    output = join(root, 'out', 'bundle.tar.gz')
    cpSync(policiesDir, dir, { recursive: true })
    rmSync(join(dir, 'bundle'), { recursive: true })
    writeFileSync(join(root, 'key.pem'), key.secret)
  })
  after(() => rmSync(root, { recursive: true }))

  const build = (...flags: readonly string[]) => {
    const { PHIGATE_OPA } = process.env
    const environment = PHIGATE_OPA === undefined ? {} : { PHIGATE_OPA }
    return phigate(['policy', 'build', ...flags, dir], environment)
  }

  it('refuses flags that do not go together, before anything is built', async () => {
    const signing = ['--signing-key', join(root, 'key.pem')]
    for (const flags of [['--serial', '3'], ['--revision', 'r'], ['--output', output], signing]) {
      const { code, stderr } = await build(...flags)
      assert.equal(code, 2)
      assert.match(stderr, /--signing-key/)
    }
    assert.ok(!existsSync(join(dir, 'bundle')))
  })

  it('writes a bundle that phigate takes, beside the directory', async () => {
    const named = ['--revision', '2026-11-22.1', '--serial', '3', '--key-id', 'k7']
    const signing = ['--signing-key', join(root, 'key.pem'), '--output', output]
    const { code, stdout, stderr } = await build(...named, ...signing)
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^revision [0-9a-f]{12}\nsigned .*: serial 3, ES256, key id k7\n$/)
    const files = await readArchive(readFileSync(output))
    const pinned = { ...key.pinned, keyId: 'k7' }
    const bundle = await openSignedBundle(files, pinned, verifyToken)
    assert.deepEqual([bundle.revision, bundle.serial], ['2026-11-22.1', 3])
    assert.deepEqual(bundle.data, readBundle(join(dir, 'bundle')).data)
  })

  it('says what is wrong with a key, and never what is in it', async () => {
    writeFileSync(join(root, 'wrong.pem'), key.pinned.key)
    for (const name of ['wrong.pem', 'none.pem']) {
      const { code, stderr } = await build('--serial', '1', '--signing-key', join(root, name))
      assert.equal(code, 2)
      assert.match(stderr, /signing.key/)
      assert.ok(!stderr.includes('BEGIN'))
    }
  })
})
