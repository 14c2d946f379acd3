import type { PolicyTask } from './check.ts'
import { run as realRun } from './run.ts'
import { BUNDLE_DIR, CAPABILITIES_FILE, readSources } from './sources.ts'

export interface PolicyTestReport {
  readonly passed: number
  /** Failed, broken and skipped tests; 1 where tests could not run or none was found. */
  readonly failed: number
  /** Whether the tests reach every line of the rules. */
  readonly covered: boolean
  /** What OPA printed: every test by name, and why one failed. */
  readonly output: string
}

/**
 * Runs the tests beside the rules, with a coverage threshold of 100 percent.
 * @throws PolicyError where the directory is not one of policy
 */
export async function testPolicies(task: PolicyTask): Promise<PolicyTestReport> {
  const { dir, opa, run = realRun } = task
  readSources(dir)
  const base = ['test', '.', '--ignore', BUNDLE_DIR, '--ignore', CAPABILITIES_FILE]
  const told = await run(opa, [...base, '--verbose'], { cwd: dir })
  const output = `${told.stdout}${told.stderr}`.trimEnd()
  const passed = count(told.stdout, 'PASS')
  const unsound = ['FAIL', 'ERROR', 'SKIPPED'].reduce(
    (sum, word) => sum + count(told.stdout, word),
    0,
  )
  if (told.code !== 0 || unsound > 0 || passed === 0) {
    return { passed, failed: Math.max(unsound, 1), covered: false, output }
  }
  // With --coverage OPA prints figures in place of the tests, so it is a second run.
  const coverage = await run(opa, [...base, '--coverage', '--threshold', '100'], { cwd: dir })
  return { passed, failed: 0, covered: coverage.code === 0, output }
}

/** Reads one line of the summary, `PASS: 12/13`. */
function count(stdout: string, word: string): number {
  const found = new RegExp(`^${word}: (\\d+)/\\d+$`, 'm').exec(stdout)
  return Number(found?.[1] ?? 0)
}
