import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { list } from 'tar'
import {
  DATA_FILE,
  MANIFEST_FILE,
  readBundle,
  sha256,
  WASM_FILE,
  type Manifest,
  type PolicyBundle,
} from '../bundle.ts'
import { ENTRYPOINTS } from '../engine.ts'
import { PolicyError } from '../policy-error.ts'
import { checkPolicies, type PolicyTask } from './check.ts'
import { pinnedOpaVersion } from './opa-version.ts'
import { run as realRun, type Run } from './run.ts'
import { BUNDLE_DIR, CAPABILITIES_FILE, digestOf, readSources, type Source } from './sources.ts'
import { printViolation } from './violation.ts'

const tools = fileURLToPath(new URL('../../../tools/', import.meta.url))

/**
 * What a bundle of this policy directory is named after: SHA-256 over the names and contents of its sources and the
 * version of OPA.
 * @throws PolicyError where the directory is not one of policy
 */
export function sourcesDigest(dir: string): string {
  return digestOf(readSources(dir), pinnedOpaVersion(tools))
}

export interface BuildTask extends PolicyTask {
  /** Where the bundle is written; `bundle/` in the policy directory unless told. */
  readonly out?: string
}

/**
 * Compiles a policy directory. Equal sources give equal bytes, wherever they lie.
 * @throws PolicyError where the sources do not compile
 */
export async function buildBundle(task: BuildTask): Promise<PolicyBundle> {
  const { dir, opa, run = realRun, out = join(dir, BUNDLE_DIR) } = task
  const sources = readSources(dir)
  const version = pinnedOpaVersion(tools)
  const scratch = mkdtempSync(join(tmpdir(), 'phigate-build-'))
  try {
    const { wasm, data } = await compile(sources, scratch, opa, run)
    const digest = digestOf(sources, version)
    const files = { [WASM_FILE]: sha256(wasm), [DATA_FILE]: sha256(data) }
    const manifest: Manifest = { revision: digest.slice(0, 12), digest, opa: version, files }
    mkdirSync(out, { recursive: true })
    replace(join(out, WASM_FILE), wasm)
    replace(join(out, DATA_FILE), data)
    replace(join(out, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
  } finally {
    rmSync(scratch, { recursive: true })
  }
  return readBundle(out)
}

export interface EnsureTask {
  readonly dir: string
  /** Asked only when the bundle has to be built. */
  readonly findOpa: () => Promise<string>
  readonly out?: string
  readonly run?: Run
}

/**
 * The bundle of a policy directory: the one that stands there if it is of these very sources, else a new one.
 * @throws PolicyError where the sources have changed and fail the check, or OPA cannot be found
 */
export async function ensureBundle(task: EnsureTask): Promise<PolicyBundle> {
  const { dir, run = realRun, out = join(dir, BUNDLE_DIR) } = task
  const present = bundleIn(out)
  if (present !== undefined && present.digest === sourcesDigest(dir)) return present
  const opa = await task.findOpa()
  const violations = await checkPolicies({ dir, opa, run })
  if (violations.length > 0) {
    throw new PolicyError(`policy check failed:\n${violations.map(printViolation).join('\n')}`)
  }
  return buildBundle({ dir, opa, run, out })
}

function bundleIn(dir: string): PolicyBundle | undefined {
  try {
    return readBundle(dir)
  } catch {
    return undefined
  }
}

/** Works on a copy of exactly the sources, since paths are part of the module and other files must not be. */
async function compile(
  sources: readonly Source[],
  scratch: string,
  opa: string,
  run: Run,
): Promise<{ wasm: Buffer; data: Buffer }> {
  const root = join(scratch, 'policies')
  for (const { path, bytes } of sources) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), bytes)
  }
  const archive = join(scratch, 'bundle.tar.gz')
  const entrypoints = ENTRYPOINTS.flatMap((name) => ['--entrypoint', name])
  const options = ['--capabilities', CAPABILITIES_FILE, ...entrypoints, '--output', archive]
  const args = ['build', '--target', 'wasm', ...options, '--bundle', '.']
  const { code, stderr, stdout } = await run(opa, args, { cwd: root })
  if (code !== 0) throw new PolicyError(`opa build failed: ${(stderr || stdout).trim()}`)
  const files = await unpack(archive)
  const wasm = files.get('/policy.wasm')
  const data = files.get('/data.json')
  if (wasm === undefined || data === undefined) {
    throw new PolicyError('opa build gave no policy.wasm or no data.json')
  }
  return { wasm, data }
}

/** The files of a bundle's archive by their absolute paths in it. */
export async function unpack(archive: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const reading: Promise<void>[] = []
  await list({
    file: archive,
    strict: true,
    preservePaths: true,
    onReadEntry: (entry) => {
      reading.push(entry.concat().then((bytes) => void files.set(entry.path, Buffer.from(bytes))))
    },
  })
  await Promise.all(reading)
  return files
}

/** Never leaves half a file behind. */
function replace(path: string, bytes: Uint8Array | string): void {
  writeFileSync(`${path}.tmp`, bytes)
  renameSync(`${path}.tmp`, path)
}
