import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PolicyError, readBundle } from '../../../src/policy/index.ts'
import { policiesDir } from './committed.ts'

describe('policy: reading a bundle', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'phigate-test-'))
    cpSync(join(policiesDir, 'bundle'), dir, { recursive: true })
  })
  afterEach(() => {
    rmSync(dir, { recursive: true })
  })

  function assertRefused(name: string): void {
    assert.throws(
      () => readBundle(dir),
      (error) => error instanceof PolicyError && error.message.includes(name),
    )
  }

  function editManifest(changes: Record<string, unknown>): void {
    const path = join(dir, 'policy.manifest')
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as object
    writeFileSync(path, JSON.stringify({ ...manifest, ...changes }))
  }

  it('gives revision, digest, module and data', () => {
    const bundle = readBundle(dir)
    assert.match(bundle.digest, /^[0-9a-f]{64}$/)
    assert.equal(bundle.revision, bundle.digest.slice(0, 12))
    assert.ok(bundle.wasm.byteLength > 0)
    assert.deepEqual(Object.keys(bundle.data), ['canaries', 'gateway_config'])
  })

  for (const name of ['policy.wasm', 'policy.data', 'policy.manifest']) {
    it(`names ${name} when it is missing`, () => {
      rmSync(join(dir, name))
      assertRefused(name)
    })
  }

  for (const name of ['policy.wasm', 'policy.data']) {
    it(`names ${name} when it is not what the manifest says`, () => {
      writeFileSync(join(dir, name), `${readFileSync(join(dir, name), 'latin1')} `, 'latin1')
      assertRefused(name)
    })
  }

  it('refuses a manifest that is not JSON or no object', () => {
    for (const text of ['{', '[]']) {
      writeFileSync(join(dir, 'policy.manifest'), text)
      assertRefused('policy.manifest')
    }
  })

  it('refuses a manifest with a wrong digest, revision, version or list of files', () => {
    for (const changes of [{ digest: 'x' }, { revision: 'x' }, { opa: 1 }, { files: [] }]) {
      cpSync(join(policiesDir, 'bundle'), dir, { recursive: true })
      editManifest(changes)
      assertRefused('policy.manifest')
    }
  })
})
