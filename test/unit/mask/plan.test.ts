import assert from 'node:assert/strict'
import type { Basis, Finding, Segment } from '../../../src/domain/index.ts'
import { matchesField, planSpans } from '../../../src/mask/index.ts'
import type { Operator, Profile, Role } from '../../../src/schema/index.ts'

const PROFILE: Profile = {
  name: 'test',
  entities: { US_SSN: 'redact' },
  default: 'placeholder',
  minScore: 0.4,
  recall: 'balanced',
  roles: {},
  uninspectable: {},
  restore: { text: true, citations: true, tools: [] },
  offerSanitized: true,
}

function segment(changes: Partial<Segment> = {}): Segment {
  const base = { path: '/messages/0/content', role: 'user', place: 'text', keys: [] } as const
  return { ...base, text: 'Lasix 40 and Roe', ...changes }
}

function finding(changes: Partial<Finding> = {}): Finding {
  const where = { segment: 0, start: 0, end: 5, recognizer: 'test' }
  return { ...where, type: 'PERSON', score: 0.9, basis: 'cued', ...changes }
}

function operator(
  found: Partial<Finding>,
  profile: Partial<Profile> = {},
  at: Partial<Segment> = {},
): Operator | undefined {
  return planSpans([segment(at)], [finding(found)], { ...PROFILE, ...profile })[0]?.operator
}

