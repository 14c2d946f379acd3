import assert from 'node:assert/strict'
import { describeDecision, profileDifferences } from '../../../../src/policy/review/describe.ts'
import type { Decision, Profile } from '../../../../src/schema/index.ts'

const profile: Profile = {
  name: 'plain',
  entities: { DATE: 'placeholder' },
  default: 'placeholder',
  keepList: ['Lasix', 'Norco'],
  minScore: 0.4,
  recall: 'balanced',
  roles: {},
  uninspectable: {},
  restore: { text: true, citations: true, tools: [] },
  offerSanitized: true,
}

describe('describing a decision in one line', () => {
  const obligation: Decision['approval'][number] = {
    groups: ['officers', 'board'],
    min: 2,
    scope: 'session',
    ttlSeconds: 60,
  }
  const held = (approval: Decision['approval']): string =>
    describeDecision({ outcome: 'require-approval', reasons: [], approval })

  it('says who approves, with what else an obligation demands', () => {
    assert.equal(held([obligation]), 'require-approval by 2 of board or officers, session, 60 s')
    assert.equal(
      held([{ ...obligation, breakGlass: true }]),
      'require-approval by 2 of board or officers, session, 60 s, {"breakGlass":true}',
    )
  })
})

describe('the differences of two profiles', () => {
  it('are none between a profile and itself, nor where both are missing', () => {
    assert.deepEqual(profileDifferences(profile, structuredClone(profile)), [])
    assert.deepEqual(profileDifferences(undefined, undefined), [])
  })

  it('name the profile that comes or goes', () => {
    assert.deepEqual(profileDifferences(undefined, profile), ['none -> plain'])
    assert.deepEqual(profileDifferences(profile, undefined), ['plain -> none'])
  })

  it('tell an order of a list that is another', () => {
    const turned = { ...profile, keepList: ['Norco', 'Lasix'] }
    assert.deepEqual(profileDifferences(profile, turned), ['keepList in another order'])
  })

  it('tell what a list gains and loses, and which member is another', () => {
    const other: Profile = { ...profile, keepList: ['Lasix', 'Advil'], entities: { DATE: 'keep' } }
    assert.deepEqual(profileDifferences(profile, other), [
      'entities.DATE placeholder -> keep',
      'keepList without Norco',
      'keepList with Advil',
    ])
  })
})
