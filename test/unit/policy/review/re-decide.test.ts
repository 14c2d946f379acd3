import assert from 'node:assert/strict'
import { openPolicy, type Policy } from '../../../../src/policy/index.ts'
import { redecide, type RecordedDecision } from '../../../../src/policy/review/index.ts'
import type { Decision, PolicyInput, Profile } from '../../../../src/schema/index.ts'
import { fakeBundle, fakeEngines } from '../fake-engine.ts'
import { policyInput } from '../facts.ts'

const allow: Decision = { outcome: 'allow', reasons: [], approval: [] }
const deny: Decision = {
  outcome: 'deny',
  reasons: [{ code: 'too-many', message: 'Too many.' }],
  approval: [],
}
const demand = (group: string): Decision => ({
  outcome: 'require-approval',
  reasons: [{ code: 'ask', message: 'Ask.' }],
  approval: [{ groups: [group], min: 1, scope: 'session', ttlSeconds: 60 }],
})
const profile: Profile = {
  name: 'plain',
  entities: { DATE: 'placeholder' },
  default: 'placeholder',
  keepList: ['Lasix'],
  minScore: 0.4,
  recall: 'balanced',
  roles: {},
  uninspectable: {},
  restore: { text: true, citations: true, tools: [] },
  offerSanitized: true,
}

/** A policy that says what it is told. */
function policy(
  decide: (facts: PolicyInput) => Decision = () => allow,
  profiles: () => Profile = () => profile,
): Policy {
  const opened = openPolicy(fakeBundle(), fakeEngines(() => allow).factory)
  return { ...opened, decide, profile: profiles }
}

async function* recorded(...facts: readonly PolicyInput[]): AsyncGenerator<RecordedDecision> {
  for (const [index, one] of facts.entries()) {
    yield {
      kind: 'decision',
      decisionId: `dec_${index}`,
      facts: one,
      result: allow,
      revision: undefined,
    }
  }
}

describe('deciding recorded facts again', () => {
  it('lists what would change by outcome and reason, the most frequent first, with sample ids', async () => {
    const after = policy(({ patients }) =>
      patients > 1 ? deny : patients === 1 ? demand('a') : allow,
    )
    const facts = [0, 1, 2, 3, 4, 5].map((patients) => policyInput({ patients }))
    const { changes, decided } = await redecide(recorded(...facts), policy(), after)
    assert.equal(decided, 6)
    assert.deepEqual(changes, [
      {
        change: 'request: allow -> deny (too-many)',
        count: 4,
        samples: ['dec_2', 'dec_3', 'dec_4'],
      },
      {
        change: 'request: allow -> require-approval (ask) by 1 of a, session, 60 s',
        count: 1,
        samples: ['dec_1'],
      },
    ])
  })

  it('sees that others may approve', async () => {
    const before = policy(() => demand('officers'))
    const { changes } = await redecide(
      recorded(policyInput()),
      before,
      policy(() => demand('a')),
    )
    assert.match(changes[0]?.change ?? '', /by 1 of officers.* -> .*by 1 of a/)
  })

  it('finds nothing between equal policies, whatever the order of reasons', async () => {
    const reasons = [...deny.reasons, { code: 'other', message: 'Other.' }]
    const before = policy(() => ({ ...deny, reasons }))
    const after = policy(() => ({ ...deny, reasons: reasons.toReversed() }))
    assert.deepEqual((await redecide(recorded(policyInput()), before, after)).changes, [])
  })

  it('counts decisions that were recorded otherwise', async () => {
    const found = await redecide(
      recorded(policyInput()),
      policy(() => deny),
      policy(() => deny),
    )
    assert.equal(found.recordedOtherwise, 1)
    assert.deepEqual(found.changes, [])
  })

  it('tells what a profile would do otherwise, by connection and direction', async () => {
    const other: Profile = {
      ...profile,
      entities: { DATE: 'keep', PHONE: 'hash' },
      keepList: ['Eliquis'],
      fields: [],
    }
    const answer = policyInput({ direction: 'response' })
    const found = await redecide(
      recorded(policyInput(), answer),
      policy(),
      policy(undefined, () => other),
    )
    const names = (direction: string): string[] =>
      [
        'entities.DATE placeholder -> keep',
        'entities.PHONE unsaid -> hash',
        'fields unsaid -> []',
        'keepList with Eliquis',
        'keepList without Lasix',
      ].map((text) => `profile claude ${direction}: ${text}`)
    assert.deepEqual(
      found.changes.map(({ change }) => change),
      [...names('request'), ...names('response')],
    )
  })

  it('tells that a profile no longer answers', async () => {
    const none = policy(undefined, () => {
      throw new Error('none')
    })
    const { changes } = await redecide(recorded(policyInput()), policy(), none)
    assert.deepEqual(
      changes.map(({ change }) => change),
      ['profile claude request: plain -> none'],
    )
    assert.deepEqual((await redecide(recorded(policyInput()), none, none)).changes, [])
  })

  it('counts records that cannot be decided, by why', async () => {
    const records = (async function* () {
      yield { kind: 'no-decision' } as const
      yield { kind: 'torn' } as const
      yield* recorded(policyInput())
    })()
    const { decided, undecidable, records: all } = await redecide(records, policy(), policy())
    assert.deepEqual([all, decided, undecidable['no-decision'], undecidable.torn], [3, 1, 1, 1])
  })
})
