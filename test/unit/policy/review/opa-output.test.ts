import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunResult } from '../../../../src/policy/build/run.ts'
import { PolicyError } from '../../../../src/policy/index.ts'
import { evalWithOpa, type Evaluated } from '../../../../src/policy/review/opa-eval.ts'
import { valueOfTerm } from '../../../../src/policy/review/rego-terms.ts'
import { firedRules } from '../../../../src/policy/review/trace.ts'

describe('what opa eval printed', () => {
  let scratch: string
  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'phigate-test-'))
  })
  afterEach(() => {
    rmSync(scratch, { recursive: true })
  })

  function evaluated(result: Partial<RunResult>): Promise<Evaluated> {
    return evalWithOpa({
      opa: 'opa',
      run: () => Promise.resolve({ code: 0, stdout: '', stderr: '', ...result }),
      scratch,
      copy: scratch,
      query: 'data.gateway.decision',
      input: { patients: 1 },
    })
  }

  const failed = (result: Partial<RunResult>, message: string): Promise<void> =>
    assert.rejects(
      evaluated(result),
      (error) => error instanceof PolicyError && error.message === `opa eval failed: ${message}`,
    )

  it('is read as value and events, of the input that was written beside it', async () => {
    const stdout = '{"result":[{"expressions":[{"value":5}]}],"explanation":[{"Op":"Exit"}]}'
    assert.deepEqual(await evaluated({ stdout }), { value: 5, events: [{ Op: 'Exit' }] })
    assert.equal(readFileSync(join(scratch, 'input.json'), 'utf8'), '{"patients":1}')
  })

  for (const stdout of [
    '{}',
    '{"result":7}',
    '{"result":[7]}',
    '{"result":[{"expressions":[]}]}',
  ]) {
    it(`holds no value and no events in ${stdout}`, async () => {
      assert.deepEqual(await evaluated({ stdout }), { value: undefined, events: [] })
    })
  }

  it('is a failure when it is no report, with what OPA said aside', async () => {
    await failed({ code: 2, stdout: 'panic', stderr: ' out of memory\n' }, 'out of memory')
    await failed({ stdout: '[]', stderr: 'a list' }, 'a list')
  })

  it('is a failure with the messages of its errors, and without them with what OPA said aside', async () => {
    const errors = '{"errors":[{"message":"one"},{"message":"two"},7]}'
    await failed({ code: 1, stdout: errors, stderr: 'aside' }, 'one; two')
    await failed({ code: 1, stdout: '{"errors":[]}', stderr: 'aside' }, 'aside')
  })
})

describe('the value of a term in a trace', () => {
  const text = (value: string): object => ({ type: 'string', value })

  it('is what a scalar holds', () => {
    const terms = [{ type: 'null', value: null }, { type: 'boolean', value: true }, text('x')]
    assert.deepEqual(
      terms.map((term) => valueOfTerm(term)),
      [null, true, 'x'],
    )
  })

  it('is put together of members, a variable’s where it is given', () => {
    const term = {
      type: 'object',
      value: [[text('list'), { type: 'array', value: [{ type: 'var', value: '__local0__' }] }]],
    }
    assert.deepEqual(valueOfTerm(term, new Map([['__local0__', 4]])), { list: [4] })
    assert.deepEqual(valueOfTerm(term), { list: [undefined] })
  })

  it('is none for a reference, for members that are no list, and for what is no term', () => {
    const valueless = [
      { type: 'ref', value: [text('input')] },
      { type: 'set', value: 'x' },
      { type: 'object', value: 'x' },
      'x',
    ]
    for (const term of valueless) assert.equal(valueOfTerm(term), undefined)
  })
})

describe('the rules that held in a trace', () => {
  const place = { file: 'teams/a/a.rego', row: 3 }
  const exit = (head: object, more: object = {}): object => ({
    Op: 'Exit',
    Node: { head },
    Location: place,
    ...more,
  })

  it('are called by the first step of their reference, or else by their name', () => {
    const rules = firedRules([
      exit({ ref: [{ type: 'var', value: 'deny' }], name: 'other' }),
      exit({ name: 'allow' }),
      exit({ ref: [] }),
    ])
    assert.deepEqual(
      rules.map(({ rule }) => rule),
      ['deny', 'allow', ''],
    )
  })

  it('have the member that the event’s variables give, and none without variables', () => {
    const key = { type: 'var', value: 'v' }
    const locals = [{ name: 'v', type: 'number', value: 2 }, 'x']
    const rules = firedRules([
      exit({ name: 'a', key }, { Locals: locals }),
      exit({ name: 'a', key }),
    ])
    const rule = { ...place, rule: 'a' }
    assert.deepEqual(rules, [
      { ...rule, member: 2 },
      { ...rule, member: undefined },
    ])
  })

  it('are none of the events that are no end of a rule with a place', () => {
    const head = { name: 'a' }
    const events = [
      'x',
      exit(head, { Op: 'Enter' }),
      exit(head, { Node: 'x' }),
      exit(head, { Location: undefined }),
      exit(head, { Location: { file: 'x' } }),
    ]
    assert.deepEqual(firedRules(events), [])
  })
})
