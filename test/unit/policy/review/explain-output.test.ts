import assert from 'node:assert/strict'
import { openOpaWasm } from '../../../../src/policy/adapters/opa-wasm.ts'
import { findOpa } from '../../../../src/policy/build/index.ts'
import { run as runProgram } from '../../../../src/policy/build/run.ts'
import { explain, type Explanation } from '../../../../src/policy/review/index.ts'
import { smallPolicies, type SmallPolicies } from '../../../support/small-policies.ts'
import { policyInput } from '../facts.ts'

describe('explaining with another output of OPA', function () {
  this.timeout(120_000)
  let opa: string
  let small: SmallPolicies
  before(async () => {
    opa = await findOpa({ env: process.env })
    small = smallPolicies()
  })
  after(() => {
    small.remove()
  })

  /** What is explained where one of OPA's commands prints this. */
  const explained = (command: 'eval' | 'inspect', printed: string): Promise<Explanation> =>
    explain({
      dir: small.dir,
      opa,
      engine: openOpaWasm,
      facts: policyInput({ patients: 4 }),
      run: (program, args, options) =>
        args[0] === command
          ? Promise.resolve({ code: 0, stdout: printed, stderr: '' })
          : runProgram(program, args, options),
    })

  for (const printed of ['no JSON', '[]', '{"annotations":{}}']) {
    it(`gives no titles where its annotations are ${printed}`, async () => {
      const { statements, silent } = await explained('inspect', printed)
      assert.deepEqual(
        statements.map(({ says, title }) => [says, title]),
        [
          ['allow', undefined],
          ['require_approval', undefined],
        ],
      )
      assert.deepEqual(silent, [])
    })
  }

  it('takes the titles of rules and documents alone, where a package has one too', async () => {
    const location = { file: 'teams/front/front.rego', row: 9, col: 1 }
    const titled = (scope: string): object => ({
      annotations: { title: `of a ${scope}`, scope },
      location,
    })
    const list = [titled('package'), titled('document'), titled('rule'), {}, { annotations: 'x' }]
    const { silent } = await explained('inspect', JSON.stringify({ annotations: list }))
    assert.deepEqual(
      silent.map(({ title }) => title),
      ['of a document', 'of a rule'],
    )
  })

  it('does not agree with the gateway where it has no value', async () => {
    const { agrees, statements, decision } = await explained('eval', '{}')
    assert.equal(decision.outcome, 'require-approval')
    assert.deepEqual(statements, [])
    assert.equal(agrees, false)
  })

  it('does not agree with the gateway where the same outcome has other reasons', async () => {
    const answer = {
      outcome: 'require-approval',
      reasons: [{ code: 'other', message: 'Other.' }],
      approval: [{ groups: ['officers'], min: 1, scope: 'session', ttlSeconds: 60 }],
    }
    const said = (value: object): string =>
      JSON.stringify({ result: [{ expressions: [{ value: [value] }] }] })
    assert.equal((await explained('eval', said(answer))).agrees, false)
    const reasons = [{ code: 'several-patients', message: 'Other words.' }]
    assert.equal((await explained('eval', said({ ...answer, reasons }))).agrees, true)
  })

  it('tells a rule that holds without code and message', async () => {
    const event = (member: object): object => ({
      Op: 'Exit',
      Node: { head: { name: 'allow', key: member } },
      Location: { file: 'teams/front/front.rego', row: 5 },
    })
    const members = [
      { type: 'string', value: 'open' },
      {
        type: 'object',
        value: [
          [
            { type: 'string', value: 'code' },
            { type: 'number', value: 7 },
          ],
        ],
      },
    ]
    const printed = JSON.stringify({ result: [], explanation: members.map(event) })
    const { statements } = await explained('eval', printed)
    assert.deepEqual(
      statements.map(({ title, code, message }) => [title, code, message]),
      [['Everybody', undefined, undefined]],
    )
  })
})
