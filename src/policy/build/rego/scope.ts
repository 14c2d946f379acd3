import { isRecord } from '../../bundle.ts'
import { factType, stepInto, type FactType } from './fact-type.ts'
import type { Module, Rule } from './module.ts'
import { functionName, refOf, termOf, termsOf, type Ref, type Term } from './term.ts'
import { visitTerms } from './visit.ts'

/** What the variables of one rule hold, as far as it can be told; undefined where it cannot. */
export type Scope = ReadonlyMap<string, FactType | undefined>

/** The type of a ref; undefined where it is not a fact, or nothing is known of it. */
export function typeOfRef(ref: Ref, scope: Scope): FactType | undefined {
  let type = scope.get(ref.root)
  for (const step of ref.steps) {
    if (type === undefined) return undefined
    type = stepInto(type, step)
  }
  return type
}

export function typeOfTerm(term: Term | undefined, scope: Scope): FactType | undefined {
  const ref = term === undefined ? undefined : refOf(term)
  return ref === undefined ? undefined : typeOfRef(ref, scope)
}

/** The scopes of all rules of a package. Arguments of a function have the type that its callers agree on. */
export function scopesOf(modules: readonly Module[], schema: unknown): ReadonlyMap<Rule, Scope> {
  const input = factType(schema)
  const rules = modules.flatMap((module) => module.rules)
  const calls = new Map<string, (FactType | undefined)[][]>()
  const scopes = new Map<Rule, Scope>()
  // Functions that are called by functions need their callers' scopes first; three passes reach far enough.
  for (let pass = 0; pass < 3; pass++) {
    const noted = new Map<string, (FactType | undefined)[][]>()
    for (const rule of rules) {
      const scope = scopeOf(rule, input, calls.get(rule.name))
      scopes.set(rule, scope)
      noteCalls(rule, scope, noted)
    }
    calls.clear()
    for (const [name, list] of noted) calls.set(name, list)
  }
  return scopes
}

function scopeOf(
  rule: Rule,
  input: FactType,
  calls: readonly (readonly (FactType | undefined)[])[] | undefined,
): Scope {
  const scope = new Map<string, FactType | undefined>([['input', input]])
  for (const [index, arg] of rule.args.entries()) {
    if (arg.type === 'var')
      scope.set(String(arg.value), agreed(calls?.map((types) => types[index])))
  }
  visitDeclarations(rule.node, (name, term, isMember) => {
    const source = typeOfTerm(term, scope)
    const type = isMember && source !== undefined ? stepInto(source, undefined) : source
    scope.set(name, scope.has(name) && scope.get(name) !== type ? undefined : type)
  })
  return scope
}

function agreed(types: readonly (FactType | undefined)[] | undefined): FactType | undefined {
  const [first] = types ?? []
  return types?.every((type) => JSON.stringify(type) === JSON.stringify(first)) === true
    ? first
    : undefined
}

function noteCalls(rule: Rule, scope: Scope, noted: Map<string, (FactType | undefined)[][]>): void {
  visitCalls(rule.node, (name, args) => {
    const types = args.map((arg) => typeOfTerm(arg, scope))
    noted.set(name, [...(noted.get(name) ?? []), types])
  })
}

/** Calls as terms and as expressions. */
export function visitCalls(
  node: unknown,
  visit: (name: string, args: readonly Term[]) => void,
): void {
  const report = (terms: readonly Term[]): void => {
    const [called, ...args] = terms
    const name = functionName(called)
    if (name !== undefined) visit(name, args)
  }
  visitTerms(node, (term) => {
    if (term.type === 'call') report(termsOf(term.value))
  })
  visitRecords(node, (record) => {
    if (Array.isArray(record['terms'])) report(termsOf(record['terms']))
  })
}

/** `some x in y` and `every x in y` take a member, `x := y` the whole. */
function visitDeclarations(
  node: unknown,
  visit: (name: string, term: Term, isMember: boolean) => void,
): void {
  visitRecords(node, (record) => {
    const { terms } = record
    if (Array.isArray(terms)) {
      const [called, left, right] = termsOf(terms)
      const isAssignment = functionName(called) === 'assign'
      if (isAssignment && left?.type === 'var' && right) visit(String(left.value), right, false)
    } else if (isRecord(terms) && Array.isArray(terms['symbols'])) {
      const [, ...args] = termsOf(termsOf(terms['symbols'])[0]?.value)
      const [value, domain] = args.slice(-2)
      if (value?.type === 'var' && domain) visit(String(value.value), domain, true)
    } else if (isRecord(terms) && 'domain' in terms) {
      const [value, domain] = [termOf(terms['value']), termOf(terms['domain'])]
      if (value?.type === 'var' && domain) visit(String(value.value), domain, true)
    }
  })
}

function visitRecords(node: unknown, visit: (record: Record<string, unknown>) => void): void {
  if (Array.isArray(node)) {
    for (const member of node) visitRecords(member, visit)
  } else if (isRecord(node)) {
    visit(node)
    for (const [key, member] of Object.entries(node)) {
      if (key !== 'location') visitRecords(member, visit)
    }
  }
}
