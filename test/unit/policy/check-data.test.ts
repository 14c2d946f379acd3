import assert from 'node:assert/strict'
import { openPolicy, PolicyError } from '../../../src/policy/index.ts'
import { fakeBundle, fakeEngines } from './fake-engine.ts'
import { policyInput, profileInput } from './facts.ts'

const { factory } = fakeEngines(() => undefined)

function refused(data: Record<string, unknown>, why: RegExp): void {
  assert.throws(
    () => openPolicy(fakeBundle(data), factory),
    (error) => error instanceof PolicyError && why.test(error.message),
  )
}

/** As a file would have it: JavaScript writes none of these. */
function parsed(json: string): Record<string, unknown> {
  return { lists: JSON.parse(json) as unknown }
}

describe('policy data', () => {
  const inexact: Readonly<Record<string, string>> = {
    'an integer above 2^53': '{"limit": 9007199254740993}',
    'an integer below -2^53': '[-9007199254740993]',
    'a number that is too large': '{"limit": 1e400}',
    'a lone surrogate': String.raw`["\ud800"]`,
    'a lone surrogate in a key': String.raw`{"\udfff": 1}`,
    'more nesting than it may have': `${'['.repeat(5000)}${']'.repeat(5000)}`,
  }
  for (const [what, json] of Object.entries(inexact)) {
    it(`is refused with ${what}`, () => refused(parsed(json), /^policy data under data\.lists/))
  }

  it('may hold what is exact', () => {
    const data = parsed('{"a": [0.1, -5, 9007199254740991, null, true, "\\ud83d\\ude00"]}')
    assert.equal(openPolicy(fakeBundle(data), factory).revision, fakeBundle().revision)
  })

  it('is refused with a list of rules in shadow that is none', () => {
    for (const shadow of ['all', {}, ['code'], [{ team: 'a' }], [{ team: 'a', code: 1 }], [null]]) {
      refused({ gateway_config: { signals: [], shadow } }, /shadow is not a list/)
    }
    refused(
      { gateway_config: { signals: [], shadow: [{ team: 'a', code: 'b', not: 'x' }] } },
      /shadow/,
    )
  })
})

describe('policy input', () => {
  const answers = fakeEngines(() => ({ outcome: 'allow', reasons: [], approval: [] }))
  const policy = openPolicy(fakeBundle(), answers.factory)
  const refuses = (input: ReturnType<typeof policyInput>): void => {
    const before = answers.calls.evaluated
    assert.deepEqual(
      policy.decide(input).reasons.map(({ code }) => code),
      ['policy-failure'],
    )
    assert.equal(answers.calls.evaluated, before)
  }
  for (const tokensToday of [Number.NaN, Number.POSITIVE_INFINITY, 1e300, 2 ** 53]) {
    it(`is not evaluated with ${tokensToday} in a count: that is a deny`, () => {
      refuses(policyInput({ usage: { requestsLastMinute: 0, tokensToday } }))
    })
  }

  it('is not evaluated with a lone surrogate in a claim: that is a deny', () => {
    const principal = { ...policyInput().principal, claims: { odd: '\ud800' } }
    refuses(policyInput({ principal }))
    assert.throws(() => policy.profile(profileInput({ principal })), PolicyError)
  })
})

describe('rules in shadow', () => {
  const data = { gateway_config: { signals: [], shadow: [{ team: 'a', code: 'tried' }] } }
  const reasons = [{ code: 'tried', message: 'Tried.', rule: 'teams/a' }]
  const open = (answer: (input: unknown) => unknown) =>
    openPolicy(fakeBundle(data), () => ({
      evaluate: (_entrypoint, input) => answer(input),
      memoryBytes: () => 0,
    }))
  const allow = { outcome: 'allow', reasons: [], approval: [] }
  const enforced = (input: unknown): boolean =>
    typeof input === 'object' && input !== null && 'shadowEnforced' in input

  it('are told of where they would change the decision, which stays', () => {
    const deny = { outcome: 'deny', reasons, approval: [] }
    const policy = open((input) => (enforced(input) ? deny : allow))
    assert.deepEqual(policy.decide(policyInput()), {
      ...allow,
      shadow: { outcome: 'deny', reasons },
    })
  })

  it('are not told of where they would change nothing', () => {
    assert.deepEqual(open(() => allow).decide(policyInput()), allow)
  })

  it('that fail are a failure that would be, and nothing else', () => {
    const policy = open((input) => {
      if (enforced(input)) throw new Error('broken')
      return allow
    })
    const { outcome, shadow } = policy.decide(policyInput())
    assert.equal(outcome, 'allow')
    assert.deepEqual(
      shadow?.reasons.map(({ code }) => code),
      ['policy-failure'],
    )
  })

  it('cannot be put into a decision by policy itself', () => {
    const { factory: one } = fakeEngines(() => ({ ...allow, shadow: { outcome: 'deny', reasons } }))
    assert.deepEqual(openPolicy(fakeBundle(), one).decide(policyInput()), allow)
  })
})
