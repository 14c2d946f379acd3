import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkCapabilities } from './capabilities.ts'
import { checkContract } from './contract.ts'
import { checkData, type CheckedData } from './data-check.ts'
import { inlineSchema, schemaForOpa, withNames } from './inline-schema.ts'
import { checkMetadata } from './metadata.ts'
import { checkNegations } from './negation.ts'
import { checkNever } from './never.ts'
import { checkReasons } from './reasons.ts'
import { checkReferences, warnings } from './references.ts'
import { parseModule, type Module } from './rego/module.ts'
import { run as realRun, type Run } from './run.ts'
import { BUNDLE_DIR, CAPABILITIES_FILE, COOKBOOK_DIR, policyFiles, readSources } from './sources.ts'
import { parseOpaErrors, type Violation } from './violation.ts'

export interface PolicyTask {
  /** The policy directory. */
  readonly dir: string
  /** Path of OPA. */
  readonly opa: string
  readonly run?: Run
}

/**
 * Checks a policy directory: format, strict compilation against our builtins and schemas, data against its schema, and
 * what OPA accepts and yet lets rules fail open or never fire.
 * @returns in the order of their places
 * @throws PolicyError where the directory is not one of policy
 */
export async function checkPolicies(task: PolicyTask): Promise<readonly Violation[]> {
  const { dir, opa, run = realRun } = task
  readSources(dir)
  const compiled = await compileAll({ dir, opa, run })
  const paths = policyFiles(dir)
  const { modules, unread } = await parseAll(paths, { dir, opa, run })
  const data = checkData(dir, dataPaths(paths))
  const format = await checkFormat({ dir, opa, run })
  const found = [
    ...compiled,
    // Of a file that does not parse OPA's check has told; one that was not parsed for another reason is not checked.
    ...unread
      .filter((file) => !compiled.some((one) => one.file === file))
      .map((file) => ({ file, row: 1, col: 1, message: 'opa parse failed', fix: 'try again' })),
    ...checkCapabilities(dir),
    ...modules.flatMap(checkContract),
    ...packages(modules)
      .flatMap((modulesOf) => checkPackage(modulesOf, data))
      // Of a line that OPA refuses, its own word is enough.
      .filter((one) => !compiled.some(({ file, row }) => file === one.file && row === one.row)),
    ...data.violations,
    ...checkReferences(data, modules),
  ]
  // A file that does not parse cannot be formatted either, and is told of once.
  return [...found, ...format.filter((one) => found.length === 0 || one.file !== '.')].toSorted(
    (a, b) => (a.file === b.file ? a.row - b.row || a.col - b.col : a.file < b.file ? -1 : 1),
  )
}

/**
 * What is no error of a policy directory and yet has to be seen.
 * @param today as YYYY-MM-DD, UTC
 */
export function policyWarnings(dir: string, today: string): readonly Violation[] {
  return warnings(checkData(dir, dataPaths(policyFiles(dir))), today)
}

function dataPaths(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !path.endsWith('.rego') && path !== CAPABILITIES_FILE)
}

async function parseAll(
  paths: readonly string[],
  { dir, opa, run }: Required<PolicyTask>,
): Promise<{ readonly modules: readonly Module[]; readonly unread: readonly string[] }> {
  const files = paths.filter((path) => path.endsWith('.rego'))
  const modules: (Module | undefined)[] = []
  // A few at a time: each is a process.
  for (let from = 0; from < files.length; from += 4) {
    const some = files.slice(from, from + 4)
    modules.push(...(await Promise.all(some.map((file) => parseModule(dir, file, opa, run)))))
  }
  return {
    modules: modules.filter((module) => module !== undefined),
    unread: files.filter((_, index) => modules[index] === undefined),
  }
}

function packages(modules: readonly Module[]): readonly (readonly Module[])[] {
  return Object.values(Object.groupBy(modules, (module) => module.packagePath.join('.'))).filter(
    (group) => group !== undefined,
  )
}

function checkPackage(modules: readonly Module[], data: CheckedData): readonly Violation[] {
  const [root = ''] = modules[0]?.packagePath ?? []
  const schema = inlineSchema(root === 'profiles' ? 'profile-input' : 'policy-input')
  // A recipe of the cookbook may name signals that nobody has yet.
  const signals = root === COOKBOOK_DIR ? undefined : data.config?.signals.map(({ name }) => name)
  return [
    ...checkMetadata(modules),
    ...checkReasons(modules),
    ...checkNever(modules, withNames(schema, signals)),
    ...checkNegations(modules, schema),
  ]
}

/** A profile may not depend on time or content: it sees less than a decision, and is compiled a second time. */
async function compileAll(task: Required<PolicyTask>): Promise<readonly Violation[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'phigate-check-'))
  const profiles = ['profiles', 'gateway/profile.rego'].filter((path) =>
    existsSync(join(task.dir, path)),
  )
  try {
    return [
      ...(await compile(task, scratch, 'policy-input', ['.'])),
      ...(await compile(task, scratch, 'profile-input', profiles)),
    ]
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

async function compile(
  { dir, opa, run }: Required<PolicyTask>,
  scratch: string,
  schema: 'policy-input' | 'profile-input',
  paths: readonly string[],
): Promise<readonly Violation[]> {
  if (paths.length === 0) return []
  const schemaFile = join(scratch, `${schema}.json`)
  writeFileSync(schemaFile, JSON.stringify(schemaForOpa(inlineSchema(schema))))
  const ignored = ['--ignore', BUNDLE_DIR, '--ignore', CAPABILITIES_FILE]
  const strict = ['--strict', '--format', 'json', '--capabilities', CAPABILITIES_FILE]
  const args = ['check', ...strict, '--schema', schemaFile, ...ignored, ...paths]
  const { code, stdout, stderr } = await run(opa, args, { cwd: dir })
  if (code === 0) return []
  const errors = parseOpaErrors(stderr) ?? parseOpaErrors(stdout) ?? []
  return errors.length > 0 ? errors : [whole(`opa check failed: ${stderr.trim()}`)]
}

async function checkFormat({ dir, opa, run }: Required<PolicyTask>): Promise<readonly Violation[]> {
  const { code, stdout, stderr } = await run(opa, ['fmt', '--list', '--fail', '.'], { cwd: dir })
  if (code === 0) return []
  const listed = stdout.split('\n').filter((line) => line.endsWith('.rego'))
  if (listed.length === 0) return [whole(`opa fmt failed: ${stderr.trim()}`)]
  return listed.map((file) => ({
    file,
    row: 1,
    col: 1,
    message: 'is not formatted as opa fmt would',
    fix: 'opa fmt --write policies',
  }))
}

function whole(message: string): Violation {
  return { file: '.', row: 1, col: 1, message }
}
