import { isTeam, isTest } from './contract.ts'
import { isPromised } from './rego/fact-type.ts'
import type { Module } from './rego/module.ts'
import { scopesOf, typeOfRef, type Scope } from './rego/scope.ts'
import { functionName, refOf, type Ref, type Term } from './rego/term.ts'
import { bodiesOf } from './rego/visit.ts'
import type { Violation } from './violation.ts'

// OPA evaluates these themselves; of the arguments of any other call it takes the value first.
const SAFE: ReadonlySet<string> = new Set(['equal', 'eq', 'neq'])

/**
 * Finds `not f(x)` where x may be missing. OPA takes the value of an argument before it negates: without a value the
 * whole condition is undefined, not true, and a deny that rests on it is lost.
 * @param modules all of one package
 * @param schema of the input, without references
 */
export function checkNegations(modules: readonly Module[], schema: unknown): readonly Violation[] {
  const sources = modules.filter((module) => isTeam(module) && !isTest(module))
  const scopes = scopesOf(sources, schema)
  const imports = new Map(sources.flatMap((module) => [...module.imports]))
  return [...scopes].flatMap(([rule, scope]) =>
    bodiesOf(rule)
      .flat()
      .filter(({ negated, terms }) => negated && terms.length > 1)
      .flatMap(({ terms: [called, ...args] }) =>
        SAFE.has(functionName(called) ?? '')
          ? []
          : args.flatMap((arg) => missing(arg, scope, imports)),
      ),
  )
}

function missing(
  arg: Term,
  scope: Scope,
  imports: ReadonlyMap<string, readonly string[]>,
): readonly Violation[] {
  const ref = refOf(arg)
  if (ref === undefined) return []
  const isData = ref.root === 'data' || imports.get(ref.root)?.[0] === 'data'
  if (!isData && !mayBeMissing(ref, scope)) return []
  const name = [ref.root, ...ref.steps.map((step) => step ?? '_')].join('.')
  const message = `without ${name} this condition is undefined, not true, and its rule does not fire`
  const fix = 'put the positive condition into a helper (`_ok if ...`) and write `not _ok`'
  return [{ ...arg.place, message, fix }]
}

function mayBeMissing(ref: Ref, scope: Scope): boolean {
  return ref.steps.some((step, index) => {
    const type = typeOfRef({ root: ref.root, steps: ref.steps.slice(0, index) }, scope)
    return type !== undefined && type.length > 0 && !isPromised(type, step)
  })
}
