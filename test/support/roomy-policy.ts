import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_POLICY_DIR } from '../../src/config/index.ts'

/** The shipped bundle without its limits: for tests in which the size of a body is not a matter of policy. */
export function roomyPolicy(): string {
  const dir = mkdtempSync(join(tmpdir(), 'phigate-roomy-'))
  cpSync(DEFAULT_POLICY_DIR, dir, { recursive: true })
  const file = (name: string): string => join(dir, name)
  const data = JSON.parse(readFileSync(file('policy.data'), 'utf8')) as {
    gateway_config: { limits: { default: Record<string, number> } }
  }
  const limits = data.gateway_config.limits
  limits.default = Object.fromEntries(Object.keys(limits.default).map((name) => [name, 1e9]))
  writeFileSync(file('policy.data'), JSON.stringify(data))
  const manifest = JSON.parse(readFileSync(file('policy.manifest'), 'utf8')) as {
    files: Record<string, string>
  }
  const bytes = readFileSync(file('policy.data'))
  manifest.files['policy.data'] = createHash('sha256').update(bytes).digest('hex')
  writeFileSync(file('policy.manifest'), JSON.stringify(manifest))
  return dir
}
