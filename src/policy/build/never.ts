import { isTest } from './contract.ts'
import { stepInto, whyNever, type FactType } from './rego/fact-type.ts'
import type { Expression, Module, Rule } from './rego/module.ts'
import { scopesOf, typeOfTerm, visitCalls, type Scope } from './rego/scope.ts'
import { functionName, isScalar, refOf, termsOf, type Term } from './rego/term.ts'
import { bodiesOf, visitTerms } from './rego/visit.ts'
import type { Violation } from './violation.ts'

/**
 * Finds conditions that hold for no facts that the host lets through, so that their rule never fires: a value that a
 * field cannot have, constants that differ, one field with two values, a helper that nobody asks.
 * @param modules all of one package
 * @param schema of the input, without references
 */
export function checkNever(modules: readonly Module[], schema: unknown): readonly Violation[] {
  const sources = modules.filter((module) => !isTest(module))
  const scopes = scopesOf(sources, schema)
  const found = [...scopes].flatMap(([rule, scope]) => [
    ...bodiesOf(rule).flatMap((body) => [
      ...body.flatMap((expression) => constant(expression)),
      ...twoValues(body),
    ]),
    ...impossible(rule, scope),
  ])
  return [...found, ...unasked(sources)]
}

const COMPARISONS: ReadonlySet<string> = new Set(['equal', 'eq', 'neq', 'lt', 'lte', 'gt', 'gte'])

function impossible(rule: Rule, scope: Scope): readonly Violation[] {
  const found: Violation[] = []
  visitCalls(rule.node, (name, args) => {
    const [left, right] = args
    if (COMPARISONS.has(name)) found.push(...compared(name, left, right, scope))
    else if (name === 'internal.member_2') found.push(...membership(left, right, scope))
    else if (name === 'object.get') found.push(...unknownField(left, right, scope))
  })
  return found
}

function compared(
  name: string,
  left: Term | undefined,
  right: Term | undefined,
  scope: Scope,
): readonly Violation[] {
  const value = isScalar(right) ? right : left
  const fact = value === right ? left : right
  if (!isScalar(value) || isScalar(fact)) return []
  const type = typeOfTerm(fact, scope)
  if (name === 'equal' || name === 'eq' || name === 'neq') return never(type, value)
  return value === right ? beyond(name, type, value) : []
}

/** `score > 1` where 1 is the most there is. */
function beyond(name: string, type: FactType | undefined, value: Term): readonly Violation[] {
  const limit = Number(value.value)
  const outside = {
    gt: limit + Number.EPSILON,
    gte: limit,
    lt: limit - Number.EPSILON,
    lte: limit,
  }[name]
  const up = name === 'gt' || name === 'gte'
  const why = outside === undefined ? undefined : whyNever(type, outside)
  if (why === undefined || why.includes(up ? 'at least' : 'at most')) return []
  return [{ ...value.place, message: `this is never so: ${why}`, fix: 'compare within the range' }]
}

function membership(
  value: Term | undefined,
  list: Term | undefined,
  scope: Scope,
): readonly Violation[] {
  if (value === undefined || list === undefined) return []
  if (isScalar(value)) {
    const type = typeOfTerm(list, scope)
    return never(type === undefined ? undefined : stepInto(type, undefined), value)
  }
  const type = typeOfTerm(value, scope)
  if (list.type !== 'set' && list.type !== 'array') return []
  return termsOf(list.value).flatMap((member) => (isScalar(member) ? never(type, member) : []))
}

function never(type: FactType | undefined, value: Term): readonly Violation[] {
  const why = whyNever(type, value.value)
  if (why === undefined) return []
  const shown = JSON.stringify(value.value)
  return [{ ...value.place, message: `this is never ${shown}: ${why}`, fix: 'use one that it has' }]
}

/** `object.get` goes past the types of `opa check`. */
function unknownField(
  object: Term | undefined,
  key: Term | undefined,
  scope: Scope,
): readonly Violation[] {
  const path = key?.type === 'array' ? termsOf(key.value) : key === undefined ? [] : [key]
  let type = typeOfTerm(object, scope)
  for (const step of path) {
    if (type === undefined || !isScalar(step)) return []
    type = stepInto(type, step.type === 'string' ? String(step.value) : undefined)
    if (type?.length === 0) {
      const message = `there is no fact ${String(step.value)} here`
      return [{ ...step.place, message, fix: 'see schemas/policy-input.schema.json' }]
    }
  }
  return []
}

function constant({ terms, negated, place }: Expression): readonly Violation[] {
  const [called, left, right] = terms
  const always = right === undefined ? alone(terms) : outcome(functionName(called), left, right)
  if (always === undefined || always !== negated) return []
  return [{ ...place, message: 'this condition never holds', fix: 'take the rule away' }]
}

function alone(terms: readonly Term[]): boolean | undefined {
  const [term] = terms
  return terms.length === 1 && term?.type === 'boolean' ? term.value === true : undefined
}

const HOLDS: ReadonlyMap<string | undefined, (a: unknown, b: unknown) => boolean> = new Map([
  ['equal', (a: unknown, b: unknown) => a === b],
  ['eq', (a: unknown, b: unknown) => a === b],
  ['neq', (a: unknown, b: unknown) => a !== b],
  ['lt', (a: unknown, b: unknown) => Number(a) < Number(b)],
  ['lte', (a: unknown, b: unknown) => Number(a) <= Number(b)],
  ['gt', (a: unknown, b: unknown) => Number(a) > Number(b)],
  ['gte', (a: unknown, b: unknown) => Number(a) >= Number(b)],
])

function outcome(
  name: string | undefined,
  left: Term | undefined,
  right: Term,
): boolean | undefined {
  if (!isScalar(left) || !isScalar(right)) return undefined
  return HOLDS.get(name)?.(left.value, right.value)
}

/** Two different values for one field, in conditions that must hold together. */
function twoValues(body: readonly Expression[]): readonly Violation[] {
  const values = new Map<string, unknown>()
  const found: Violation[] = []
  for (const { terms, negated } of body) {
    const [called, left, right] = terms
    if (negated || !['equal', 'eq'].includes(functionName(called) ?? '')) continue
    const value = isScalar(right) ? right : left
    const field = value === right ? left : right
    const ref = field === undefined ? undefined : refOf(field)
    // A step that is computed may lead elsewhere the next time.
    if (!isScalar(value) || ref === undefined || ref.steps.includes(undefined)) continue
    const name = [ref.root, ...ref.steps].join('.')
    if (!values.has(name)) values.set(name, value.value)
    else if (values.get(name) !== value.value) {
      const message = `${name} cannot have two values at once`
      found.push({ ...value.place, message, fix: `${name} in {...}, or two rules` })
    }
  }
  return found
}

/** A helper that no rule of its package names: mostly one whose name was written in two ways. */
function unasked(sources: readonly Module[]): readonly Violation[] {
  const named = new Set<string>()
  const rules = sources.flatMap((module) => module.rules)
  for (const rule of rules) {
    visitTerms(withoutOwnName(rule), (term) => {
      if (term.type === 'var') named.add(String(term.value))
    })
  }
  return rules
    .filter(({ name }) => name.startsWith('_') && !named.has(name.split('.', 1)[0] ?? ''))
    .map(({ name, place }) => ({
      ...place,
      message: `${name} is asked by no rule`,
      fix: 'use it in a rule of this package, or take it away',
    }))
}

function withoutOwnName({ node }: Rule): unknown {
  const { head, ...rest } = node
  const { ref: _ref, name: _name, ...said } = head as Record<string, unknown>
  return { said, rest: Object.values(rest) }
}
