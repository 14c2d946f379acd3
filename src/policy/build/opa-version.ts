import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PolicyError } from '../policy-error.ts'
import type { Environment, Run } from './run.ts'

export const OPA_MODULE = 'github.com/open-policy-agent/opa'

/**
 * The one version of OPA that builds and checks policy: the one that `tools/go.mod` requires.
 * @throws PolicyError
 */
export function pinnedOpaVersion(toolsDir: string): string {
  let text: string
  try {
    text = readFileSync(join(toolsDir, 'go.mod'), 'utf8')
  } catch (error) {
    throw new PolicyError('tools/go.mod cannot be read', error)
  }
  const found = /^\s*(?:require\s+)?github\.com\/open-policy-agent\/opa v(\d+\.\d+\.\d+)\b/m.exec(
    text,
  )
  if (found?.[1] === undefined) throw new PolicyError(`tools/go.mod does not require ${OPA_MODULE}`)
  return found[1]
}

/** Why this binary cannot be used, or undefined where it is OPA of exactly this version. */
export async function whyNotOpa(
  binary: string,
  version: string,
  run: Run,
  env: Environment,
): Promise<string | undefined> {
  const { code, stdout } = await run(binary, ['version'], { env, timeoutMs: 20_000 })
  if (code !== 0) return 'does not run'
  const said = /^Version: (\S+)$/m.exec(stdout)?.[1]
  if (said === undefined) return 'does not tell its version'
  return said === version ? undefined : `is version ${said}, not ${version}`
}
