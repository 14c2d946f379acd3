import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkContract } from './contract.ts'
import { inlineSchema } from './inline-schema.ts'
import { run as realRun, type Run } from './run.ts'
import { BUNDLE_DIR, CAPABILITIES_FILE, policyFiles, readSources } from './sources.ts'
import { parseOpaErrors, type Violation } from './violation.ts'

export interface PolicyTask {
  /** The policy directory. */
  readonly dir: string
  /** Path of OPA. */
  readonly opa: string
  readonly run?: Run
}

/**
 * Checks a policy directory: format, strict compilation against our builtins and schemas, and the contract that keeps
 * rules from failing open.
 * @throws PolicyError where the directory is not one of policy
 */
export async function checkPolicies(task: PolicyTask): Promise<readonly Violation[]> {
  const { dir, opa, run = realRun } = task
  readSources(dir)
  const scratch = mkdtempSync(join(tmpdir(), 'phigate-check-'))
  try {
    const compiled = [
      ...(await compile({ dir, opa, run }, scratch, 'policy-input', ['.'])),
      // A profile may not depend on time or content: it sees less than a decision.
      ...(await compile({ dir, opa, run }, scratch, 'profile-input', profileFiles(dir))),
    ]
    const contract = await checkContract(dir, policyFiles(dir), opa, run)
    const format = await checkFormat({ dir, opa, run })
    const all = [...compiled, ...contract]
    // A file that does not parse cannot be formatted either, and is told of once.
    return all.length > 0 ? [...all, ...format.filter((found) => found.file !== '.')] : format
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

function profileFiles(dir: string): readonly string[] {
  return ['profiles', 'gateway/profile.rego'].filter((path) => existsSync(join(dir, path)))
}

async function compile(
  { dir, opa, run }: Required<PolicyTask>,
  scratch: string,
  schema: 'policy-input' | 'profile-input',
  paths: readonly string[],
): Promise<readonly Violation[]> {
  if (paths.length === 0) return []
  const schemaFile = join(scratch, `${schema}.json`)
  writeFileSync(schemaFile, JSON.stringify(inlineSchema(schema)))
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
  }))
}

function whole(message: string): Violation {
  return { file: '.', row: 1, col: 1, message }
}
