import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  DATA_FILE,
  MANIFEST_FILE,
  openSignedBundle,
  PolicyError,
  readBundle,
  WASM_FILE,
  type BundleFiles,
  type PinnedKey,
  type PolicyBundle,
  type VerifyToken,
} from '../policy/index.ts'

/** Where policy comes from: a directory that `policy build` wrote, or a signed bundle in OPA's format. */
export type PolicySource =
  | { readonly kind: 'directory'; readonly directory: string; readonly watch: boolean }
  | {
      readonly kind: 'bundle'
      readonly file: string
      readonly pinned: PinnedKey
      readonly watch: boolean
    }

/** What reads a signed bundle; the composition root chooses the libraries. */
export interface BundleTools {
  readonly readArchive: (bytes: Uint8Array) => Promise<BundleFiles>
  readonly verifyToken: VerifyToken
}

/** A bundle, and the file that it came in where it is signed. */
export interface Candidate {
  readonly bundle: PolicyBundle
  readonly archive: Uint8Array | undefined
}

/** @throws PolicyError naming the file, never a value of it */
export async function readSource(source: PolicySource, tools: BundleTools): Promise<Candidate> {
  if (source.kind === 'directory') {
    return { bundle: readBundle(source.directory), archive: undefined }
  }
  let archive: Buffer
  try {
    archive = readFileSync(source.file)
  } catch (error) {
    throw new PolicyError('the policy bundle cannot be read', error)
  }
  const files = await tools.readArchive(archive)
  const bundle = await openSignedBundle(files, source.pinned, tools.verifyToken)
  return { bundle, archive }
}

/** Changes when a file of the source is replaced. */
export function stampOf(source: PolicySource): string {
  const paths =
    source.kind === 'bundle'
      ? [source.file]
      : [MANIFEST_FILE, WASM_FILE, DATA_FILE].map((name) => join(source.directory, name))
  return paths
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false })
      return stat === undefined ? 'none' : `${stat.ino} ${stat.mtimeMs} ${stat.size}`
    })
    .join('\n')
}
