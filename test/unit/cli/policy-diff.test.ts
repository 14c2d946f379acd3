import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createWriteStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { buildBundle, findOpa } from '../../../src/policy/build/index.ts'
import { run as runProgram } from '../../../src/policy/build/run.ts'
import type { PolicyInput } from '../../../src/schema/index.ts'
import { finished, phigate, type Finished } from '../../support/command.ts'
import { decisionOf, logOf } from '../../support/recorded.ts'
import { smallPolicies, type SmallPolicies } from '../../support/small-policies.ts'
import { findingIn, policyInput } from '../policy/facts.ts'

const environment = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    name.startsWith('PHIGATE_') && value !== undefined ? [[name, value]] : [],
  ),
)
const WARD = 'teams/ward/ward.rego'
const DATA = 'gateway_config/data.json'

describe('phigate policy diff', function () {
  this.timeout(120_000)
  let before: SmallPolicies
  let after: SmallPolicies
  let scratch: string
  beforeEach(() => {
    before = smallPolicies()
    after = smallPolicies()
    scratch = join(before.dir, '..')
  })
  afterEach(() => {
    before.remove()
    after.remove()
  })

  const diff = (...args: readonly string[]): Promise<Finished> =>
    phigate(['policy', 'diff', before.dir, after.dir, ...args], environment)

  function file(name: string, text: string): string {
    writeFileSync(join(scratch, name), text)
    return join(scratch, name)
  }

  function audit(...facts: readonly PolicyInput[]): string {
    const records = facts.map((one, index) => decisionOf(`dec_${index}`, one))
    return file('audit.ndjson', [...logOf(records)].join(''))
  }

  const patients = (count: number): PolicyInput => policyInput({ patients: count })
  const STRICTER =
    'request: allow -> require-approval (several-patients) by 1 of officers, session, 60 s'

  it('exits 1 and lists what would change, with counts and sample ids', async () => {
    after.edit(WARD, 'input.patients > 3', 'input.patients > 1')
    const log = audit(patients(1), patients(2), patients(3), patients(4))
    const { code, stdout } = await diff('--audit', log)
    assert.equal(code, 1)
    assert.ok(stdout.includes(`       2  ${STRICTER}\n          dec_1 dec_2`), stdout)
    assert.match(stdout, /^4 records, 4 decided again$/m)
  })

  it('exits 0 where nothing would change', async () => {
    const { code, stdout } = await diff('--audit', audit(patients(4)))
    assert.equal(code, 0)
    assert.match(stdout, /nothing would change/)
  })

  it('exits 0 where every change is accepted, and names acceptances that are not needed', async () => {
    after.edit(WARD, 'input.patients > 3', 'input.patients > 1')
    const accept = file('accepted', `# the board agreed\n\n${STRICTER}\nrequest: allow -> deny\n`)
    const { code, stdout } = await diff('--audit', audit(patients(2)), '--accept', accept)
    assert.equal(code, 0)
    assert.match(stdout, /^accepted changes$/m)
    assert.match(stdout, /^accepted, but it does not happen: request: allow -> deny$/m)
  })

  it('exits 1 where one change is accepted and another is not', async () => {
    after.edit(WARD, 'input.patients > 3', 'input.patients > 1')
    after.write(
      'teams/more/more.rego',
      'package teams.more\n\ndeny contains {"code": "late", "message": "Late."} if input.patients == 0\n',
    )
    const accept = file('accepted', STRICTER)
    const log = audit(patients(0), patients(2))
    const { code, stdout } = await diff('--audit', log, '--accept', accept, '--format', 'json')
    assert.equal(code, 1)
    const report = JSON.parse(stdout) as Record<string, readonly { readonly change: string }[]>
    assert.deepEqual(
      [report['changes'], report['accepted']].map((list) => list?.map(({ change }) => change)),
      [['request: allow -> deny (late)'], [STRICTER]],
    )
  })

  it('compares built bundles as well as directories', async () => {
    const opa = await findOpa({ env: process.env })
    await buildBundle({ dir: before.dir, opa })
    const args = ['policy', 'diff', join(before.dir, 'bundle'), after.dir]
    const { code } = await phigate([...args, '--audit', audit(patients(4))], environment)
    assert.equal(code, 0)
  })

  it('compares a bundle file in OPA’s format', async () => {
    const opa = await findOpa({ env: process.env })
    const out = join(scratch, 'bundle.tar.gz')
    const entrypoints = ['gateway/profile', 'gateway/decision'].flatMap((name) => ['-e', name])
    const options = ['--ignore', 'cases', '--revision', 'of-last-week', '--output', out]
    const args = ['build', '--target', 'wasm', ...entrypoints, ...options, '--bundle', '.']
    assert.equal((await runProgram(opa, args, { cwd: before.dir })).code, 0)
    after.edit(WARD, 'input.patients > 3', 'input.patients > 1')
    const log = audit(patients(2))
    const { code, stdout } = await phigate(
      ['policy', 'diff', out, after.dir, '--audit', log],
      environment,
    )
    assert.equal(code, 1)
    assert.match(stdout, /^of-last-week -> [0-9a-f]{12}$/m)
    assert.ok(stdout.includes(`1  ${STRICTER}`), stdout)
  })

  it('exits 2 for a file that is no bundle', async () => {
    const args = ['policy', 'diff', file('bundle.tar.gz', 'x'), after.dir, '--text', 'x']
    const { code, stderr } = await phigate(args, environment)
    assert.equal(code, 2)
    assert.match(stderr, /is no bundle|holds no policy\.wasm/)
  })

  it('shows what a keep-list would do to texts, by type and place and never by text', async () => {
    after.write(DATA, '{"keep_list": ["Corwin Vale"], "signals": []}\n')
    const lines = [
      { id: 'Corwin Vale', text: 'Patient: Corwin Vale, SSN 536-22-1234' },
      { id: 2, text: 'nothing to find' },
    ]
    const notes = file('notes.jsonl', lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const letter = file('letter.txt', 'Patient: Corwin Vale\n')
    const { code, stdout, stderr } = await diff('--text', notes, letter)
    assert.equal(code, 1)
    const change = 'text PERSON.patient user text: placeholder -> keep'
    assert.ok(stdout.includes(`       2  ${change}\n          ${notes}:1 ${letter}`), stdout)
    assert.match(stdout, /^3 texts inspected$/m)
    assert.match(stdout, /^ {2}masked US_SSN +1 -> 1$/m)
    assert.match(stdout, /^ {2}masked PERSON +2 -> 0$/m)
    assert.match(stdout, /^ {2}kept {3}PERSON +0 -> 2$/m)
    assert.doesNotMatch(stdout + stderr, /Corwin|Vale|536/)
  })

  it('tells what a new rule would say to texts, in the place that was asked for', async () => {
    after.write(
      'teams/more/more.rego',
      'package teams.more\n\ndeny contains {"code": "tool", "message": "Tool."} if {\n\tsome finding in input.findings\n\tfinding.role == "tool_result"\n}\n',
    )
    const letter = file('letter.txt', 'SSN 536-22-1234')
    assert.equal((await diff('--text', letter)).code, 0)
    const { code, stdout } = await diff('--text', letter, '--as', 'tool_result')
    assert.equal(code, 1)
    assert.match(stdout, /1 {2}text outcome: mask -> deny \(tool\)/)
  })

  it('inspects a Messages body whole', async () => {
    after.edit('profiles/plain/plain.rego', '"US_SSN": "redact"', '"US_SSN": "hash"')
    const body = {
      model: 'm',
      max_tokens: 1,
      system: 'SSN 536-22-1234',
      messages: [{ role: 'user', content: 'Hello' }],
    }
    const { stdout } = await diff('--text', file('body.json', JSON.stringify(body)))
    assert.match(stdout, /1 {2}text US_SSN system text: redact -> hash/)
  })

  const unusable: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    ['nothing to compare', () => [], /give --audit or --text/],
    ['a log without facts', () => ['--audit', file('audit.ndjson', '')], /holds no facts/],
    ['a log that is not there', () => ['--audit', join(scratch, 'none')], /does not exist/],
    [
      'a line without text',
      () => ['--text', file('a.jsonl', '{"id":"Smith"}\n')],
      /jsonl:1: has no/,
    ],
    [
      'a line that is not JSON',
      () => ['--text', file('a.jsonl', 'Smith\n')],
      /jsonl:1: is not JSON/,
    ],
    ['a text that is not there', () => ['--text', join(scratch, 'none.jsonl')], /cannot be read/],
    ['acceptances that are not there', () => ['--text', 'x', '--accept', 'none'], /cannot be read/],
  ]
  for (const [what, args, message] of unusable) {
    it(`exits 2 for ${what}, and repeats nothing of it`, async () => {
      const { code, stdout, stderr } = await diff(...args())
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, message)
      assert.doesNotMatch(stderr, /Smith/)
    })
  }

  it('exits 2 for a directory that holds no policy', async () => {
    const args = ['policy', 'diff', scratch, after.dir, '--text', 'x']
    const { code, stderr } = await phigate(args, environment)
    assert.equal(code, 2)
    assert.match(stderr, /neither a policy directory nor a bundle/)
  })

  it('reads a log that is larger than the memory it may use', async () => {
    after.edit(WARD, 'input.patients > 3', 'input.patients > 1')
    const log = join(scratch, 'audit.ndjson')
    const findings = Array.from({ length: 24 }, () => findingIn('text'))
    const records = (function* () {
      for (let index = 0; index < 12_000; index += 1) {
        yield decisionOf(`dec_${index}`, policyInput({ findings, patients: index % 4 }))
      }
    })()
    await pipeline(Readable.from(logOf(records)), createWriteStream(log))
    const program = join(import.meta.dirname, '../../../src/cli/phigate.ts')
    const args = ['policy', 'diff', before.dir, after.dir, '--audit', log]
    const limited = spawn(process.execPath, ['--max-old-space-size=36', program, ...args], {
      // Whoever measures coverage takes memory that is not meant here.
      env: { ...process.env, NODE_OPTIONS: '', NODE_V8_COVERAGE: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const { code, stdout } = await finished(limited)
    assert.equal(code, 1)
    assert.match(stdout, /^12000 records, 12000 decided again$/m)
    assert.match(stdout, /^ {4}6000 {2}request: allow -> require-approval/m)
  })
})
