import assert from 'node:assert/strict'
import { openPolicy, PolicyError } from '../../../src/policy/index.ts'
import type { ProfileInput } from '../../../src/schema/index.ts'
import { fakeBundle, fakeEngines } from './fake-engine.ts'
import { profileInput } from './facts.ts'

const profile = {
  name: 'test',
  entities: {},
  default: 'placeholder',
  minScore: 0.4,
  recall: 'balanced',
  roles: {},
  uninspectable: {},
  restore: { text: false, citations: false, tools: [] },
  offerSanitized: false,
}

function caller(name: string): ProfileInput {
  return profileInput({ connection: { name, labels: { baa: true } } })
}

describe('policy: a profile', () => {
  it('is asked for once per input, and is frozen', () => {
    const { factory, calls } = fakeEngines(() => structuredClone(profile))
    const policy = openPolicy(fakeBundle(), factory)
    const first = policy.profile(caller('a'))
    assert.equal(policy.profile(caller('a')), first)
    assert.ok(Object.isFrozen(first.restore))
    policy.profile(caller('b'))
    assert.equal(calls.evaluated, 2)
  })

  it('drops out of the cache when it was unused for longest', () => {
    const { factory, calls } = fakeEngines(() => structuredClone(profile))
    const policy = openPolicy(fakeBundle(), factory, { cachedProfiles: 2 })
    for (const name of ['a', 'b', 'a', 'c', 'a']) policy.profile(caller(name))
    assert.equal(calls.evaluated, 3)
    policy.profile(caller('b'))
    assert.equal(calls.evaluated, 4)
  })

  const unusable: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['null', null],
    ['an empty list', []],
    ['an unknown operator', { ...profile, entities: { PERSON: 'shift' } }],
    ['an unknown rule of a role', { ...profile, roles: { user: { DATE: 'maybe' } } }],
    ['an extra field', { ...profile, extra: 1 }],
  ]
  for (const [what, answer] of unusable) {
    it(`is an error when the answer is ${what}, and is not cached`, () => {
      const { factory, calls } = fakeEngines(() => answer)
      const policy = openPolicy(fakeBundle(), factory)
      assert.throws(() => policy.profile(caller('a')), PolicyError)
      assert.throws(() => policy.profile(caller('a')), PolicyError)
      assert.equal(calls.evaluated, 2)
    })
  }

  it('is an error when the engine throws a string', () => {
    const policy = openPolicy(
      fakeBundle(),
      fakeEngines(() => {
        // oxlint-disable-next-line typescript/only-throw-error -- the engine's library throws strings
        throw 'abort'
      }).factory,
    )
    assert.throws(() => policy.profile(caller('a')), PolicyError)
  })

  it('is an error, without evaluating, for an input that does not fit', () => {
    const { factory, calls } = fakeEngines(() => structuredClone(profile))
    const policy = openPolicy(fakeBundle(), factory)
    const withTime = { ...caller('a'), now: '2026-01-01T00:00:00Z' }
    assert.throws(() => policy.profile(withTime), PolicyError)
    assert.throws(() => policy.profile(caller('\ud800')), PolicyError)
    assert.equal(calls.evaluated, 0)
  })
})
