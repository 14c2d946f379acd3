import assert from 'node:assert/strict'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  buildBundle,
  checkPolicies,
  findOpa,
  printViolation,
} from '../../../../src/policy/build/index.ts'
import { run } from '../../../../src/policy/build/run.ts'
import { openOpaWasm } from '../../../../src/policy/adapters/opa-wasm.ts'
import { openPolicy, readBundle } from '../../../../src/policy/index.ts'
import { committedBundle, policiesDir } from '../committed.ts'
import { policyInput } from '../facts.ts'

/** What OPA accepts without a word, and what becomes of it here. */
interface Trap {
  readonly what: string
  readonly file: string
  readonly text: string
  /** What `policy check` says. */
  readonly said: RegExp
  /** The reasons with which a bundle that was built all the same refuses the usual request. */
  readonly reasons?: readonly string[]
}

const TEAM = 'teams/other/other.rego'
const HEAD =
  '# METADATA\n# title: T\n# description: D\n# custom:\n#   code: [x]\npackage teams.other\n\n'
const REASON = '{"code": "x", "message": "x"}'

const TRAPS: readonly Trap[] = [
  {
    what: 'a boolean where a set is read',
    file: TEAM,
    text: `${HEAD}deny if input.direction == "request"\n`,
    said: /deny must be a set: deny contains .* \(fix: deny contains \{"code"/,
    reasons: ['malformed-rule'],
  },
  {
    what: 'an object where a set is read',
    file: TEAM,
    text: `${HEAD}deny[code] := "x" if code := "x"\n`,
    said: /deny must be a set/,
    reasons: ['malformed-rule'],
  },
  {
    what: 'a file of a team that says `package gateway`',
    file: TEAM,
    text: 'package gateway\n\n_grants contains {"team": "other", "output": 1} if input.patients == 0\n',
    said: /package gateway must be teams\.other/,
  },
  {
    what: 'a reason without a code',
    file: TEAM,
    text: `${HEAD}deny contains {"reason": "x"} if input.direction == "request"\n`,
    said: /an element of deny has the members code, message/,
    reasons: ['malformed-rule'],
  },
  {
    what: 'a demand that does not say who approves',
    file: TEAM,
    text: `${HEAD}require_approval contains ${REASON} if input.direction == "request"\n`,
    said: /members code, message, approval/,
    reasons: ['malformed-rule'],
  },
  {
    what: 'a name that nobody reads',
    file: TEAM,
    text: `${HEAD}denies contains ${REASON} if input.direction == "request"\n`,
    said: /denies is read by nobody/,
  },
  {
    what: 'a negated call whose argument is missing',
    file: TEAM,
    text: `${HEAD}deny contains ${REASON} if not startswith(input.connection.labels.region, "eu")\n`,
    said: /without input\.connection\.labels\.region this condition is undefined/,
  },
  {
    what: 'data that adds to what a team says',
    file: 'data.json',
    text: '{"teams": {"platform": {"more": true}}}',
    said: /data must not stand under teams/,
  },
]

describe('what OPA accepts and would fail open', function () {
  this.timeout(600_000)
  let opa: string
  let dir: string
  before(async () => {
    opa = await findOpa({ env: process.env })
  })
  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), 'phigate-trap-')), 'policies')
    cpSync(policiesDir, dir, { recursive: true })
    rmSync(join(dir, 'cookbook'), { recursive: true })
  })
  afterEach(() => {
    rmSync(join(dir, '..'), { recursive: true })
  })

  function write(file: string, text: string): void {
    mkdirSync(dirname(join(dir, file)), { recursive: true })
    writeFileSync(join(dir, file), text)
  }

  for (const { what, file, text, said, reasons } of TRAPS) {
    it(`is refused by the check: ${what}`, async () => {
      write(file, text)
      const args = ['check', '--strict', '.', '--ignore', 'bundle', '--ignore', 'capabilities.json']
      assert.equal((await run(opa, args, { cwd: dir })).code, 0, 'OPA accepts it')
      const found = (await checkPolicies({ dir, opa })).map(printViolation).join('\n')
      assert.match(found, said)
    })
    if (reasons === undefined) continue
    it(`is denied by a bundle that was built all the same: ${what}`, async () => {
      write(file, text)
      const policy = openPolicy(await buildBundle({ dir, opa }), openOpaWasm)
      const decision = policy.decide(policyInput())
      assert.equal(decision.outcome, 'deny')
      assert.deepEqual([...new Set(decision.reasons.map(({ code }) => code))], reasons)
    })
  }

  it('is denied by the host: a fact that is no number, so that a comparison would be undefined', () => {
    const policy = openPolicy(committedBundle(), openOpaWasm)
    const sound = { ...policyInput(), patients: 1 }
    assert.equal(policy.decide(sound).outcome, 'allow')
    const odd = { ...policyInput(), patients: 'abc' } as unknown as typeof sound
    assert.deepEqual(
      policy.decide(odd).reasons.map(({ code }) => code),
      ['policy-failure'],
    )
  })

  it('is refused by the host: data under the name of a root of rules', () => {
    const bundle = readBundle(join(policiesDir, 'bundle'))
    for (const root of ['teams', 'gateway', 'profiles']) {
      const data = { ...bundle.data, [root]: { evil: { allow: [1] } } }
      assert.throws(() => openPolicy({ ...bundle, data }, openOpaWasm), /must not stand under/)
    }
  })

  const host = [
    'http.send({"url": "x"})',
    'time.now_ns()',
    'rand.intn("x", 9)',
    'uuid.rfc4122("x")',
    'opa.runtime()',
    'crypto.sha256("x")',
  ]
  for (const call of host) {
    it(`is no builtin of policies: ${call}`, async () => {
      appendFileSync(join(dir, 'teams/platform/platform.rego'), `\n_x := ${call}\n`)
      const found = (await checkPolicies({ dir, opa })).map(printViolation).join('\n')
      assert.match(found, /platform\.rego:\d+:\d+: rego_type_error: undefined function .* \(fix: /)
    })
  }

  it('does not become a builtin by adding it to capabilities.json', async () => {
    const all = await run(opa, ['capabilities', '--current'])
    write('capabilities.json', all.stdout)
    const found = (await checkPolicies({ dir, opa })).map(({ message }) => message)
    for (const name of ['http.send', 'time.now_ns', 'rand.intn', 'sprintf']) {
      assert.ok(found.includes(`the builtin ${name} is not one of the module`), name)
    }
  })
})
