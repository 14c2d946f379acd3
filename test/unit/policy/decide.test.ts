import assert from 'node:assert/strict'
import { openPolicy, PolicyError } from '../../../src/policy/index.ts'
import { settle } from '../../../src/policy/decide.ts'
import type { Decision, PolicyInput } from '../../../src/schema/index.ts'
import { fakeBundle, fakeEngines } from './fake-engine.ts'
import { masked, policyInput } from './facts.ts'

const reason = { code: 'some-code', message: 'some message' }
const limits = { maxExchanges: 9, maxPatients: 9 }
const approval = { groups: ['officers'], min: 1, scope: 'session', ttlSeconds: 60 }

function decideWith(answer: () => unknown, input: PolicyInput = policyInput()) {
  const { factory, calls } = fakeEngines(answer)
  const errors: PolicyError[] = []
  const policy = openPolicy(fakeBundle(), factory, { onFailure: (error) => errors.push(error) })
  return { decision: policy.decide(input), calls, errors }
}

function assertFailure(answer: () => unknown, input?: PolicyInput): void {
  const { decision } = decideWith(answer, input)
  assert.equal(decision.outcome, 'deny')
  assert.deepEqual(
    decision.reasons.map(({ code }) => code),
    ['policy-failure'],
  )
  assert.deepEqual(decision.approval, [])
}

describe('policy: a decision fails closed', () => {
  const throwing = (thrown: unknown) => () => {
    // oxlint-disable-next-line typescript/only-throw-error -- the engine's library throws such values
    throw thrown
  }
  const unusable: readonly (readonly [string, () => unknown])[] = [
    ['the engine throws a string', throwing('t.rego:40:1: var assignment conflict')],
    ['the engine throws a plain object', throwing({ message: 'not implemented' })],
    ['the engine throws an error', throwing(new RangeError('Maximum memory size exceeded'))],
    ['the result is undefined', () => undefined],
    ['the result is an empty list', () => []],
    ['the result is null', () => null],
    ['the outcome is unknown', () => ({ outcome: 'permit', reasons: [], approval: [] })],
    ['a field is missing', () => ({ outcome: 'allow', reasons: [] })],
    ['there is an extra field', () => ({ outcome: 'allow', reasons: [], approval: [], x: 1 })],
    [
      'a reason has no message',
      () => ({ outcome: 'deny', reasons: [{ code: 'some-code' }], approval: [] }),
    ],
    ['it allows with a reason', () => ({ outcome: 'allow', reasons: [reason], approval: [] })],
    ['it masks with a reason', () => ({ outcome: 'mask', reasons: [reason], approval: [] })],
    ['it masks with an obligation', () => ({ outcome: 'mask', reasons: [], approval: [approval] })],
    [
      'approval has no obligation',
      () => ({ outcome: 'require-approval', reasons: [reason], approval: [] }),
    ],
    ...(
      [
        ['a window that is none', { window: '22-04', ...limits }],
        ['a time zone that nobody knows', { window: '22:00-04:00', timeZone: 'Mars', ...limits }],
        ['no job', undefined],
      ] as const
    ).map(
      ([what, job]) =>
        [
          `approval is for a job with ${what}`,
          () => ({
            outcome: 'require-approval',
            reasons: [reason],
            approval: [{ ...approval, scope: 'job', ...(job === undefined ? {} : { job }) }],
          }),
        ] as const,
    ),
    [
      'approval has no reason',
      () => ({ outcome: 'require-approval', reasons: [], approval: [approval] }),
    ],
  ]
  for (const [what, answer] of unusable) {
    it(`denies when ${what}`, () => assertFailure(answer))
  }

  it('tells why, and denies even if the listener throws', () => {
    const { errors } = decideWith(throwing('abort'))
    assert.equal(errors.length, 1)
    assert.ok(errors[0] instanceof PolicyError)
    const policy = openPolicy(fakeBundle(), fakeEngines(throwing('abort')).factory, {
      onFailure: throwing(new Error('listener')),
    })
    assert.equal(policy.decide(policyInput()).outcome, 'deny')
  })
})

