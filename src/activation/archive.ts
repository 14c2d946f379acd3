import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFileSync, syncDirectorySync, writeFileDurably } from '../durable/index.ts'
import {
  DATA_FILE,
  isRecord,
  isSerial,
  MANIFEST_FILE,
  PolicyError,
  readBundle,
  sealOf,
  sha256,
  WASM_FILE,
  type Manifest,
} from '../policy/index.ts'
import type { Candidate } from './source.ts'

/** A bundle in the archive, from where every worker reads it, now and when it has to be replaced. */
export interface ArchivedBundle {
  readonly revision: string
  readonly digest: string
  readonly serial?: number
  readonly directory: string
  /** SHA-256 of the manifest there, which names the rest. */
  readonly seal: string
}

/** The original of a signed bundle, kept beside what was read from it. */
const ORIGINAL_FILE = 'bundle.tar.gz'
/** There once the bundle has been active; holds when, and its serial. */
const MARK_FILE = 'activated.json'

/**
 * Puts a candidate into the archive, by its digest, and on disk.
 * @throws PolicyError where the archive holds something else under this digest
 */
export function archive(root: string, { bundle, archive: original }: Candidate): ArchivedBundle {
  const directory = join(root, bundle.digest)
  if (!existsSync(directory)) {
    mkdirSync(root, { recursive: true, mode: 0o700 })
    const scratch = `${directory}.${process.pid}.tmp`
    rmSync(scratch, { recursive: true, force: true })
    mkdirSync(scratch, { mode: 0o700 })
    const data = Buffer.from(JSON.stringify(bundle.data))
    const files = { [WASM_FILE]: sha256(bundle.wasm), [DATA_FILE]: sha256(data) }
    const { revision, digest, serial } = bundle
    const named = { revision, digest, opa: '', ...(serial === undefined ? {} : { serial }) }
    const manifest: Manifest = { ...named, files }
    writeFileDurably(join(scratch, WASM_FILE), bundle.wasm)
    writeFileDurably(join(scratch, DATA_FILE), data)
    writeFileDurably(join(scratch, MANIFEST_FILE), JSON.stringify(manifest))
    if (original !== undefined) writeFileDurably(join(scratch, ORIGINAL_FILE), original)
    syncDirectorySync(scratch)
    renameSync(scratch, directory)
    syncDirectorySync(root)
  }
  const kept = readBundle(directory)
  const same = sha256(kept.wasm) === sha256(bundle.wasm) && kept.revision === bundle.revision
  if (!same || JSON.stringify(kept.data) !== JSON.stringify(bundle.data)) {
    throw new PolicyError('the archive holds another bundle under the digest of this one')
  }
  const { revision, digest, serial } = kept
  const named = { revision, digest, ...(serial === undefined ? {} : { serial }) }
  return { ...named, directory, seal: sealOf(directory) }
}

/** Remembers that a bundle was activated, and its serial, before it is. */
export function mark({ directory, digest, serial }: ArchivedBundle, at: string): void {
  const path = join(directory, MARK_FILE)
  const text = JSON.stringify({ at, digest, ...(serial === undefined ? {} : { serial }) })
  replaceFileSync(path, text)
}

/** Takes back what was never activated. */
export function discard({ directory }: ArchivedBundle): void {
  if (!existsSync(join(directory, MARK_FILE))) rmSync(directory, { recursive: true, force: true })
}

/** A bundle that was active once. */
export interface Mark {
  readonly digest: string
  /** RFC 3339, UTC: the last time it became active. */
  readonly at: string
  readonly serial?: number
}

/**
 * All bundles that were ever active.
 * @throws PolicyError where one cannot be read: an old bundle could be played back then
 */
export function marks(root: string): readonly Mark[] {
  if (!existsSync(root)) return []
  return readdirSync(root)
    .map((name) => join(root, name, MARK_FILE))
    .filter((path) => existsSync(path))
    .map(readMark)
}

/** @throws PolicyError where a bundle with a higher serial was active, or another one with the same */
export function refuseOldSerial(root: string, { serial, digest }: Candidate['bundle']): void {
  if (serial === undefined) return
  for (const before of marks(root)) {
    const { serial: highest = 0 } = before
    if (highest > serial || (highest === serial && before.digest !== digest)) {
      throw new PolicyError(
        `policy bundle: its serial ${serial} does not rise: ${highest} was active before`,
      )
    }
  }
}

function readMark(path: string): Mark {
  let read: unknown
  try {
    read = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new PolicyError('the archive of policy bundles cannot be read', error)
  }
  const { digest, at, serial }: Record<string, unknown> = isRecord(read) ? read : {}
  if (typeof digest !== 'string' || typeof at !== 'string') {
    throw new PolicyError('the archive of policy bundles holds a mark that is damaged')
  }
  if (serial === undefined) return { digest, at }
  if (isSerial(serial)) return { digest, at, serial }
  throw new PolicyError('the archive of policy bundles holds a mark that is damaged')
}
