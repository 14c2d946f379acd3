import assert from 'node:assert/strict'
import { openOpaWasm } from '../../../src/policy/adapters/opa-wasm.ts'
import { openPolicy, PolicyError, type Policy } from '../../../src/policy/index.ts'
import type { Profile } from '../../../src/schema/index.ts'
import { committedBundle } from './committed.ts'
import { profileInput } from './facts.ts'

const NAMES = ['safe_harbor', 'clinical', 'code', 'strict', 'observe'] as const

/** The shipped policies with a connection for each profile, named like it. */
function withAll(): Policy {
  const bundle = committedBundle()
  const config = bundle.data['gateway_config'] as Record<string, unknown>
  const gateway_config = {
    ...config,
    profiles: Object.fromEntries(NAMES.map((name) => [name, name])),
    observed_connections: [{ connection: 'observe', reason: 'a test', expires: '2099-12-31' }],
  }
  return openPolicy({ ...bundle, data: { ...bundle.data, gateway_config } }, openOpaWasm)
}

describe('policy: the shipped profiles', () => {
  const policy = withAll()
  const ask = (
    name: string,
    baa: boolean,
    direction: 'request' | 'response' = 'request',
  ): Profile => policy.profile(profileInput({ connection: { name, labels: { baa } }, direction }))

  for (const name of NAMES) {
    it(`${name} fits the schema in both directions, and has its own name`, () => {
      for (const direction of ['request', 'response'] as const) {
        assert.equal(ask(name, true, direction).name, name.replace('_', '-'))
      }
    })
  }

  for (const name of ['clinical', 'observe']) {
    it(`${name} gives nothing without an agreement`, () => {
      for (const direction of ['request', 'response'] as const) {
        assert.throws(() => ask(name, false, direction), PolicyError)
      }
    })
  }

  for (const name of ['safe_harbor', 'code', 'strict']) {
    it(`${name} is the same with and without an agreement`, () => {
      assert.deepEqual(ask(name, false), ask(name, true))
    })
  }

  it('mask a type of which they say nothing, but for observe', () => {
    const defaults = NAMES.map((name) => [name, ask(name, true).default])
    assert.deepEqual(Object.fromEntries(defaults), {
      safe_harbor: 'placeholder',
      clinical: 'placeholder',
      code: 'placeholder',
      strict: 'placeholder',
      observe: 'keep',
    })
  })
})