describe('policy: unusable facts', () => {
  const allow = () => ({ outcome: 'allow', reasons: [], approval: [] })
  const cyclic = policyInput() as unknown as Record<string, unknown>
  cyclic['principal'] = cyclic
  const unusable: readonly (readonly [string, unknown])[] = [
    ['no object', 'text'],
    ['null', null],
    ['an extra field', { ...policyInput(), text: 'x' }],
    ['a missing field', { ...policyInput(), usage: undefined }],
    ['NaN', policyInput({ patients: Number.NaN })],
    ['a number beyond JSON', policyInput({ masking: { fields: Number('1e400'), byType: {} } })],
    ['a lone surrogate in a value', policyInput({ now: '\ud800' })],
    ['a lone surrogate in a key', policyInput({ principal: claims({ 'a\udc00': 'x' }) })],
    ['a cycle', cyclic],
  ]
  for (const [what, input] of unusable) {
    it(`denies without evaluating: ${what}`, () => {
      const { decision, calls } = decideWith(allow, input as PolicyInput)
      assert.equal(decision.reasons[0]?.code, 'policy-failure')
      assert.equal(calls.evaluated, 0)
    })
  }
})

function claims(extra: Record<string, string>): PolicyInput['principal'] {
  return { ...policyInput().principal, claims: extra }
}

describe('policy: the host derives the outcome again', () => {
  const allow = () => ({ outcome: 'allow', reasons: [], approval: [] })

  it('allows what policy allows and nothing changes', () => {
    assert.equal(decideWith(allow).decision.outcome, 'allow')
  })

  it('masks where policy allows although fields would change', () => {
    assert.equal(decideWith(allow, policyInput({ masking: masked })).decision.outcome, 'mask')
  })

  it('masks where policy allows although a source is withheld', () => {
    const source = { path: '/x', role: 'tool_result', kind: 'image', action: 'withhold' } as const
    const input = policyInput({ uninspectable: [source] })
    assert.equal(decideWith(allow, input).decision.outcome, 'mask')
  })

  it('passes reasons and obligations of a sound approval', () => {
    const asked = { outcome: 'require-approval', reasons: [reason], approval: [approval] }
    assert.deepEqual(decideWith(() => asked).decision, asked)
  })

  it('denies an outcome it does not know even if it came past the schema', () => {
    const unknown = { outcome: 'permit', reasons: [], approval: [] } as unknown as Decision
    assert.equal(settle(unknown, policyInput()).outcome, 'deny')
  })

  it('drops obligations from a deny', () => {
    const denied = { outcome: 'deny', reasons: [reason], approval: [approval] }
    assert.deepEqual(decideWith(() => denied).decision, { ...denied, approval: [] })
  })
})

describe('policy: the engine’s memory', () => {
  it('is given back by opening another engine once it is above the limit', () => {
    const { factory, calls } = fakeEngines(() => undefined, 2048)
    const policy = openPolicy(fakeBundle(), factory, { memoryLimitBytes: 1024 })
    policy.decide(policyInput())
    policy.decide(policyInput())
    assert.equal(calls.opened, 2)
  })

  it('is kept below the limit', () => {
    const { factory, calls } = fakeEngines(() => undefined, 512)
    const policy = openPolicy(fakeBundle(), factory, { memoryLimitBytes: 1024 })
    policy.decide(policyInput())
    policy.decide(policyInput())
    assert.equal(calls.opened, 1)
  })

  it('denies when no other engine opens', () => {
    let opened = 0
    let held = 0
    const policy = openPolicy(
      fakeBundle(),
      () => {
        opened += 1
        if (opened > 1) throw new PolicyError('no')
        return { evaluate: () => (held += 2048), memoryBytes: () => held }
      },
      { memoryLimitBytes: 1024 },
    )
    policy.decide(policyInput())
    assert.equal(policy.decide(policyInput()).reasons[0]?.code, 'policy-failure')
  })
})
