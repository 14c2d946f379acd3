import assert from 'node:assert/strict'
import { findOpa } from '../../../../src/policy/build/index.ts'
import { inlineSchema, withNames } from '../../../../src/policy/build/inline-schema.ts'
import { checkNegations } from '../../../../src/policy/build/negation.ts'
import { checkNever } from '../../../../src/policy/build/never.ts'
import { denyingIf, parseSources } from '../../../support/rego.ts'

describe('rules that never fire', function () {
  this.timeout(600_000)
  let opa: string
  before(async () => {
    opa = await findOpa({ env: process.env })
  })

  const schema = withNames(inlineSchema('policy-input'), ['full-chart-summary'])

  async function never(condition: string, more?: string): Promise<string[]> {
    const found = checkNever(await parseSources(denyingIf(condition, more), opa), schema)
    return found.map(({ file, row, message }) => `${file}:${row}: ${message}`)
  }

  const dead: readonly (readonly [string, string, RegExp, string?])[] = [
    ['a value that a field never has', 'input.direction == "sideways"', /one of request, response/],
    ['the value first', '"sideways" == input.direction', /one of request, response/],
    ['a value that a field always differs from', 'input.direction != "up"', /never "up"/],
    ['a set with such a value', 'input.direction in {"request", "up"}', /never "up"/],
    ['a member of a list of facts', 'some f in input.findings\n\tf.type == "SSN"', /never "SSN"/],
    ['every member', 'every f in input.findings {\n\t\tf.role == "robot"\n\t}', /never "robot"/],
    ['a member by a variable', 'some i\n\tinput.findings[i].operator == "shift"', /never "shift"/],
    ['a fact under another name', 'r := input.request\n\tr.operation == "batches"', /"batches"/],
    [
      'a fact in a comprehension',
      'count([f | some f in input.findings; f.place == "x"]) > 0',
      /"x"/,
    ],
    [
      'the argument of a helper',
      'some f in input.findings\n\t_is(f)',
      /never "SSN"/,
      '_is(f) if f.type == "SSN"\n',
    ],
    [
      'a signal that nobody has',
      'some s in input.signals\n\ts.name == "nothing"',
      /never "nothing"/,
    ],
    ['a score above the highest', 'some f in input.findings\n\tf.score > 1', /at most 1/],
    ['a count below the lowest', 'input.patients < 0', /at least 0/],
    ['a label of another type', 'input.connection.labels.baa == "true"', /type boolean/],
    [
      'a field that object.get does not find',
      'object.get(input, "finding", []) != []',
      /no fact finding/,
    ],
    [
      'a path that object.get does not find',
      'object.get(input, ["request", "modle"], "") == "x"',
      /modle/,
    ],
    ['false', 'false', /never holds/],
    ['constants that differ', '1 == 2', /never holds/],
    ['constants out of order', '3 < 2', /never holds/],
    ['the negation of true', 'not true', /never holds/],
    [
      'one field with two values',
      'input.direction == "request"\n\tinput.direction == "response"',
      /two values/,
    ],
    [
      'a helper that is not asked',
      'input.patients > 3',
      /_many is asked by no rule/,
      '_many if input.patients > 9\n',
    ],
  ]
  for (const [what, condition, message, more] of dead) {
    it(`are found by ${what}`, async () => {
      const found = await never(condition, more)
      assert.equal(found.length, 1, found.join('\n'))
      assert.match(found[0] ?? '', /^teams\/t\/t\.rego:\d+: /)
      assert.match(found[0] ?? '', message)
    })
  }

  const alive: readonly (readonly [string, string, string?])[] = [
    ['a value that a field has', 'input.direction == "request"'],
    ['a fact that may be null', 'input.principal.purpose == null'],
    ['a name that anybody may choose', 'input.request.model == "claude-x"'],
    ['a label that operations choose', 'input.connection.labels.region == "eu"'],
    ['a signal that data has', 'some s in input.signals\n\ts.name == "full-chart-summary"'],
    ['a score at the highest', 'some f in input.findings\n\tf.score >= 1'],
    ['a count from the lowest', 'input.patients <= 0'],
    [
      'two values in two rules',
      'input.direction == "request"',
      'deny contains {"code": "x", "message": "x"} if input.direction == "response"\n',
    ],
    ['two members of a list', 'input.request.tools[_] == "a"\n\tinput.request.tools[_] == "b"'],
    [
      'a helper of two kinds of facts',
      '_is(input.direction)\n\t_is(input.request.operation)',
      '_is(x) if x == "request"\n',
    ],
    [
      'a path that object.get may find',
      'object.get(input, ["connection", "labels", "x"], "") == "x"',
    ],
    ['the negation of false', 'not false\n\tinput.patients > 3'],
  ]
  for (const [what, condition, more] of alive) {
    it(`are not those with ${what}`, async () => {
      assert.deepEqual(await never(condition, more), [])
    })
  }
})

describe('a negation that is undefined', function () {
  this.timeout(600_000)
  let opa: string
  before(async () => {
    opa = await findOpa({ env: process.env })
  })

  async function lost(condition: string, more = ''): Promise<string[]> {
    const sources = denyingIf(condition, `import data.gateway_config\n\n${more}`)
    const modules = await parseSources(
      { 'teams/t/t.rego': reordered(sources['teams/t/t.rego'] ?? '') },
      opa,
    )
    return checkNegations(modules, inlineSchema('policy-input')).map(({ message }) => message)
  }

  /** An import stands before rules. */
  function reordered(text: string): string {
    const line = 'import data.gateway_config\n\n'
    return text.replace(line, '').replace('package teams.t\n\n', `package teams.t\n\n${line}`)
  }

  const undefinedOnes: readonly (readonly [string, string, string?])[] = [
    ['a label', 'not startswith(input.connection.labels.region, "us")'],
    ['a label in a set', 'not input.connection.labels.region in {"us"}'],
    ['a subtype', 'some f in input.findings\n\tnot f.subtype in {"clinician"}'],
    ['data in a helper', 'not _in(gateway_config.models)', '_in(list) if "x" in list\n'],
    ['data by its path', 'not "x" in data.gateway_config.models'],
  ]
  for (const [what, condition, more] of undefinedOnes) {
    it(`is found with ${what}`, async () => {
      const found = await lost(condition, more)
      assert.equal(found.length, 1)
      assert.match(found[0] ?? '', /is undefined, not true/)
    })
  }

  const sound: readonly (readonly [string, string, string?])[] = [
    ['a fact that is always there', 'not startswith(input.request.session, "x")'],
    ['a comparison', 'not input.connection.labels.region == "us"'],
    [
      'a helper without arguments',
      'not _us',
      '_us if startswith(input.connection.labels.region, "us")\n',
    ],
    ['a member of a list', 'some f in input.findings\n\tnot _big(f)', '_big(f) if f.count > 3\n'],
    ['a positive condition', 'startswith(input.connection.labels.region, "us")'],
  ]
  for (const [what, condition, more] of sound) {
    it(`is not ${what}`, async () => {
      assert.deepEqual(await lost(condition, more), [])
    })
  }
})
