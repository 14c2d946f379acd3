import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Header } from 'tar'
import { PolicyError, sha256 } from '../../../../src/policy/index.ts'
import { bundleAt } from '../../../../src/policy/review/index.ts'

describe('a bundle file that is to be compared', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'phigate-test-'))
  })
  afterEach(() => {
    rmSync(dir, { recursive: true })
  })

  const noOpa = (): Promise<string> => Promise.reject(new Error('OPA was asked for'))

  function written(files: Readonly<Record<string, string>>): string {
    const blocks = Object.entries(files).flatMap(([path, text]) => {
      const block = Buffer.alloc(512)
      new Header({ path, type: 'File', mode: 0o644, size: text.length }).encode(block)
      return [block, Buffer.from(text.padEnd(512, '\0'))]
    })
    const file = join(dir, 'bundle.tar.gz')
    writeFileSync(file, gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)])))
    return file
  }

  const refused = (file: string, why: RegExp): Promise<void> =>
    assert.rejects(
      bundleAt(file, noOpa),
      (error) => error instanceof PolicyError && why.test(error.message),
    )

  it('gives module, data and revision, whether its paths begin with a slash or not', async () => {
    const files = {
      'policy.wasm': 'module',
      '.manifest': '{"revision":"r1"}',
      'data.json': '{"a":1}',
    }
    const slashed = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`/${path}`, text]),
    )
    for (const paths of [files, slashed]) {
      const { revision, wasm, data } = await bundleAt(written(paths), noOpa)
      assert.deepEqual([revision, Buffer.from(wasm).toString(), data], ['r1', 'module', { a: 1 }])
    }
  })

  it('is called by its digest where it does not say a revision, and may lack data', async () => {
    for (const manifest of [{}, { '.manifest': '{}' }, { '.manifest': '{"revision":""}' }]) {
      const file = written({ 'policy.wasm': 'module', ...manifest })
      const { revision, digest, data } = await bundleAt(file, noOpa)
      assert.equal(digest, sha256(readFileSync(file)))
      assert.equal(revision, digest.slice(0, 12))
      assert.deepEqual(data, {})
    }
  })

  it('is refused without a module', async () => {
    await refused(written({ 'data.json': '{}' }), /holds no policy\.wasm/)
  })

  for (const text of ['[]', '{', '7']) {
    it(`is refused where its data or its manifest is ${text}`, async () => {
      const why = /holds a file that is not a JSON object/
      await refused(written({ 'policy.wasm': 'module', 'data.json': text }), why)
      await refused(written({ 'policy.wasm': 'module', '.manifest': text }), why)
    })
  }
})
