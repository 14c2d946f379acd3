import { SchemaError, validate } from '../../schema/index.ts'
import { isTeam, isTest } from './contract.ts'
import type { Module, Rule } from './rego/module.ts'
import { literal, membersOf, type Term } from './rego/term.ts'
import { visitTerms } from './rego/visit.ts'
import type { Violation } from './violation.ts'

/**
 * Checks what the rules of teams say: each reason has a code of the closed list in the METADATA of its package, and a
 * message; each demand says who approves. OPA takes any value.
 * @param modules all of one package
 */
export function checkReasons(modules: readonly Module[]): readonly Violation[] {
  const sources = modules.filter((module) => isTeam(module) && !isTest(module))
  const annotations = sources.flatMap((module) => module.annotations)
  const listed = new Set(annotations.flatMap(({ codes }) => codes))
  const given = new Set<string>()
  const found = sources.flatMap(({ rules }) =>
    rules.flatMap((rule) => [...codesOf(rule, listed, given), ...outputOf(rule)]),
  )
  return [...found, ...unused(sources, given)]
}

function codesOf(rule: Rule, listed: ReadonlySet<string>, given: Set<string>): Violation[] {
  const found: Violation[] = []
  visitTerms(rule.node, (term) => {
    const code = membersOf(term).find(({ key }) => key === 'code')?.value
    if (code === undefined) return
    if (code.type !== 'string') {
      const message = 'a reason code must be written out: what is computed is on no list'
      found.push({ ...code.place, message, fix: 'one rule for each code, with "code": "..."' })
      return
    }
    const name = String(code.value)
    given.add(name)
    if (listed.has(name)) return
    const fix = `add it under custom: code: in the METADATA of the package`
    found.push({ ...code.place, message: `the code ${name} is not in the closed list`, fix })
  })
  return found
}

function unused(sources: readonly Module[], given: ReadonlySet<string>): Violation[] {
  return sources.flatMap(({ annotations }) =>
    annotations.flatMap(({ codes, place }) =>
      codes
        .filter((code) => !given.has(code))
        .map((code) => ({
          ...place,
          message: `no rule gives the code ${code}`,
          fix: 'take it out of the METADATA, or write its rule',
        })),
    ),
  )
}

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  allow: ['code', 'message'],
  deny: ['code', 'message'],
  require_approval: ['code', 'message', 'approval'],
}

function outputOf({ name, key, isSet }: Rule): readonly Violation[] {
  const wanted = MEMBERS[name]
  if (wanted === undefined || !isSet || key === undefined) return []
  const fix = `{${wanted.map((member) => `"${member}": ...`).join(', ')}}`
  if (key.type === 'call' || key.type === 'var' || key.type === 'ref') return []
  if (key.type !== 'object') {
    return [{ ...key.place, message: `${name} must contain objects`, fix }]
  }
  const members = membersOf(key)
  const names = members.map((member) => member.key)
  const message = `an element of ${name} has the members ${wanted.join(', ')}`
  const same = names.length === wanted.length && wanted.every((one) => names.includes(one))
  if (!same) return [{ ...key.place, message, fix }]
  return obligationOf(members.find((member) => member.key === 'approval')?.value)
}

/** What an approval says is checked where it is written out; one that comes from elsewhere, when it is decided. */
function obligationOf(approval: Term | undefined): readonly Violation[] {
  const written = literal(approval)
  if (approval === undefined || written === undefined) return []
  try {
    validate('decision', { outcome: 'require-approval', reasons: [], approval: [written] })
    return []
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    const message = error.errors
      .map(({ path, message: said }) => `approval${path.replace('/approval/0', '')} ${said}`)
      .join('; ')
    const fix = '{"groups": ["..."], "min": 1, "scope": "session", "ttlSeconds": 3600}'
    return [{ ...approval.place, message, fix }]
  }
}
