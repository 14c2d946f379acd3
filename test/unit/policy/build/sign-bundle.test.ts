import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findOpa } from '../../../../src/policy/build/index.ts'
import { run } from '../../../../src/policy/build/run.ts'
import { openSignedBundle } from '../../../../src/policy/index.ts'
import { readArchive, writeArchive } from '../../../../src/policy/adapters/bundle-archive.ts'
import { verifyToken } from '../../../../src/policy/adapters/jose-signature.ts'
import { bundleWith, signedFiles, testKey } from '../../../support/bundles.ts'

/** What JSON, Go and JavaScript write differently, or sort differently. */
const ODD = {
  '\u2028<b>&': [1.5, 1e21, 100, '\u{1F600}\uFFFD\b\f\u007f\u2029'],
  '\uFFFF': 1,
  '\u{10000}': { a: null, z: true, A: false, é: '' },
}

for (const algorithm of ['RS256', 'ES256'] as const) {
  describe(`a bundle signed with ${algorithm}`, function () {
    this.timeout(600_000)
    const key = testKey(algorithm)
    let dir: string
    let opa: string
    before(async () => {
      opa = await findOpa({ env: process.env })
      dir = mkdtempSync(join(tmpdir(), 'phigate-test-sign-'))
      writeFileSync(join(dir, 'key.pem'), key.secret)
      writeFileSync(join(dir, 'key.pub'), key.pinned.key)
    })
    after(() => rmSync(dir, { recursive: true }))

    const opaTakes = (): ReturnType<typeof run> => {
      const pinned = ['--verification-key', 'key.pub', '--verification-key-id', 'k1']
      const args = ['build', '--bundle', 'b.tar.gz', ...pinned, '--signing-alg', algorithm]
      return run(opa, [...args, '--output', 'out.tar.gz'], { cwd: dir })
    }

    it('by phigate is one that OPA verifies', async () => {
      const files = await signedFiles(
        bundleWith((data) => Object.assign(data, { odd: ODD })),
        3,
        key,
      )
      writeFileSync(join(dir, 'b.tar.gz'), writeArchive(files))
      assert.deepEqual(await opaTakes(), { code: 0, stdout: '', stderr: '' })
      writeFileSync(
        join(dir, 'b.tar.gz'),
        writeArchive(new Map(files).set('data.json', Buffer.from('{}'))),
      )
      const { code, stdout, stderr } = await opaTakes()
      assert.equal(code, 1)
      assert.match(stdout + stderr, /data\.json: digest mismatch/)
    })

    it('by OPA is one that phigate verifies, whether `opa sign` or `opa build` signed it', async () => {
      const { wasm, data } = bundleWith((all) => Object.assign(all, { odd: ODD }))
      const sources = join(dir, 'sources')
      const put = (path: string, bytes: Uint8Array | string): void => {
        mkdirSync(dirname(join(sources, path)), { recursive: true })
        writeFileSync(join(sources, path), bytes)
      }
      // Written with spaces, and with numbers that JavaScript would write otherwise.
      const manifest =
        '{"roots": [""], "revision": "r9", "metadata": {"serial": 9, "x": [1.0, 1e2]}}'
      put('.manifest', manifest)
      put('data.json', JSON.stringify(data, null, 2))
      put('policy.wasm', wasm)
      const signing = ['--signing-key', 'key.pem', '--signing-alg', algorithm]
      // The names that are signed begin where it is called.
      const here = ['--signing-key', '../key.pem', '--signing-alg', algorithm, '--bundle', '.']
      const signed = await run(opa, ['sign', ...here, '-o', '..'], { cwd: sources })
      assert.deepEqual(signed, { code: 0, stdout: '', stderr: '' })
      const files = new Map(
        ['.manifest', 'data.json', 'policy.wasm'].map((name) => {
          return [name, readFileSync(join(sources, name))] as const
        }),
      ).set('.signatures.json', readFileSync(join(dir, '.signatures.json')))
      const bundle = await openSignedBundle(
        await readArchive(writeArchive(files)),
        key.pinned,
        verifyToken,
      )
      assert.deepEqual([bundle.revision, bundle.serial], ['r9', 9])

      rmSync(join(sources, 'policy.wasm'))
      put('gateway/gateway.rego', 'package gateway\n\nprofile := {}\n\ndecision := {}\n')
      const entries = ['-e', 'gateway/profile', '-e', 'gateway/decision', '-o', 'built.tar.gz']
      const args = ['build', '-t', 'wasm', ...signing, ...entries, '-b', 'sources']
      const built = await run(opa, args, { cwd: dir })
      assert.deepEqual(built, { code: 0, stdout: '', stderr: '' })
      const unpacked = await readArchive(readFileSync(join(dir, 'built.tar.gz')))
      assert.ok([...unpacked.keys()].some((path) => path.endsWith('.rego')))
      assert.equal((await openSignedBundle(unpacked, key.pinned, verifyToken)).serial, 9)
    })
  })
}
