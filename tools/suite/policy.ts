import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  buildBundle,
  checkPolicies,
  printViolation,
  testPolicies,
} from '../../src/policy/build/index.ts'
import { oneCheck, type Outcome, type Tools } from './step.ts'

const FILES = ['policy.wasm', 'policy.data', 'policy.manifest']

/** Format, strict types against the schemas, and the contract that keeps rules from failing open. */
export async function policyCheck({ root, opa }: Tools): Promise<Outcome> {
  const violations = await checkPolicies({ dir: join(root, 'policies'), opa: await opa() })
  return oneCheck(violations.length === 0, violations.map(printViolation).join('\n'))
}

/** The bundle that is committed is what its sources compile to, byte for byte. */
export async function bundleIsCurrent({ root, opa }: Tools): Promise<Outcome> {
  const dir = join(root, 'policies')
  const out = mkdtempSync(join(tmpdir(), 'phigate-bundle-'))
  try {
    await buildBundle({ dir, out, opa: await opa() })
    const differ = FILES.filter((name) => {
      return !readFileSync(join(out, name)).equals(readFileSync(join(dir, 'bundle', name)))
    })
    const advice = `policies/bundle is not what the policies compile to: ${differ.join(', ')}. Run npm run -s phigate -- policy build`
    return oneCheck(differ.length === 0, advice)
  } finally {
    rmSync(out, { recursive: true })
  }
}

/** The tests beside the rules, and that they reach every line. */
export async function regoTests({ root, opa }: Tools): Promise<Outcome> {
  const report = await testPolicies({ dir: join(root, 'policies'), opa: await opa() })
  const { passed, failed, covered, output } = report
  if (failed > 0) return { passed, failed, report: output }
  const coverage = oneCheck(covered, 'the tests do not reach every line of the rules')
  return { ...coverage, passed: passed + coverage.passed }
}
