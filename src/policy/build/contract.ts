import { isRecord, POLICY_ROOTS } from '../bundle.ts'
import type { Run } from './run.ts'
import { locationOf, type Violation } from './violation.ts'

// What OPA accepts and yet lets a decision fail open: a boolean `deny` is passed over, and a file that says
// `package gateway` from a team's directory overrides the decision.
const OUTPUTS = new Set<unknown>(['allow', 'deny', 'require_approval'])

interface Parsed {
  readonly file: string
  readonly packagePath: readonly string[]
  readonly rules: readonly Record<string, unknown>[]
}

/** Checks that every file is in the package of its directory and that teams give sets. */
export async function checkContract(
  dir: string,
  paths: readonly string[],
  opa: string,
  run: Run,
): Promise<readonly Violation[]> {
  const violations: Violation[] = []
  for (const path of paths) {
    if (path.endsWith('.rego')) {
      const parsed = await parse(dir, path, opa, run)
      // A file that does not parse is reported by `opa check`.
      if (parsed !== undefined) violations.push(...packageOf(parsed), ...outputsOf(parsed))
    } else if (POLICY_ROOTS.includes(path.split('/', 1)[0] ?? '')) {
      violations.push(at(path, 'data must not stand beside rules'))
    }
  }
  return violations
}

async function parse(
  dir: string,
  file: string,
  opa: string,
  run: Run,
): Promise<Parsed | undefined> {
  const args = ['parse', '--format', 'json', '--json-include', 'locations', file]
  const { code, stdout } = await run(opa, args, { cwd: dir })
  if (code !== 0) return undefined
  const module: unknown = JSON.parse(stdout)
  if (!isRecord(module) || !isRecord(module['package'])) return undefined
  const rules = Array.isArray(module['rules']) ? module['rules'].filter(isRecord) : []
  return { file, packagePath: names(module['package']['path']).slice(1), rules }
}

function packageOf({ file, packagePath }: Parsed): readonly Violation[] {
  const directory = file.split('/').slice(0, -1)
  const expected = `${directory.join('.')}${file.endsWith('_test.rego') ? '_test' : ''}`
  const root = directory[0] ?? ''
  if (!POLICY_ROOTS.includes(root)) {
    return [at(file, `rules belong under ${POLICY_ROOTS.join(', ')}`)]
  }
  if (packagePath.join('.') !== expected) {
    return [at(file, `package ${packagePath.join('.')} must be ${expected}, as its directory`)]
  }
  if (directory.length !== (root === 'gateway' ? 1 : 2)) {
    return [at(file, 'rules stand in gateway/, profiles/NAME/ or teams/NAME/')]
  }
  return []
}

function outputsOf({ file, packagePath, rules }: Parsed): readonly Violation[] {
  if (packagePath[0] !== 'teams' || file.endsWith('_test.rego')) return []
  return rules.flatMap((rule) => {
    const head = isRecord(rule['head']) ? rule['head'] : {}
    const reference = names(head['ref'])
    const isSet = reference.length === 1 && 'key' in head && !('value' in head)
    if (!OUTPUTS.has(reference[0]) || isSet) return []
    const { row, col } = locationOf(head['location'])
    return [
      { file, row, col, message: `${reference[0]} must be a set: ${reference[0]} contains ...` },
    ]
  })
}

function names(terms: unknown): readonly string[] {
  return Array.isArray(terms)
    ? terms.map((term) => (isRecord(term) ? String(term['value']) : ''))
    : []
}

function at(file: string, message: string): Violation {
  return { file, row: 1, col: 1, message }
}
