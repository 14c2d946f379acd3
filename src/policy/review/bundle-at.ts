import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildBundle, unpack } from '../build/build-bundle.ts'
import { CAPABILITIES_FILE } from '../build/sources.ts'
import { isRecord, MANIFEST_FILE, readBundle, sha256, type PolicyBundle } from '../bundle.ts'
import { PolicyError } from '../policy-error.ts'

/**
 * The policy at a path: a policy directory, which is compiled; a bundle that was built or archived; or a bundle file in
 * OPA's format, whose signature is not looked at, because nothing is activated.
 * @param findOpa asked only for a policy directory
 * @throws PolicyError
 */
export async function bundleAt(
  path: string,
  findOpa: () => Promise<string>,
): Promise<PolicyBundle> {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found?.isFile() === true) return readBundleFile(path)
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

async function readBundleFile(path: string): Promise<PolicyBundle> {
  const files = await unpack(path).catch((error: unknown) => {
    throw new PolicyError(`${path} is no bundle`, error)
  })
  const file = (name: string): Buffer | undefined => files.get(`/${name}`) ?? files.get(name)
  const wasm = file('policy.wasm')
  if (wasm === undefined) throw new PolicyError(`${path} holds no policy.wasm`)
  const { revision } = parseObject(file('.manifest'), path)
  const digest = sha256(readFileSync(path))
  return {
    revision: typeof revision === 'string' && revision !== '' ? revision : digest.slice(0, 12),
    digest,
    wasm: new Uint8Array(wasm),
    data: parseObject(file('data.json'), path),
  }
}

function parseObject(bytes: Buffer | undefined, path: string): Record<string, unknown> {
  if (bytes === undefined) return {}
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    if (isRecord(value)) return value
  } catch {
    // Said below.
  }
  throw new PolicyError(`${path} holds a file that is not a JSON object`)
}
