import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openOpaWasm } from '../../../../src/policy/adapters/opa-wasm.ts'
import { findOpa } from '../../../../src/policy/build/index.ts'
import { PolicyError, type EngineFactory } from '../../../../src/policy/index.ts'
import { readCases, runCases, type CaseResult } from '../../../../src/policy/review/index.ts'
import { smallPolicies, type SmallPolicies } from '../../../support/small-policies.ts'
import { policiesDir } from '../committed.ts'

describe('the shipped policy cases', function () {
  this.timeout(120_000)
  const cases = readCases(policiesDir)
  let results: readonly CaseResult[] = []
  before(async () => {
    const opa = await findOpa({ env: process.env })
    results = await runCases({ dir: policiesDir, opa, engine: openOpaWasm })
  })

  it('are at least 40, of decisions and of profiles', () => {
    assert.ok(cases.length >= 40)
    const kinds = new Set(cases.map(({ expected }) => expected.kind))
    assert.deepEqual([...kinds].toSorted(), ['decision', 'profile'])
  })

  for (const { name } of cases) {
    it(`hold in OPA and in the gateway: ${name}`, () => {
      const result = results.find((one) => one.name === name)
      assert.ok(result !== undefined)
      assert.equal(result.problem, undefined)
    })
  }
})

describe('policy cases', function () {
  this.timeout(120_000)
  let opa: string
  let small: SmallPolicies
  let dir: string
  before(async () => {
    opa = await findOpa({ env: process.env })
  })
  beforeEach(() => {
    small = smallPolicies()
    dir = small.dir
  })
  afterEach(() => {
    small.remove()
  })

  const write = (text: string): void => small.write('cases/more.yaml', text)

  async function problemOf(text: string, engine: EngineFactory = openOpaWasm): Promise<string> {
    write(text)
    const results = await runCases({ dir, opa, engine })
    const mine = results.find(({ file }) => file === 'cases/more.yaml')
    assert.ok(mine !== undefined)
    return mine.problem ?? ''
  }

  const quiet = 'a quiet request:\n  outcome: allow\n  reasons: []\n'

  it('fail with what was expected and what came', async () => {
    const found = await problemOf('a quiet request:\n  outcome: deny\n  reasons: [phi-in-key]\n')
    assert.match(found, /expected .*"deny".*phi-in-key.* got .*"allow"/)
  })

  it('fail when other reasons come with the expected outcome', async () => {
    const facts = 'facts: { findings: [{ place: key }] }'
    const found = await problemOf(`a key:\n  ${facts}\n  outcome: deny\n  reasons: [no-grant]\n`)
    assert.match(found, /expected .*no-grant.* got .*phi-in-key/)
  })

  it('fail when others may approve', async () => {
    const expected = 'outcome: require-approval\n  reasons: [several-patients]'
    const text = `a summary:\n  facts: { patients: 4 }\n  ${expected}\n  approval: [anybody]\n`
    assert.match(await problemOf(text), /expected approval by .*anybody.* got .*officers/)
  })

  it('fail with the path of a profile’s member that is another', async () => {
    const found = await problemOf('a profile:\n  profile: { entities: { US_SSN: keep } }\n')
    assert.equal(found, '/entities/US_SSN is "redact", expected "keep"')
  })

  it('fail when a profile answers that should not', async () => {
    assert.equal(await problemOf('none:\n  profile: null\n'), 'expected no profile, got one')
  })

  it('hold when no profile answers and none should', async () => {
    const facts = 'facts: { connection: { name: other } }'
    assert.equal(await problemOf(`none:\n  ${facts}\n  profile: null\n`), '')
  })

  it('may have data of their own, which OPA and the gateway both see', async () => {
    const config = 'config: { keep_list: [Lasix] }'
    const text = `a term:\n  ${config}\n  profile: { keepList: [Lasix] }\n`
    assert.equal(await problemOf(`${text}no term:\n  profile: { keepList: [] }\n`), '')
    const results = await runCases({ dir, opa, engine: openOpaWasm })
    assert.deepEqual(
      results.map(({ problem }) => problem),
      [undefined, undefined],
    )
  })

  it('fail and show both answers when OPA and the WASM disagree', async () => {
    const other: EngineFactory = (bundle) => {
      const engine = openOpaWasm(bundle)
      return { ...engine, evaluate: () => ({ outcome: 'allow', reasons: [], approval: [] }) }
    }
    const text =
      'a key:\n  facts: { findings: [{ place: key }] }\n  outcome: allow\n  reasons: []\n'
    assert.match(await problemOf(text, other), /^OPA and the gateway's WASM disagree: .*"deny"/)
  })

  it('take no answer of both as agreement, which the gateway turns into a refusal', async () => {
    const rule = '_x := 1 if input.patients == 7\n\n_x := 2 if input.patients == 7\n'
    const deny = 'deny contains {"code": "x", "message": "x"} if _x == 1\n'
    small.write('teams/torn/torn.rego', `package teams.torn\n\n${rule}\n${deny}`)
    const text =
      'two values:\n  facts: { patients: 7 }\n  outcome: deny\n  reasons: [policy-failure]\n'
    assert.equal(await problemOf(text + quiet), '')
    const results = await runCases({ dir, opa, engine: openOpaWasm })
    assert.equal(results.length, 2)
    assert.ok(results.every(({ problem }) => problem === undefined))
  })

  it('count totals and masking from the findings unless they say them', () => {
    const findings = '[{}, { type: DATE, count: 2, operator: keep }, { path: /system }]'
    write(
      `counted:\n  facts: { findings: ${findings}, uninspectable: [{ action: withhold }] }\n  outcome: mask\n  reasons: []\n` +
        'said:\n  facts: { findings: [{}], masking: { fields: 9 } }\n  outcome: mask\n  reasons: []\n',
    )
    const [counted, said] = readCases(dir).filter(({ file }) => file === 'cases/more.yaml')
    assert.deepEqual(counted?.facts.totals, { US_SSN: 2, DATE: 2 })
    assert.deepEqual(counted?.facts.masking, { fields: 3, byType: { US_SSN: 2 } })
    assert.deepEqual(said?.facts.masking, { fields: 9, byType: {} })
  })

  const unreadable: readonly (readonly [string, string, RegExp])[] = [
    ['no YAML', 'a: [\n', /^cases\/more\.yaml:\d+: is not YAML/],
    ['a list', '- a\n', /^cases\/more\.yaml:1: is not a mapping/],
    [
      'a name that is no text',
      '1:\n  outcome: allow\n',
      /more\.yaml:1: has a name that is not text/,
    ],
    ['an unknown word', `${quiet}  wanted: 1\n`, /more\.yaml:1: .*unknown key "wanted"/],
    ['a name without a case', '{ x }\n', /more\.yaml:1: .*policy-case/],
    [
      'a finding that is no object',
      `${quiet}  facts: { findings: [7] }\n`,
      /\/findings\/0 must be/,
    ],
    ['no expectation', 'x:\n  facts: {}\n', /more\.yaml:1: must say either/],
    ['an outcome without reasons', 'x:\n  outcome: deny\n', /more\.yaml:1: .*reasons/],
    ['a decision and a profile', `${quiet}  profile: null\n`, /more\.yaml:1: must say either/],
    [
      'a fact that does not exist',
      `# first\n\n${quiet}  facts: { patient: 1 }\n`,
      /more\.yaml:3: .*unknown key "patient"/,
    ],
    [
      'a finding of a type that does not exist',
      `${quiet}  facts: { findings: [{ type: SSN }] }\n`,
      /\/findings\/0\/type must be one of/,
    ],
    ['a name twice in a file', `${quiet}${quiet}`, /more\.yaml:4: is not YAML: DUPLICATE_KEY/],
  ]
  for (const [what, text, message] of unreadable) {
    it(`are refused with file, row and path: ${what}`, () => {
      write(text)
      assert.throws(
        () => readCases(dir),
        (error) => error instanceof PolicyError && message.test(error.message),
      )
    })
  }

  it('are refused where two files use one name', () => {
    write(quiet)
    small.write('cases/other.yaml', quiet)
    assert.throws(() => readCases(dir), /other\.yaml:1: has the name of the case in .*more\.yaml:1/)
  })

  it('are refused without the facts that they change', () => {
    rmSync(join(dir, 'cases/facts.yaml'))
    assert.throws(() => readCases(dir), /cases\/facts\.yaml cannot be read/)
    small.write('cases/facts.yaml', 'facts: {}\n')
    assert.throws(() => readCases(dir), /cases\/facts\.yaml:1: has no object "finding"/)
  })

  it('are none where a policy directory has none', async () => {
    rmSync(join(dir, 'cases'), { recursive: true })
    assert.deepEqual(await runCases({ dir, opa, engine: openOpaWasm }), [])
  })
})
