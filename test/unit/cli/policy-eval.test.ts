import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { finished, phigate, type Finished } from '../../support/command.ts'
import { decisionOf, logOf } from '../../support/recorded.ts'
import { smallPolicies, type SmallPolicies } from '../../support/small-policies.ts'
import { policyInput } from '../policy/facts.ts'

const environment = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    name.startsWith('PHIGATE_') && value !== undefined ? [[name, value]] : [],
  ),
)

describe('phigate policy eval', function () {
  this.timeout(120_000)
  let small: SmallPolicies
  beforeEach(() => {
    small = smallPolicies()
  })
  afterEach(() => {
    small.remove()
  })

  const evaluate = (...args: readonly string[]): Promise<Finished> =>
    phigate(['policy', 'eval', small.dir, ...args], environment)

  function factsFile(facts: unknown): string {
    const file = join(small.dir, '..', 'facts.json')
    writeFileSync(file, typeof facts === 'string' ? facts : JSON.stringify(facts))
    return file
  }

  function auditDir(): string {
    const request = decisionOf('dec_a', policyInput({ patients: 4 }))
    const answer = decisionOf('dec_a', policyInput({ direction: 'response' }))
    const log = [...logOf([request, answer, decisionOf('dec_b', null)])]
    writeFileSync(join(small.dir, '..', 'audit.ndjson'), log.join(''))
    return join(small.dir, '..')
  }

  it('tells outcome, reason, and which rule of which file and row said what', async () => {
    const { code, stdout, stderr } = await evaluate(
      '--input',
      factsFile(policyInput({ patients: 4 })),
    )
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^outcome +require-approval\nreason +several-patients: /)
    assert.match(stdout, /^require_approval teams\/ward\/ward\.rego:5 {2}Several patients$/m)
    assert.match(stdout, /^silent +teams\/front\/front\.rego:9 {2}Keys and headers$/m)
  })

  it('reads standard input, and prints JSON', async () => {
    const program = join(import.meta.dirname, '../../../src/cli/phigate.ts')
    const args = ['policy', 'eval', small.dir, '--input', '-', '--format', 'json']
    const asked = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
    asked.stdin.end(JSON.stringify(policyInput()))
    const { code, stdout } = await finished(asked)
    assert.equal(code, 0)
    const answer = JSON.parse(stdout) as Record<string, unknown>
    assert.deepEqual(answer['decision'], { outcome: 'allow', reasons: [], approval: [] })
    assert.equal(answer['recorded'], null)
  })

  it('takes facts from the audit log by decision, and says what was decided then', async () => {
    const { code, stdout } = await evaluate('--audit', auditDir(), '--decision', 'dec_a')
    assert.equal(code, 0)
    assert.match(stdout, /^outcome +require-approval$/m)
    assert.match(stdout, /^recorded +allow under revision 0123456789ab$/m)
  })

  it('takes the facts of the answer where they are asked for', async () => {
    const args = ['--audit', auditDir(), '--decision', 'dec_a', '--answer']
    assert.match((await evaluate(...args)).stdout, /^outcome +allow$/m)
  })

  const unusable: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    [
      'facts that do not fit the schema, naming the path',
      () => ['--input', factsFile({ ...policyInput(), patients: 'Smith' })],
      /\/patients must be integer/,
    ],
    ['what is not JSON', () => ['--input', factsFile('{Smith')], /is not JSON/],
    ['a file that is not there', () => ['--input', join(small.dir, 'none')], /cannot be read/],
    [
      'a decision without facts',
      () => ['--audit', auditDir(), '--decision', 'dec_b'],
      /holds no facts/,
    ],
    ['no input', () => [], /give either/],
    [
      'two inputs',
      () => ['--input', '-', '--audit', auditDir(), '--decision', 'dec_a'],
      /give either/,
    ],
  ]
  for (const [what, args, message] of unusable) {
    it(`exits 2 for ${what}, and repeats nothing of it`, async () => {
      const { code, stdout, stderr } = await evaluate(...args())
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, message)
      assert.doesNotMatch(stderr, /Smith/)
    })
  }
})
