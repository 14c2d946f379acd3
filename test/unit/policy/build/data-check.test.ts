import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { checkData } from '../../../../src/policy/build/data-check.ts'
import { policyWarnings, printViolation } from '../../../../src/policy/build/index.ts'
import { checkReferences } from '../../../../src/policy/build/references.ts'
import { policyFiles } from '../../../../src/policy/build/sources.ts'
import type { Module } from '../../../../src/policy/build/rego/module.ts'
import { policiesDir } from '../committed.ts'

describe('the data of policies', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'phigate-data-'))
    cpSync(join(policiesDir, 'gateway_config'), join(dir, 'gateway_config'), { recursive: true })
  })
  afterEach(() => {
    rmSync(dir, { recursive: true })
  })

  function write(path: string, value: unknown): void {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
    writeFileSync(join(dir, path), text)
  }

  function found(): string {
    const { violations } = checkData(dir, policyFiles(dir))
    return violations.map(printViolation).join('\n')
  }

  it('fit as they are shipped', () => {
    assert.equal(found(), '')
  })

  const entry = { term: 'Lasix', reason: 'a drug', expires: '2027-01-31' }
  const signal = { name: 'x', roles: ['user'], patterns: ['x'] }
  const wrong: readonly (readonly [string, string, unknown, RegExp])[] = [
    [
      'a term without a reason',
      'keep_list',
      [{ term: 'Lasix', expires: '2027-01-31' }],
      /keep_list\/data\.json:2:3: .*keep_list\.0 must have required property 'reason'/,
    ],
    [
      'a term without a last day',
      'keep_list',
      [entry, { ...entry, expires: 'soon' }],
      /keep_list\/data\.json:10:16: .*keep_list\.1\.expires must match pattern/,
    ],
    [
      'an unknown key',
      'keep_list',
      [{ ...entry, until: 1 }],
      /unknown key "until"; allowed are term, reason, expires/,
    ],
    [
      'an operator that does not exist',
      'fields',
      [{ path: '$..x', type: 'PERSON', operator: 'shift' }],
      /fields\.0\.operator must be one of/,
    ],
    [
      'a blocked caller without an issuer',
      'block_lists',
      { principals: [{ id: 'ada', reason: 'gone for good' }], models: [], tools: [] },
      /principals\.0\.id must match/,
    ],
    [
      'a list of blocks that is missing',
      'block_lists',
      { principals: [], models: [] },
      /required property 'tools'/,
    ],
    [
      'a limit that is no number',
      'limits',
      { default: { patients: '3', bulk_characters: 1, bulk_identifiers: 1 }, connections: {} },
      /limits\.default\.patients must be integer/,
    ],
    [
      'an unknown limit',
      'limits',
      {
        default: { patients: 3, bulk_characters: 1, bulk_identifiers: 1 },
        connections: { a: { patient: 1 } },
      },
      /connections\.a/,
    ],
    [
      'an exception without a reason',
      'features',
      { covered: [], excepted: [{ kind: 'beta', name: 'x' }], refused: [] },
      /excepted\.0 must have required property 'reason'/,
    ],
    [
      'a feature of an unknown kind',
      'features',
      { covered: [{ kind: 'header', name: 'x' }], excepted: [], refused: [] },
      /kind must be one of \["field","tool","beta"\]/,
    ],
    [
      'a signal that is never searched',
      'signals',
      [{ ...signal, roles: ['assistant'] }],
      /roles\.0 must be one of \["user","system","tool_result"\]/,
    ],
    [
      'a pattern that needs backtracking',
      'signals',
      [signal, { ...signal, patterns: ['(?=x)y'] }],
      /signals\/data\.json:17:7: .*not a pattern that RE2 accepts/,
    ],
    [
      'a connection observed without a reason',
      'observed_connections',
      [{ connection: 'a', expires: '2027-01-31' }],
      /required property 'reason'/,
    ],
  ]
  for (const [what, list, value, message] of wrong) {
    it(`do not fit with ${what}, and say where`, () => {
      write(`gateway_config/${list}/data.json`, value)
      assert.match(found(), message)
      assert.match(found(), /\(fix: /)
    })
  }

  it('do not fit without one of their lists', () => {
    rmSync(join(dir, 'gateway_config/limits'), { recursive: true })
    assert.match(found(), /gateway_config\/data\.json:1:1: .*required property 'limits'/)
  })

  it('are told of all at once', () => {
    write('gateway_config/keep_list/data.json', [{}, {}])
    assert.equal(found().split('\n').length, 6)
  })

  it('do not speak for rules, in the root or beside them', () => {
    write('data.json', '{\n  "teams": {"evil": {"allow": []}}\n}')
    write('teams/other/data.json', '{}')
    assert.match(found(), /^data\.json:2:12: data must not stand under teams/m)
    assert.match(found(), /^teams\/other\/data\.json:1:1: data must not stand beside rules/m)
  })

  it('may be more than the gateway reads, elsewhere', () => {
    write('clinics/data.json', { north: ['ward-1'] })
    assert.equal(found(), '')
  })

  it('are read as JSON with the place of what is not', () => {
    write('gateway_config/keep_list/data.json', '[\n  {"term": "Lasix", "term": "x"}\n]')
    assert.match(found(), /keep_list\/data\.json:2:\d+: cannot be read: duplicate key/)
  })

  function references(config: Readonly<Record<string, unknown>>): string {
    const path = 'gateway_config/data.json'
    const before = JSON.parse(readFileSync(join(dir, path), 'utf8')) as object
    write(path, { ...before, ...config })
    const modules = ['safe_harbor', 'strict', 'observe'].map(
      (name) =>
        ({
          file: `profiles/${name}/${name}.rego`,
          packagePath: ['profiles', name],
        }) as unknown as Module,
    )
    return checkReferences(checkData(dir, policyFiles(dir)), modules)
      .map(printViolation)
      .join('\n')
  }

  it('name profiles and connections that are there', () => {
    assert.equal(references({}), '')
    assert.match(
      references({ profiles: { a: 'saf_harbor' } }),
      /data\.json:\d+:\d+: there is no profile saf_harbor \(fix: one of observe, safe_harbor, strict\)/,
    )
    assert.match(references({ default_profile: 'none', profiles: {} }), /no profile none/)
    assert.match(
      references({ strict_connections: ['nobody'] }),
      /nobody may use the connection nobody/,
    )
  })

  it('observe only connections that are listed with a reason and a last day, and say so', () => {
    const profiles = { claude: 'observe' }
    assert.match(
      references({ profiles, default_profile: 'strict', strict_connections: [] }),
      /not in observed_connections/,
    )
    write('gateway_config/observed_connections/data.json', [
      { connection: 'claude', reason: 'a week of counting', expires: '2026-12-01' },
    ])
    assert.equal(references({ profiles }), '')
    const warned = policyWarnings(dir, '2026-12-01').map(({ message }) => message)
    assert.deepEqual(warned, ['nothing is masked on the connection claude: it is observed'])
  })

  it('warn of entries whose last day has passed', () => {
    write('gateway_config/keep_list/data.json', [entry])
    assert.deepEqual(policyWarnings(dir, '2027-01-31'), [])
    const [warning] = policyWarnings(dir, '2027-02-01')
    assert.equal(warning?.file, 'gateway_config/keep_list/data.json')
    assert.match(warning.message, /last day/)
  })
})
