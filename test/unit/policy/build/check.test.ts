import assert from 'node:assert/strict'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPolicies, findOpa, printViolation } from '../../../../src/policy/build/index.ts'
import { run, type Run } from '../../../../src/policy/build/run.ts'
import { policiesDir } from '../committed.ts'

describe('checking policies', function () {
  this.timeout(600_000)
  let dir: string
  let opa: string
  before(async () => {
    opa = await findOpa({ env: process.env })
  })
  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), 'phigate-test-')), 'policies')
    cpSync(policiesDir, dir, { recursive: true })
    // Each file is a process of OPA; these are checked once, as they are shipped.
    for (const path of ['cookbook', 'teams/baa', 'teams/privacy', 'profiles/clinical']) {
      rmSync(join(dir, path), { recursive: true })
    }
  })
  afterEach(() => {
    rmSync(join(dir, '..'), { recursive: true })
  })

  const platform = 'teams/platform/platform.rego'
  const profile = 'profiles/strict/strict.rego'

  async function found(): Promise<string> {
    return (await checkPolicies({ dir, opa })).map(printViolation).join('\n')
  }

  it('finds nothing wrong in the shipped policies, the cookbook included', async () => {
    assert.deepEqual(await checkPolicies({ dir: policiesDir, opa }), [])
  })

  const wrong: readonly (readonly [string, string, string, RegExp])[] = [
    ['bad format', platform, '\n\n\n_x   :=  1', /platform\.rego:1:1: is not formatted/],
    [
      'a syntax error',
      platform,
      '\n_x := {\n',
      /^teams\/platform\/platform\.rego:\d+:\d+: rego_parse/m,
    ],
    [
      'a fact that does not exist',
      platform,
      '\n_x if input.finding\n',
      /undefined ref: input\.finding/,
    ],
    ['a comparison of unlike types', platform, '\n_x if input.now == 3\n', /rego_type_error/],
    ['a host builtin', platform, '\n_x := sprintf("%d", [1])\n', /undefined function sprintf/],
    ['an unused variable', platform, '\n_x if {\n\ty := 1\n}\n', /rego_compile_error/],
    [
      'a profile that reads the time',
      profile,
      '\n_x if input.now\n',
      /strict\.rego:\d+:\d+: .*input\.now/,
    ],
  ]
  for (const [what, path, text, message] of wrong) {
    it(`finds ${what}`, async () => {
      appendFileSync(join(dir, path), text)
      assert.match(await found(), message)
    })
  }

  it('lets a fact that may be null be compared with null', async () => {
    appendFileSync(join(dir, platform), '\n_answer if input.principal.purpose == null\n')
    assert.equal(await found(), '')
  })

  it('lets a label that operations choose be used, and not one fact more', async () => {
    const label = '\n_answer if input.connection.labels.region == "eu"\n'
    appendFileSync(join(dir, platform), label)
    assert.equal(await found(), '')
    appendFileSync(join(dir, platform), label.replace('labels', 'lables'))
    assert.match(await found(), /undefined ref: input\.connection\.lables/)
  })

  it('tells of everything in the order of its place, each with its fix', async () => {
    writeFileSync(join(dir, 'gateway_config/keep_list/data.json'), '[{"term": "Lasix"}]')
    appendFileSync(join(dir, platform), '\ndeny if input.direction == "up"\n')
    // OPA tells of the two forms of `deny` where it saw the other one.
    const other = 'teams/platform/blocked.rego'
    const violations = await checkPolicies({ dir, opa })
    assert.ok(violations.every(({ fix }) => fix !== undefined))
    assert.deepEqual(
      violations.map(({ file }) => file),
      [...Array<string>(2).fill('gateway_config/keep_list/data.json'), other, platform, platform],
    )
  })

  const breaches: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'a boolean deny',
      'teams/other/other.rego',
      'package teams.other\n\ndeny if input.patients > 3\n',
      /other\.rego:3:1: deny must be a set/,
    ],
    [
      'a default for an output',
      'teams/other/other.rego',
      'package teams.other\n\ndefault allow := true\n',
      /allow must be a set/,
    ],
    [
      'a team that speaks for the gateway',
      'teams/other/other.rego',
      'package gateway\n\n_outcome := "allow"\n',
      /package gateway must be teams\.other/,
    ],
    [
      'a package below a team',
      'teams/other/deny/deny.rego',
      'package teams.other.deny\n\n_x := 1\n',
      /rules stand in/,
    ],
    [
      'rules outside the roots',
      'more/more.rego',
      'package more\n\n_x := 1\n',
      /rules belong under/,
    ],
    [
      'data beside rules',
      'teams/other/data.json',
      '{"deny": []}',
      /data must not stand beside rules/,
    ],
  ]
  for (const [what, path, text, message] of breaches) {
    it(`finds a breach of the contract: ${what}`, async () => {
      mkdirSync(join(dir, path, '..'), { recursive: true })
      writeFileSync(join(dir, path), text)
      assert.match(await found(), message)
    })
  }

  it('counts a file that OPA does not parse, and of which it says nothing', async () => {
    const killed: Run = async (command, args, options) =>
      args[0] === 'parse' && args.at(-1) === platform
        ? { code: -1, stdout: '', stderr: '' }
        : run(command, args, options)
    const violations = await checkPolicies({ dir, opa, run: killed })
    assert.match(
      violations.map(printViolation).join('\n'),
      /^teams\/platform\/platform\.rego:1:1: opa parse failed/m,
    )
  })

  it('counts an OPA that fails without saying why', async () => {
    const mute: Run = async () => ({ code: 1, stdout: '', stderr: 'broken' })
    const violations = await checkPolicies({ dir, opa, run: mute })
    assert.match(violations.map(printViolation).join('\n'), /opa check failed: broken/)
  })
})