describe('planSpans', () => {
  it('takes the operator of the type, else the default', () => {
    assert.equal(operator({ type: 'US_SSN' }), 'redact')
    assert.equal(operator({ type: 'PHONE' }), 'placeholder')
  })

  it('drops findings below the least score', () => {
    assert.equal(operator({ score: 0.39 }), undefined)
    assert.equal(operator({ score: 0.4 }), 'placeholder')
  })

  it('does not take a key of the profile for one of its prototype', () => {
    assert.equal(operator({ type: 'constructor' as Finding['type'] }), 'placeholder')
  })

  it('lets TYPE.subtype go before TYPE, and takes an unknown person for a patient', () => {
    const entities = {
      PERSON: 'redact',
      'PERSON.clinician': 'keep',
      'PERSON.patient': 'hash',
    } as const
    assert.equal(operator({ subtype: 'clinician' }, { entities }), 'keep')
    assert.equal(operator({ subtype: 'patient' }, { entities }), 'hash')
    assert.equal(operator({ subtype: 'unknown' }, { entities }), 'hash')
    assert.equal(operator({}, { entities }), 'hash')
    assert.equal(operator({ subtype: 'relative' }, { entities }), 'redact')
    const unknown = { ...entities, 'PERSON.unknown': 'withhold' } as const
    assert.equal(operator({}, { entities: unknown }), 'withhold')
    assert.equal(operator({ type: 'PHONE', subtype: 'clinician' }, { entities }), 'placeholder')
  })

  it('lets a role name an operator of its own', () => {
    const roles = { system: { US_SSN: 'keep', PERSON: 'hash' } } as const
    assert.equal(operator({ type: 'US_SSN' }, { roles }, { role: 'system' }), 'keep')
    assert.equal(operator({}, { roles }, { role: 'system' }), 'hash')
    assert.equal(operator({ type: 'PHONE' }, { roles }, { role: 'system' }), 'placeholder')
    assert.equal(operator({ type: 'US_SSN' }, { roles }, { role: 'user' }), 'redact')
    for (const rule of ['placeholder', 'redact', 'withhold'] as const) {
      assert.equal(operator({}, { roles: { user: { PERSON: rule } } }), rule)
    }
  })

  it('masks by rule only what a label or a cue made', () => {
    const masked = (rule: 'labelled' | 'cued', role: Role): readonly Basis[] => {
      const all: Basis[] = [
        'validated',
        'labelled',
        'cued',
        'pattern',
        'guess',
        'propagated',
        'field',
      ]
      const roles = { [role]: { DATE: rule } }
      return all.filter(
        (basis) => operator({ type: 'DATE', basis }, { roles }, { role }) !== 'keep',
      )
    }
    for (const role of ['system', 'tools', 'tool_result'] as const) {
      assert.deepEqual(masked('labelled', role), ['labelled', 'propagated', 'field'])
      assert.deepEqual(masked('cued', role), [
        'validated',
        'labelled',
        'cued',
        'propagated',
        'field',
      ])
    }
  })

  it("masks a bare date in a tool's result where a patient stands beside it", () => {
    const roles = { tool_result: { DATE: 'labelled' }, system: { DATE: 'labelled' } } as const
    const profile: Profile = { ...PROFILE, roles }
    const date = finding({ type: 'DATE', basis: 'pattern', start: 6, end: 8 })
    const operators = (role: Role, ...others: readonly Finding[]) =>
      planSpans([segment({ role }), segment({ role })], [...others, date], profile)
        .filter((span) => span.type === 'DATE')
        .map((span) => span.operator)
    assert.deepEqual(operators('tool_result'), ['keep'])
    for (const type of ['PERSON', 'MEDICAL_RECORD_NUMBER', 'US_SSN'] as const) {
      assert.deepEqual(operators('tool_result', finding({ type })), ['placeholder'])
      assert.deepEqual(operators('tool_result', finding({ type, segment: 1 })), ['keep'])
      assert.deepEqual(operators('system', finding({ type })), ['keep'])
    }
    assert.deepEqual(operators('tool_result', finding({ type: 'PHONE' })), ['keep'])
  })

  it('silences guesses of the keep-list and never what was validated or configured', () => {
    const keepList = ['lasix']
    const silenced = (basis: Basis): boolean => operator({ basis }, { keepList }) === 'keep'
    for (const basis of ['cued', 'pattern', 'guess', 'labelled', 'propagated'] as const) {
      assert.ok(silenced(basis))
    }
    assert.ok(!silenced('validated') && !silenced('field'))
    assert.equal(operator({ end: 4 }, { keepList }), 'placeholder')
    assert.equal(operator({}, { keepList: [] }), 'placeholder')
  })

  it('masks a number whole', () => {
    const at = { place: 'number', text: '123456789' } as const
    const [span] = planSpans([segment(at)], [finding({ start: 2, end: 4 })], PROFILE)
    assert.deepEqual([span?.start, span?.end], [0, 9])
  })

  it('takes the operator of the field that made the finding', () => {
    const fields = [
      { path: '$.chart.name', type: 'PERSON', operator: 'hash' },
      { path: '$..name', type: 'PERSON', operator: 'redact' },
    ] as const
    const at = (...keys: string[]) =>
      operator({ basis: 'field' }, { fields: [...fields] }, { keys })
    assert.equal(at('chart', 'name'), 'hash')
    assert.equal(at('a', 'chart', 'name'), 'redact')
    assert.equal(at('other'), 'placeholder')
    assert.equal(operator({}, { fields: [...fields] }, { keys: ['name'] }), 'placeholder')
  })

  it('refuses a finding in a segment that is not there', () => {
    assert.throws(() => planSpans([], [finding()], PROFILE), /does not exist/)
  })

  it('passes on what a span needs', () => {
    const [span] = planSpans([segment()], [finding({ subtype: 'relative', score: 0.5 })], PROFILE)
    assert.deepEqual(span, {
      segment: 0,
      start: 0,
      end: 5,
      type: 'PERSON',
      subtype: 'relative',
      score: 0.5,
      basis: 'cued',
      recognizer: 'test',
      operator: 'placeholder',
    })
  })
})

describe('matchesField', () => {
  it('takes $. from the root and $.. anywhere', () => {
    assert.ok(matchesField('$.a.b', ['a', 'b']))
    assert.ok(!matchesField('$.a.b', ['x', 'a', 'b']))
    assert.ok(!matchesField('$.a.b', ['a']))
    assert.ok(matchesField('$..a.b', ['a', 'b']))
    assert.ok(matchesField('$..a.b', ['x', 'a', 'b']))
    assert.ok(!matchesField('$..a.b', ['a', 'b', 'x']))
    assert.ok(!matchesField('$..a.b', ['b']))
  })
})
