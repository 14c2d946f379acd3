import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildBundle } from '../build/build-bundle.ts'
import { CAPABILITIES_FILE } from '../build/sources.ts'
import { MANIFEST_FILE, readBundle, type PolicyBundle } from '../bundle.ts'
import { PolicyError } from '../policy-error.ts'

/**
 * The policy at a path: a policy directory, which is compiled, or a bundle that was built.
 * @param findOpa asked only for a policy directory
 * @throws PolicyError
 */
export async function bundleAt(
  path: string,
  findOpa: () => Promise<string>,
): Promise<PolicyBundle> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new PolicyError(`${path} is neither a policy directory nor a bundle`)
  }
  if (existsSync(join(path, MANIFEST_FILE))) return readBundle(path)
  if (!existsSync(join(path, CAPABILITIES_FILE))) {
    throw new PolicyError(`${path} is neither a policy directory nor a bundle`)
  }
  const out = mkdtempSync(join(tmpdir(), 'phigate-diff-'))
  try {
    return await buildBundle({ dir: path, opa: await findOpa(), out })
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
