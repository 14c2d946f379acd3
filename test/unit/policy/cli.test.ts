import assert from 'node:assert/strict'
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../../src/policy/build/run.ts'
import { policiesDir } from './committed.ts'

const module = new URL('../../../src/cli/policy.ts', import.meta.url).href
const program = `
  const { policyCommand } = await import(${JSON.stringify(module)})
  await policyCommand().parseAsync(process.argv.slice(1), { from: 'user' })
`

describe('phigate policy', function () {
  this.timeout(600_000)
  let dir: string
  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), 'phigate-test-')), 'policies')
    cpSync(policiesDir, dir, { recursive: true })
    rmSync(join(dir, 'cookbook'), { recursive: true })
  })
  afterEach(() => {
    rmSync(join(dir, '..'), { recursive: true })
  })

  function phigatePolicy(...args: readonly string[]) {
    const flags = ['--input-type=module', '--eval', program, '--', ...args]
    return run(process.execPath, flags, { env: process.env, timeoutMs: 500_000 })
  }

  it('check exits 0 on the shipped policies, which it checks unless told another directory', async () => {
    assert.deepEqual(await phigatePolicy('check'), { code: 0, stdout: '', stderr: '' })
  })

  it('check exits 1 and names file, row and column', async () => {
    appendFileSync(join(dir, 'teams/platform/platform.rego'), '\n_x if input.finding\n')
    const { code, stderr } = await phigatePolicy('check', dir)
    assert.equal(code, 1)
    assert.match(stderr, /^teams\/platform\/platform\.rego:\d+:\d+: /m)
  })

  it('check tells what is wrong as JSON, with the fix', async () => {
    writeFileSync(join(dir, 'gateway_config/keep_list/data.json'), '[1]')
    const { code, stdout, stderr } = await phigatePolicy('check', dir, '--format', 'json')
    assert.equal(code, 1)
    assert.equal(stderr, '')
    assert.deepEqual(JSON.parse(stdout), {
      ok: false,
      violations: [
        {
          file: 'gateway_config/keep_list/data.json',
          row: 1,
          col: 2,
          message: 'data.gateway_config.keep_list.0 must be object',
          fix: 'see schemas/policy-data.schema.json',
        },
      ],
      warnings: [],
    })
    const sound = await phigatePolicy('check', '--format', 'json')
    assert.deepEqual(JSON.parse(sound.stdout), { ok: true, violations: [], warnings: [] })
  })

  it('check warns of an entry whose last day has passed, and exits 0', async () => {
    const entry = { term: 'Lasix', reason: 'a drug', expires: '2020-01-01' }
    writeFileSync(join(dir, 'gateway_config/keep_list/data.json'), JSON.stringify([entry]))
    const { code, stderr } = await phigatePolicy('check', dir)
    assert.equal(code, 0)
    assert.match(stderr, /^warning: gateway_config\/keep_list\/data\.json:1:2: .*last day/)
  })

  it('test ends with how many passed and failed', async () => {
    const { code, stdout } = await phigatePolicy('test', dir)
    assert.equal(code, 0)
    assert.match(stdout, /\n\d+ passed, 0 failed\n$/)
  })

  it('test exits 1 when a test fails', async () => {
    appendFileSync(join(dir, 'teams/platform/platform_test.rego'), '\ntest_wrong if 1 == 2\n')
    const { code, stdout } = await phigatePolicy('test', dir)
    assert.equal(code, 1)
    assert.match(stdout, /\n\d+ passed, 1 failed\n$/)
  })

  it('test exits 1 when a rule is not covered', async () => {
    appendFileSync(join(dir, 'teams/platform/platform.rego'), '\n_x if input.patients > 3\n')
    const { code, stdout } = await phigatePolicy('test', dir)
    assert.equal(code, 1)
    assert.match(stdout, /coverage of the rules is below 100 percent\n\d+ passed, 0 failed\n$/)
  })

  it('test exits 1 when a case fails, and names its file, row and name', async () => {
    const text = 'nobody may call:\n  outcome: deny\n  reasons: [no-grant]\n'
    writeFileSync(join(dir, 'cases/wrong.yaml'), text)
    const { code, stdout } = await phigatePolicy('test', dir)
    assert.equal(code, 1)
    assert.match(stdout, /^cases\/wrong\.yaml:1: nobody may call: FAIL: expected /m)
    assert.match(stdout, /\n\d+ passed, 1 failed\n$/)
  })

  it('test exits 2 when a case cannot be read', async () => {
    writeFileSync(join(dir, 'cases/wrong.yaml'), 'nobody may call:\n  outcome: no\n')
    const { code, stderr } = await phigatePolicy('test', dir)
    assert.equal(code, 2)
    assert.match(stderr, /^cases\/wrong\.yaml:1: /)
  })

  it('build writes the bundle and prints its revision', async () => {
    rmSync(join(dir, 'bundle'), { recursive: true })
    const { code, stdout } = await phigatePolicy('build', dir)
    assert.equal(code, 0)
    assert.match(stdout, /^revision [0-9a-f]{12}\n$/)
  })

  it('build exits 1 and writes nothing when the check fails', async () => {
    rmSync(join(dir, 'bundle'), { recursive: true })
    appendFileSync(join(dir, 'teams/platform/platform.rego'), '\ndeny := true\n')
    const { code } = await phigatePolicy('build', dir)
    assert.equal(code, 1)
    assert.equal((await phigatePolicy('check', join(dir, 'bundle'))).code, 2)
  })

  it('exits 2 for a directory that is not there', async () => {
    const { code, stderr } = await phigatePolicy('check', join(dir, 'none'))
    assert.equal(code, 2)
    assert.match(stderr, /policy directory does not exist/)
  })
})
