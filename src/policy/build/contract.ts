import { POLICY_ROOTS } from '../bundle.ts'
import type { Module, Rule } from './rego/module.ts'
import { refOf, type Ref } from './rego/term.ts'
import { visitTerms } from './rego/visit.ts'
import { COOKBOOK_DIR } from './sources.ts'
import type { Violation } from './violation.ts'

// What OPA accepts and yet lets a decision fail open: a boolean `deny` is passed over, and a file that says
// `package gateway` from a team's directory overrides the decision.
const OUTPUTS: ReadonlySet<string> = new Set(['allow', 'deny', 'require_approval'])
const PLATFORM_FILES: ReadonlySet<string> = new Set(['decision.rego', 'profile.rego'])
const ROOTS: readonly string[] = [...POLICY_ROOTS, COOKBOOK_DIR]

/** Whether the module gives reasons and demands, which the gateway combines. */
export function isTeam(module: Module): boolean {
  return ['teams', COOKBOOK_DIR].includes(module.packagePath[0] ?? '')
}

export function isTest(module: Pick<Module, 'file'>): boolean {
  return module.file.endsWith('_test.rego')
}

/** Checks that a file is in the package of its directory, and defines what its package may. */
export function checkContract(module: Module): readonly Violation[] {
  const places = packageOf(module)
  if (places.length > 0 || isTest(module)) return places
  const rules = module.rules.flatMap((rule) => ruleOf(module, rule))
  return [...rules, ...(isProfile(module) ? profileRefs(module) : [])]
}

/** Files of data may not stand where rules do, or add to what they say. */
export function checkDataPath(path: string): readonly Violation[] {
  const [root = ''] = path.split('/', 1)
  if (!ROOTS.includes(root)) return []
  const fix = 'put it under gateway_config/ or a directory of your own'
  return [{ ...start(path), message: 'data must not stand beside rules', fix }]
}

function packageOf({ file, packagePath }: Module): readonly Violation[] {
  const directory = file.split('/').slice(0, -1)
  const expected = `${directory.join('.')}${file.endsWith('_test.rego') ? '_test' : ''}`
  const root = directory[0] ?? ''
  const at = start(file)
  if (!ROOTS.includes(root)) {
    return [{ ...at, message: `rules belong under ${ROOTS.join(', ')}` }]
  }
  if (packagePath.join('.') !== expected) {
    const message = `package ${packagePath.join('.')} must be ${expected}, as its directory`
    return [{ ...at, message, fix: `package ${expected}` }]
  }
  if (directory.length !== (root === 'gateway' ? 1 : 2)) {
    return [{ ...at, message: `rules stand in gateway/, profiles/NAME/ or teams/NAME/` }]
  }
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (root === 'gateway' && !name.endsWith('_test.rego') && !PLATFORM_FILES.has(name)) {
    const message = 'only the platform defines package gateway, in decision.rego and profile.rego'
    return [{ ...at, message, fix: 'write the rule in teams/NAME/' }]
  }
  return []
}

function ruleOf(module: Module, rule: Rule): readonly Violation[] {
  const { place, name } = rule
  if (name.startsWith('_')) return []
  if (isProfile(module)) return name === 'profile' ? [] : [publicRule(rule, '`profile`')]
  if (!isTeam(module)) return []
  if (!OUTPUTS.has(name.split('.', 1)[0] ?? '')) {
    return [publicRule(rule, '`allow`, `deny` and `require_approval`')]
  }
  if (rule.isSet) return []
  const message = `${name.split('.', 1)[0]} must be a set: ${name} contains ...`
  const fix = `${name} contains {"code": "...", "message": "..."} if { ... }`
  return [{ ...place, message, fix }]
}

function publicRule({ place, name }: Rule, outputs: string): Violation {
  const message = `${name} is read by nobody: what this package gives is ${outputs}`
  return { ...place, message, fix: `begin the name of a helper with _, as in _${name}` }
}

function isProfile(module: Module): boolean {
  return module.packagePath[0] === 'profiles' || module.file === 'gateway/profile.rego'
}

const OF_PROFILES: ReadonlySet<string> = new Set(['gateway_config', 'profiles'])

/**
 * A profile sees the principal, the connection and the direction. Compiled alone it has no other input; through the
 * rules of a team it would see time and content all the same.
 */
function profileRefs(module: Module): readonly Violation[] {
  const found: Violation[] = []
  const imported = [...module.imports.values()].filter((path) => !allowed(path))
  for (const path of imported) found.push(outside(start(module.file), path))
  for (const rule of module.rules) {
    visitTerms(rule.node, (term) => {
      const path = dataPath(refOf(term))
      if (term.type === 'ref' && path !== undefined && !allowed(path)) {
        found.push(outside(term.place, path))
      }
    })
  }
  return found
}

function dataPath(ref: Ref | undefined): readonly string[] | undefined {
  return ref?.root === 'data' ? ['data', ref.steps[0] ?? '*'] : undefined
}

function allowed([root, first = '']: readonly string[]): boolean {
  return root !== 'data' || OF_PROFILES.has(first)
}

function outside(at: Omit<Violation, 'message'>, path: readonly string[]): Violation {
  const message = `a profile must not read ${path.slice(0, 2).join('.')}: masks would depend on more than the caller`
  return { ...at, message, fix: 'read data.gateway_config or data.profiles' }
}

function start(file: string): Omit<Violation, 'message'> {
  return { file, row: 1, col: 1 }
}
