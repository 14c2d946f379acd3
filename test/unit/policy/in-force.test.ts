import assert from 'node:assert/strict'
import { openOpaWasm } from '../../../src/policy/adapters/opa-wasm.ts'
import { openInForce, openPolicy, type PolicyBundle } from '../../../src/policy/index.ts'
import { committedBundle } from './committed.ts'
import { policyInput, profileInput } from './facts.ts'

/** The committed bundle with entries that hold for some days. */
function withEntries(): PolicyBundle {
  const bundle = committedBundle()
  const config = bundle.data['gateway_config'] as Record<string, unknown>
  const gateway_config = {
    ...config,
    profiles: { ...(config['profiles'] as object), trial: 'observe' },
    known_connections: ['trial'],
    keep_list: [
      { term: 'Lasix', reason: 'a drug', expires: '2026-03-10' },
      { term: 'Norco', reason: 'a drug', expires: '2026-04-01' },
    ],
    observed_connections: [{ connection: 'trial', reason: 'counting', expires: '2026-03-12' }],
    features: {
      ...(config['features'] as object),
      excepted: [{ kind: 'beta', name: 'odd', reason: 'a trial', expires: '2026-03-10' }],
    },
  }
  return { ...bundle, data: { ...bundle.data, gateway_config } }
}

describe('policy: what has a last day', () => {
  let day = '2026-03-01'
  let opened = 0
  const open = () => {
    opened = 0
    return openInForce(
      withEntries(),
      (bundle) => {
        opened++
        return openPolicy(bundle, openOpaWasm)
      },
      () => day,
    )
  }
  const trial = { connection: { name: 'trial', labels: { baa: true } } }

  it('holds to the end of that day, UTC, and no longer', () => {
    day = '2026-03-10'
    const policy = open()
    assert.deepEqual(policy.profile(profileInput()).keepList, ['Lasix', 'Norco'])
    day = '2026-03-11'
    assert.deepEqual(policy.profile(profileInput()).keepList, ['Norco'])
    day = '2026-04-02'
    assert.deepEqual(policy.profile(profileInput()).keepList, [])
  })

  it('is out of force where the policy is opened later', () => {
    day = '2026-03-20'
    assert.deepEqual(open().profile(profileInput()).keepList, ['Norco'])
  })

  it('ends the observation of a connection, which then has no profile', () => {
    day = '2026-03-12'
    const policy = open()
    assert.equal(policy.profile(profileInput(trial)).name, 'observe')
    day = '2026-03-13'
    assert.throws(() => policy.profile(profileInput(trial)))
  })

  it('ends the exception of a feature', () => {
    day = '2026-03-10'
    const policy = open()
    const { request } = policyInput()
    const facts = policyInput({ ...trial, request: { ...request, betas: ['odd-2026-01-01'] } })
    assert.equal(policy.decide(facts).outcome, 'allow')
    day = '2026-03-11'
    assert.deepEqual(
      policy.decide(facts).reasons.map(({ code }) => code),
      ['unlisted-feature'],
    )
  })

  it('makes a revision of its own, and costs nothing on other days', () => {
    day = '2026-03-01'
    const policy = open()
    const { revision } = committedBundle()
    assert.equal(policy.revision, revision)
    day = '2026-03-02'
    assert.equal(policy.revision, revision)
    assert.equal(opened, 1)
    day = '2026-03-11'
    assert.equal(policy.revision, `${revision}+2026-03-10`)
    day = '2026-03-12'
    assert.equal(policy.revision, `${revision}+2026-03-10`)
    assert.equal(opened, 2)
  })
})
