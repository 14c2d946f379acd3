import assert from 'node:assert/strict'
import { foundChanges } from '../../../../src/policy/review/index.ts'
import type { FindingFact, PolicyInput } from '../../../../src/schema/index.ts'
import { findingIn, policyInput } from '../facts.ts'

const found = (...changes: readonly Partial<FindingFact>[]): PolicyInput =>
  policyInput({ findings: changes.map((change) => ({ ...findingIn('text'), ...change })) })

describe('comparing what was found in one text', () => {
  it('finds nothing between equal findings, whatever their order', () => {
    const before = found({ operator: 'redact' }, { operator: 'keep' })
    assert.deepEqual(foundChanges(before, found({ operator: 'keep' }, { operator: 'redact' })), [])
  })

  it('pairs an operator that is used less with one that is used more', () => {
    assert.deepEqual(
      foundChanges(found({ count: 3 }), found({ count: 1 }, { operator: 'keep', count: 2 })),
      [{ change: 'US_SSN user text: redact -> keep', count: 2 }],
    )
  })

  it('tells what is found on one side only', () => {
    const date = { type: 'DATE', role: 'tool_result', place: 'number' } as const
    assert.deepEqual(foundChanges(found({ count: 2 }), found(date)), [
      { change: 'DATE tool_result number: nothing -> redact', count: 1 },
      { change: 'US_SSN user text: redact -> nothing', count: 2 },
    ])
  })

  it('divides one operator’s findings among two others', () => {
    const after = found({ operator: 'keep', count: 2 }, { operator: 'hash' })
    const changes = foundChanges(found({ count: 4 }), after).map(
      ({ change, count }) => `${count} ${change}`,
    )
    assert.deepEqual(changes.toSorted(), [
      '1 US_SSN user text: redact -> hash',
      '1 US_SSN user text: redact -> nothing',
      '2 US_SSN user text: redact -> keep',
    ])
  })

  it('tells subtypes apart', () => {
    const before = found({ type: 'PERSON', subtype: 'clinician' })
    const after = found({ type: 'PERSON', subtype: 'patient' })
    assert.deepEqual(
      foundChanges(before, after).map(({ change }) => change),
      [
        'PERSON.clinician user text: redact -> nothing',
        'PERSON.patient user text: nothing -> redact',
      ],
    )
  })

  it('tells what becomes of sources that cannot be read', () => {
    const source = (action: 'deny' | 'withhold'): PolicyInput =>
      policyInput({
        uninspectable: [{ path: '/messages/0', role: 'user', kind: 'image', action }],
      })
    assert.deepEqual(foundChanges(source('deny'), source('withhold')), [
      { change: 'image user: deny -> withhold', count: 1 },
    ])
  })
})
