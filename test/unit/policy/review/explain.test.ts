import assert from 'node:assert/strict'
import { openOpaWasm } from '../../../../src/policy/adapters/opa-wasm.ts'
import { findOpa } from '../../../../src/policy/build/index.ts'
import { explain, type Explanation } from '../../../../src/policy/review/index.ts'
import type { EngineFactory } from '../../../../src/policy/index.ts'
import type { PolicyInput } from '../../../../src/schema/index.ts'
import { smallPolicies, type SmallPolicies } from '../../../support/small-policies.ts'
import { findingIn, policyInput } from '../facts.ts'

describe('explaining one input', function () {
  this.timeout(120_000)
  let opa: string
  let small: SmallPolicies
  before(async () => {
    opa = await findOpa({ env: process.env })
  })
  beforeEach(() => {
    small = smallPolicies()
  })
  afterEach(() => {
    small.remove()
  })

  const explained = (
    facts: PolicyInput,
    engine: EngineFactory = openOpaWasm,
  ): Promise<Explanation> => explain({ dir: small.dir, opa, engine, facts })

  it('names file, row and title of every rule that said something, and of those that did not', async () => {
    const { decision, statements, silent, profile, agrees } = await explained(
      policyInput({ patients: 4 }),
    )
    assert.equal(decision.outcome, 'require-approval')
    assert.deepEqual(
      statements.map(({ says, file, row, title, code }) => [says, `${file}:${row}`, title, code]),
      [
        ['allow', 'teams/front/front.rego:5', 'Everybody', 'open'],
        ['require_approval', 'teams/ward/ward.rego:5', 'Several patients', 'several-patients'],
      ],
    )
    assert.deepEqual(silent, [
      { file: 'teams/front/front.rego', row: 9, title: 'Keys and headers' },
    ])
    assert.equal(profile, 'plain')
    assert.equal(agrees, true)
  })

  it('tells every reason that one rule gives, each with what the rule made of the facts', async () => {
    const findings = [findingIn('key'), findingIn('header'), findingIn('text')]
    const { statements } = await explained(policyInput({ findings }))
    assert.deepEqual(
      statements.filter(({ says }) => says === 'deny').map(({ row, code }) => [row, code]),
      [
        [9, 'phi-in-key'],
        [9, 'phi-in-header'],
      ],
    )
  })

  it('tells what would have granted or held a request that is denied', async () => {
    const { decision, statements } = await explained(
      policyInput({ findings: [findingIn('key')], patients: 9 }),
    )
    assert.equal(decision.outcome, 'deny')
    assert.deepEqual(
      statements.map(({ says }) => says),
      ['allow', 'deny', 'require_approval'],
    )
  })

  it('names the rule that puts the decision together', async () => {
    const { decidedBy } = await explained(policyInput({ findings: [findingIn('key')] }))
    assert.deepEqual(decidedBy, [{ file: 'gateway/decision.rego', row: 7 }])
  })

  it('tells apart two rules of one file that give the same reason', async () => {
    const rule = 'deny contains {"code": "twice", "message": "Twice."} if input.patients'
    small.write('teams/ward/ward.rego', `package teams.ward\n\n${rule} > 1\n\n${rule} > 2\n`)
    const { statements } = await explained(policyInput({ patients: 2 }))
    const denials = statements.filter(({ code }) => code === 'twice')
    assert.deepEqual(
      denials.map(({ row, title }) => [row, title]),
      [[3, undefined]],
    )
  })

  it('says that no profile answers', async () => {
    const facts = policyInput({ connection: { name: 'other', labels: { baa: true } } })
    assert.equal((await explained(facts)).profile, undefined)
  })

  it('says when OPA comes to another decision than the gateway', async () => {
    const denies: EngineFactory = (bundle) => ({
      ...openOpaWasm(bundle),
      evaluate: () => ({ outcome: 'maybe' }),
    })
    const { decision, agrees } = await explained(policyInput(), denies)
    assert.equal(decision.reasons[0]?.code, 'policy-failure')
    assert.equal(agrees, false)
  })

  it('stops where OPA cannot evaluate, with what OPA says', async () => {
    const rules = '_x := 1 if input.patients == 7\n\n_x := 2 if input.patients == 7\n'
    const deny = 'deny contains {"code": "x", "message": "x"} if _x == 1\n'
    small.write('teams/torn/torn.rego', `package teams.torn\n\n${rules}\n${deny}`)
    await assert.rejects(
      explained(policyInput({ patients: 7 })),
      /opa eval failed: .*torn|conflict/,
    )
  })
})
