import assert from 'node:assert/strict'
import { checkContract } from '../../../../src/policy/build/contract.ts'
import { findOpa } from '../../../../src/policy/build/index.ts'
import { checkMetadata } from '../../../../src/policy/build/metadata.ts'
import { checkReasons } from '../../../../src/policy/build/reasons.ts'
import { parseSources } from '../../../support/rego.ts'

const METADATA = '# METADATA\n# title: T\n# description: D\n# custom:\n#   code: [x]\n'

describe('what a package says', function () {
  this.timeout(600_000)
  let opa: string
  before(async () => {
    opa = await findOpa({ env: process.env })
  })

  const team = (rules: string, metadata = METADATA) =>
    parseSources({ 'teams/t/t.rego': `${metadata}package teams.t\n\n${rules}` }, opa)

  const APPROVAL = '"approval": {"groups": ["a"], "min": 1, "scope": "session", "ttlSeconds": 60}'
  const DENY = 'deny contains {"code": "x", "message": "m"} if input.patients > 3\n'

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    [
      'a code that is not listed',
      `${DENY}\nallow contains {"code": "y", "message": "m"}\n`,
      /code y is not in the closed list/,
    ],
    [
      'a code that is computed',
      `${DENY}\nallow contains {"code": input.direction, "message": "m"}\n`,
      /must be written out/,
    ],
    ['a code that no rule gives', '_x := 1\n', /no rule gives the code x/],
    [
      'a reason without a message',
      'deny contains {"code": "x"} if input.patients > 3\n',
      /members code, message/,
    ],
    [
      'a text for a reason',
      `${DENY}\ndeny contains "x" if input.patients > 4\n`,
      /must contain objects/,
    ],
    [
      'a demand without an approval',
      'require_approval contains {"code": "x", "message": "m"}\n',
      /code, message, approval/,
    ],
    [
      'an approval without approvers',
      `require_approval contains {"code": "x", "message": "m", ${APPROVAL.replace('["a"]', '[]')}}\n`,
      /approval\/groups/,
    ],
    [
      'an approval of an unknown scope',
      `require_approval contains {"code": "x", "message": "m", ${APPROVAL.replace('session', 'month')}}\n`,
      /scope must be one of/,
    ],
  ]
  for (const [what, rules, message] of wrong) {
    it(`is refused with ${what}`, async () => {
      const found = checkReasons(await team(rules))
      assert.equal(found.length, 1, JSON.stringify(found))
      assert.match(found[0]?.message ?? '', message)
      assert.ok(found[0]?.fix)
    })
  }

  it('may take its reasons from helpers and its approvals from elsewhere', async () => {
    const rules = `require_approval contains {"code": "x", "message": "m", "approval": _who}\n\ndeny contains _because(1)\n\n_because(_) := {"code": "x", "message": "m"}\n\n_who := {"groups": ["a"]}\n`
    assert.deepEqual(checkReasons(await team(rules)), [])
  })

  it('has METADATA with a title and a description', async () => {
    assert.deepEqual(checkMetadata(await team(DENY)), [])
    const none = checkMetadata(await team(DENY, ''))
    assert.match(none[0]?.message ?? '', /no METADATA/)
    assert.match(none[0]?.fix ?? '', /code/)
    const half = checkMetadata(await team(DENY, '# METADATA\n# title: T\n'))
    assert.match(half[0]?.message ?? '', /title and a description/)
  })

  it('names the entrypoints of the gateway', async () => {
    const path = 'gateway/profile.rego'
    const text = `${METADATA}package gateway\n\nprofile := 1\n`
    const [found] = checkMetadata(await parseSources({ [path]: text }, opa))
    assert.match(found?.message ?? '', /entrypoint: true/)
  })

  const breaches: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'a rule that nobody reads',
      'teams/t/t.rego',
      'package teams.t\n\ndenny contains 1\n',
      /denny is read by nobody/,
    ],
    [
      'another rule of a profile',
      'profiles/p/p.rego',
      'package profiles.p\n\nmask := 1\n',
      /mask is read by nobody/,
    ],
    [
      'a profile that asks a team',
      'profiles/p/p.rego',
      'package profiles.p\n\nprofile := data.teams.t.allow\n',
      /must not read data\.teams/,
    ],
    [
      'a profile that imports a team',
      'profiles/p/p.rego',
      'package profiles.p\n\nimport data.teams.t\n\nprofile := t.allow\n',
      /must not read data\.teams/,
    ],
    [
      'a profile that reads all data',
      'profiles/p/p.rego',
      'package profiles.p\n\nprofile := data[input.direction]\n',
      /must not read data/,
    ],
    [
      'a team in the directory of the gateway',
      'gateway/more.rego',
      'package gateway\n\n_x := 1\n',
      /only the platform defines package gateway/,
    ],
    [
      'a recipe in another package',
      'cookbook/r/r.rego',
      'package teams.r\n\n_x := 1\n',
      /must be cookbook\.r/,
    ],
  ]
  for (const [what, path, text, message] of breaches) {
    it(`is no ${what}`, async () => {
      const [module] = await parseSources({ [path]: text }, opa)
      assert.ok(module)
      const [found] = checkContract(module)
      assert.match(found?.message ?? '', message)
      assert.ok(found?.fix)
    })
  }
})
