import assert from 'node:assert/strict'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create } from 'tar'
import {
  buildBundle,
  ensureBundle,
  findOpa,
  sourcesDigest,
} from '../../../../src/policy/build/index.ts'
import type { Run } from '../../../../src/policy/build/run.ts'
import { openOpaWasm } from '../../../../src/policy/adapters/opa-wasm.ts'
import { openPolicy, PolicyError } from '../../../../src/policy/index.ts'
import { committedBundle, policiesDir } from '../committed.ts'
import { policyInput, profileInput } from '../facts.ts'

const noOpa = () => Promise.reject(new Error('OPA was asked for'))
const realOpa = () => findOpa({ env: process.env })

describe('the policy bundle', function () {
  // Where neither PHIGATE_OPA nor a cached binary is there, OPA is compiled once.
  this.timeout(600_000)
  let dir: string
  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), 'phigate-test-')), 'policies')
    cpSync(policiesDir, dir, { recursive: true })
  })
  afterEach(() => {
    rmSync(join(dir, '..'), { recursive: true })
  })

  const platform = () => join(dir, 'teams/platform/platform.rego')

  it('that is committed belongs to the committed sources', () => {
    assert.equal(committedBundle().digest, sourcesDigest(policiesDir))
  })

  it('that is committed is, byte by byte, what a build elsewhere gives', async () => {
    await buildBundle({ dir, opa: await realOpa(), out: join(dir, '../out') })
    for (const name of ['policy.wasm', 'policy.data', 'policy.manifest']) {
      const built = readFileSync(join(dir, '../out', name))
      assert.ok(built.equals(readFileSync(join(policiesDir, 'bundle', name))), name)
    }
  })

  it('is used without OPA while the sources are unchanged', async () => {
    const bundle = await ensureBundle({ dir, findOpa: noOpa })
    assert.equal(bundle.digest, committedBundle().digest)
  })

  it('needs no OPA after a change of a test or of the README', async () => {
    appendFileSync(join(dir, 'teams/platform/platform_test.rego'), '\n# more\n')
    appendFileSync(join(dir, 'README.md'), 'more\n')
    await ensureBundle({ dir, findOpa: noOpa })
  })

  for (const path of ['teams/platform/platform.rego', 'gateway_config/data.json']) {
    it(`asks for OPA once ${path} has changed`, async () => {
      appendFileSync(join(dir, path), '\n')
      await assert.rejects(ensureBundle({ dir, findOpa: noOpa }), /OPA was asked for/)
    })
  }

  it('asks for OPA once a source has another name', async () => {
    cpSync(platform(), join(dir, 'teams/platform/more.rego'))
    rmSync(platform())
    await assert.rejects(ensureBundle({ dir, findOpa: noOpa }), /OPA was asked for/)
  })

  it('asks for OPA when a file of the bundle was altered', async () => {
    appendFileSync(join(dir, 'bundle/policy.data'), ' ')
    await assert.rejects(ensureBundle({ dir, findOpa: noOpa }), /OPA was asked for/)
  })

  it('is built again from changed sources, and decides by them', async () => {
    const text = readFileSync(platform(), 'utf8')
    writeFileSync(platform(), text.replace('gateway_config.base_scope in', '"other:scope" in'))
    const bundle = await ensureBundle({ dir, findOpa: realOpa })
    assert.notEqual(bundle.revision, committedBundle().revision)
    const decision = openPolicy(bundle, openOpaWasm).decide(policyInput())
    assert.equal(decision.reasons[0]?.code, 'no-grant')
    await ensureBundle({ dir, findOpa: noOpa })
  })

  it('stays as it is when the changed sources fail the check', async () => {
    appendFileSync(platform(), '\ndeny if input.direction == "request"\n')
    await assert.rejects(ensureBundle({ dir, findOpa: realOpa }), /platform\.rego:\d+:\d+: /)
    const manifest = readFileSync(join(dir, 'bundle/policy.manifest'), 'utf8')
    assert.ok(manifest.includes(committedBundle().digest))
  })

  it('is refused for a directory that is missing, empty or without capabilities', async () => {
    const opa = await realOpa()
    await assert.rejects(buildBundle({ dir: join(dir, 'x'), opa }), PolicyError)
    await assert.rejects(buildBundle({ dir: join(dir, 'bundle'), opa }), /no \.rego file/)
    rmSync(join(dir, 'capabilities.json'))
    await assert.rejects(buildBundle({ dir, opa }), /no capabilities\.json/)
  })

  it('is not built with a builtin that needs the host', async () => {
    appendFileSync(platform(), '\n_now := time.now_ns()\n')
    const opa = await realOpa()
    await assert.rejects(buildBundle({ dir, opa }), /undefined function time\.now_ns/)
  })

  it('is not opened when its module needs a builtin of the host', async () => {
    const path = join(dir, 'capabilities.json')
    const capabilities = JSON.parse(readFileSync(path, 'utf8')) as { builtins: object[] }
    const string = { type: 'string' }
    const decl = { args: [string], result: string, type: 'function' }
    capabilities.builtins.push({ name: 'crypto.sha256', decl })
    writeFileSync(path, JSON.stringify(capabilities))
    appendFileSync(
      platform(),
      '\nallow contains {"code": "x", "message": crypto.sha256(input.now)}\n',
    )
    const bundle = await buildBundle({ dir, opa: await realOpa() })
    assert.throws(
      () => openPolicy(bundle, openOpaWasm),
      /needs builtins of the host: crypto\.sha256/,
    )
  })

  it('gives no profile where its rule is undefined', async () => {
    const path = join(dir, 'gateway/profile.rego')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('default profile := null\n\n', ''))
    const config = join(dir, 'gateway_config/data.json')
    writeFileSync(config, readFileSync(config, 'utf8').replace('"safe_harbor"', '"missing"'))
    const bundle = await buildBundle({ dir, opa: await realOpa() })
    assert.equal(openOpaWasm(bundle).evaluate('gateway/profile', profileInput()), undefined)
    assert.throws(() => openPolicy(bundle, openOpaWasm).profile(profileInput()), PolicyError)
  })

  it('is not written when OPA builds no module', async () => {
    const empty: Run = async (_command, args) => {
      const file = args[args.indexOf('--output') + 1] ?? ''
      await create({ file, gzip: true, cwd: dir }, ['README.md'])
      return { code: 0, stdout: '', stderr: '' }
    }
    const out = join(dir, '../out')
    await assert.rejects(buildBundle({ dir, opa: 'opa', run: empty, out }), /no policy\.wasm/)
    assert.equal(existsSync(out), false)
  })

  it('is not built without one of the two entrypoints', async () => {
    const path = join(dir, 'gateway/profile.rego')
    rmSync(path)
    await assert.rejects(buildBundle({ dir, opa: await realOpa() }), /gateway\/profile/)
  })
})
