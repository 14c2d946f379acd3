import { freezeDeep, isRecord, isSerial, REVISION, sha256, type PolicyBundle } from './bundle.ts'
import { opaHash } from './opa-hash.ts'
import { PolicyError } from './policy-error.ts'

/** What a gateway pins of a signature. */
export interface PinnedKey {
  /** PEM of the public key. */
  readonly key: string
  readonly algorithm: 'RS256' | 'ES256'
  /** What the signature must call its key; not looked at when it is not given. */
  readonly keyId?: string
}

/** What a compact JWS holds, its signature verified. */
export interface VerifiedToken {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
}

/** @throws whatever it likes when the signature is not of this key and algorithm */
export type VerifyToken = (token: string, pinned: PinnedKey) => Promise<VerifiedToken>

/** Files of a bundle by their paths, without a leading slash. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>

export const SIGNATURES_FILE = '.signatures.json'
export const OPA_MANIFEST_FILE = '.manifest'
export const OPA_DATA_FILE = 'data.json'
export const OPA_WASM_FILE = 'policy.wasm'

/**
 * A bundle in OPA's format, of which every file is signed and no signed file is missing.
 * @throws PolicyError naming the file
 */
export async function openSignedBundle(
  files: BundleFiles,
  pinned: PinnedKey,
  verify: VerifyToken,
): Promise<PolicyBundle> {
  const signed = await signedHashes(files, pinned, verify)
  compare(files, signed)
  for (const path of files.keys()) {
    // What nobody reads must not look as if it held.
    if (!KNOWN.has(path) && !path.endsWith('.rego')) {
      throw wrong(`${path} is no file of a built policy`)
    }
  }
  const { revision, serial } = manifestOf(fileOf(files, OPA_MANIFEST_FILE))
  const contents = [...files]
    .filter(([path]) => path !== SIGNATURES_FILE)
    .map(([path, bytes]) => `${path} ${sha256(bytes)}`)
  return {
    revision,
    serial,
    digest: sha256(JSON.stringify(contents.toSorted())),
    wasm: new Uint8Array(fileOf(files, OPA_WASM_FILE)),
    data: freezeDeep(parseObject(OPA_DATA_FILE, fileOf(files, OPA_DATA_FILE))),
  }
}

const KNOWN: ReadonlySet<string> = new Set([
  SIGNATURES_FILE,
  OPA_MANIFEST_FILE,
  OPA_DATA_FILE,
  OPA_WASM_FILE,
])

async function signedHashes(
  files: BundleFiles,
  pinned: PinnedKey,
  verify: VerifyToken,
): Promise<ReadonlyMap<string, string>> {
  const { signatures, plugin } = parseObject(SIGNATURES_FILE, fileOf(files, SIGNATURES_FILE))
  const token: unknown = Array.isArray(signatures) && signatures.length === 1 ? signatures[0] : null
  if (typeof token !== 'string')
    throw wrong(`${SIGNATURES_FILE} does not hold exactly one signature`)
  if (plugin !== undefined && plugin !== '' && plugin !== '_default') {
    throw wrong(`${SIGNATURES_FILE} asks for a plugin`)
  }
  let verified: VerifiedToken
  try {
    verified = await verify(token, pinned)
  } catch (error) {
    throw new PolicyError(
      'policy bundle: its signature is not of the pinned key and algorithm',
      error,
    )
  }
  const { header, payload } = verified
  const keyId = header['kid'] ?? payload['keyid']
  if (pinned.keyId !== undefined && keyId !== pinned.keyId) {
    throw wrong('its signature names another key id')
  }
  if (payload['scope'] !== undefined && payload['scope'] !== '') {
    throw wrong('its signature is for a scope')
  }
  return hashesOf(payload['files'])
}

function hashesOf(listed: unknown): ReadonlyMap<string, string> {
  if (!Array.isArray(listed)) throw wrong('its signature lists no files')
  const hashes = new Map<string, string>()
  for (const entry of listed as readonly unknown[]) {
    const { name, hash, algorithm }: Record<string, unknown> = isRecord(entry) ? entry : {}
    const sound = typeof name === 'string' && typeof hash === 'string' && algorithm === 'SHA-256'
    if (!sound || hashes.has(name))
      throw wrong('its signature lists a file without a SHA-256, or twice')
    hashes.set(name, hash)
  }
  return hashes
}

function compare(files: BundleFiles, signed: ReadonlyMap<string, string>): void {
  for (const [path, bytes] of files) {
    if (path === SIGNATURES_FILE) continue
    const hash = signed.get(path)
    if (hash === undefined) throw wrong(`${path} is not signed`)
    if (hash !== opaHash(path, bytes)) throw wrong(`${path} is not the file that was signed`)
  }
  for (const path of signed.keys()) {
    if (!files.has(path)) throw wrong(`${path} is signed and missing`)
  }
}

function manifestOf(bytes: Uint8Array): { revision: string; serial: number } {
  const { revision, metadata } = parseObject(OPA_MANIFEST_FILE, bytes)
  if (typeof revision !== 'string' || !REVISION.test(revision)) {
    throw wrong(`${OPA_MANIFEST_FILE} has no revision of letters, digits and ._+@:/-`)
  }
  const serial: unknown = isRecord(metadata) ? metadata['serial'] : undefined
  if (!isSerial(serial)) {
    throw wrong(`${OPA_MANIFEST_FILE} has no metadata.serial: a whole number from 1`)
  }
  return { revision, serial }
}

function fileOf(files: BundleFiles, path: string): Uint8Array {
  const bytes = files.get(path)
  if (bytes === undefined) throw wrong(`${path} is missing`)
  return bytes
}

function parseObject(name: string, bytes: Uint8Array): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new PolicyError(`policy bundle: ${name} is not JSON`, error)
  }
  if (!isRecord(value)) throw wrong(`${name} is not a JSON object`)
  return value
}

function wrong(what: string): PolicyError {
  return new PolicyError(`policy bundle: ${what}`)
}
