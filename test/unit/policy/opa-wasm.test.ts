import assert from 'node:assert/strict'
import { openPolicy, PolicyError } from '../../../src/policy/index.ts'
import { openOpaWasm } from '../../../src/policy/adapters/opa-wasm.ts'
import { committedBundle } from './committed.ts'
import { findingIn, masked, openSignal, policyInput, profileInput } from './facts.ts'

const strict = { name: 'claude-strict', labels: { baa: true } }

describe('policy: the committed bundle', () => {
  const policy = openPolicy(committedBundle(), openOpaWasm)
  const codes = (input: Parameters<typeof policy.decide>[0]) =>
    policy.decide(input).reasons.map(({ code }) => code)

  it('allows a granted caller where nothing would change', () => {
    assert.deepEqual(policy.decide(policyInput()), { outcome: 'allow', reasons: [], approval: [] })
  })

  it('masks where something would change', () => {
    assert.equal(policy.decide(policyInput({ masking: masked })).outcome, 'mask')
  })

  it('denies where nothing grants', () => {
    const principal = { ...policyInput().principal, scopes: [] }
    assert.deepEqual(codes(policyInput({ principal })), ['no-grant'])
  })

  it('asks for approval of a full-chart summary, masked or not', () => {
    const decision = policy.decide(policyInput({ masking: masked, signals: [openSignal] }))
    assert.equal(decision.outcome, 'require-approval')
    assert.deepEqual(
      decision.reasons.map(({ code, rule }) => [code, rule]),
      [['full-chart-summary', 'teams/privacy']],
    )
    assert.deepEqual(decision.approval, [
      { groups: ['privacy-officers'], min: 1, scope: 'session', ttlSeconds: 3600 },
    ])
  })

  it('does not ask again once the signal is granted', () => {
    const input = policyInput({ signals: [{ ...openSignal, granted: true }] })
    assert.equal(policy.decide(input).outcome, 'allow')
  })

  it('denies identifiers in keys, headers and the query even while approval is open', () => {
    const findings = [findingIn('key'), findingIn('header'), findingIn('query')]
    assert.deepEqual(codes(policyInput({ findings, signals: [openSignal] })), [
      'phi-in-header',
      'phi-in-key',
      'phi-in-query',
    ])
  })

  it('denies what cannot be inspected where the profile says so', () => {
    const source = { path: '/x', role: 'user', kind: 'image', action: 'deny' } as const
    assert.deepEqual(codes(policyInput({ uninspectable: [source] })), ['uninspectable-content'])
  })

  it('refuses to mask on a strict connection unless the caller accepts it', () => {
    const input = policyInput({ connection: strict, masking: masked })
    assert.deepEqual(codes(input), ['phi-refused'])
    const request = { ...input.request, acceptMasked: true }
    assert.equal(policy.decide({ ...input, request }).outcome, 'mask')
  })

  it('lets an answer through with its masks', () => {
    const input = policyInput({ direction: 'response', connection: strict, masking: masked })
    assert.equal(policy.decide(input).outcome, 'mask')
  })

  it('gives each connection its profile in both directions', () => {
    assert.equal(policy.profile(profileInput()).name, 'safe-harbor')
    assert.equal(policy.profile(profileInput({ connection: strict })).name, 'strict')
    const answer = policy.profile(profileInput({ direction: 'response' }))
    assert.equal(answer.roles.assistant?.['PERSON'], 'listed')
    assert.equal(answer.entities['US_SSN'], 'placeholder')
  })

  it('has the revision of its manifest', () => {
    assert.equal(policy.revision, committedBundle().digest.slice(0, 12))
  })
})

describe('policy: loading a module', () => {
  const bundle = committedBundle()

  it('is refused when it is not WASM', () => {
    assert.throws(() => openOpaWasm({ ...bundle, wasm: new Uint8Array([1, 2, 3]) }), PolicyError)
  })

  it('is refused when its memory limit is below what it needs', () => {
    assert.throws(() => openOpaWasm(bundle, { maximumPages: 1 }), PolicyError)
  })

  it('is refused when it lacks an entrypoint', () => {
    const text = Buffer.from(bundle.wasm).toString('latin1')
    const wasm = Buffer.from(text.replaceAll('gateway/profile', 'gateway/another'), 'latin1')
    assert.throws(() => openOpaWasm({ ...bundle, wasm }), /no entrypoint gateway\/profile/)
  })

  it('wraps what the library throws into a PolicyError', () => {
    const engine = openOpaWasm(bundle)
    assert.throws(() => engine.evaluate('gateway/decision', { x: '\ud800' }), PolicyError)
  })

  it('tells how much memory its evaluations took', () => {
    const engine = openOpaWasm(bundle)
    assert.equal(engine.memoryBytes(), 0)
    const claims = { text: 'x'.repeat(2_000_000) }
    engine.evaluate('gateway/decision', { principal: { claims } })
    assert.ok(engine.memoryBytes() >= 2_000_000)
  })

  it('is opened once, and has room to evaluate, with 5 MB of data', () => {
    const lists = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, index) => [`entry-${index}`, ['x'.repeat(40), index]]),
    )
    let opened = 0
    const large = { ...bundle, data: { ...bundle.data, lists } }
    const policy = openPolicy(large, (given) => {
      opened += 1
      return openOpaWasm(given)
    })
    for (let round = 0; round < 3; round += 1) {
      assert.equal(policy.decide(policyInput()).outcome, 'allow')
    }
    assert.equal(opened, 1)
  }).timeout(120_000)
})

describe('policy: data', () => {
  for (const root of ['teams', 'gateway', 'profiles']) {
    it(`is refused under the policy root ${root}`, () => {
      const bundle = committedBundle()
      const data = { ...bundle.data, [root]: { evil: {} } }
      assert.throws(() => openPolicy({ ...bundle, data }, openOpaWasm), PolicyError)
    })
  }

  it('is frozen', () => {
    assert.ok(Object.isFrozen(committedBundle().data['gateway_config']))
  })
})
