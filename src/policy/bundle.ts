import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PolicyError } from './policy-error.ts'

/** A compiled policy with its data, as `policy build` wrote it. */
export interface PolicyBundle {
  /** The first 12 hexadecimal digits of `digest`, unless the bundle is signed and names itself. */
  readonly revision: string
  /** Of a signed bundle: it must rise from one to the next. */
  readonly serial?: number
  readonly wasm: Uint8Array
  /** Deeply frozen. */
  readonly data: Readonly<Record<string, unknown>>
  /** SHA-256 over the names and contents of the sources and the version of OPA; of a signed bundle, of its files. */
  readonly digest: string
}

// None of the names ends in .json: `opa test policies` would load such a file as policy data.
export const WASM_FILE = 'policy.wasm'
export const DATA_FILE = 'policy.data'
export const MANIFEST_FILE = 'policy.manifest'

/** Top-level packages of policy. Data under one of them would add to what its rules say. */
export const POLICY_ROOTS: readonly string[] = ['gateway', 'profiles', 'teams']

/** What `policy.manifest` says, as JSON. */
export interface Manifest {
  readonly revision: string
  readonly digest: string
  /** Version of OPA that built the bundle. */
  readonly opa: string
  /** Of a signed bundle that was archived. */
  readonly serial?: number
  /** SHA-256 of each file of the bundle. */
  readonly files: Readonly<Record<typeof WASM_FILE | typeof DATA_FILE, string>>
}

/** A revision goes into records, metrics and pages. */
export const REVISION = /^[A-Za-z0-9][A-Za-z0-9._+@:/-]{0,127}$/

export function isSerial(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}

/** SHA-256 of the manifest of a bundle in a directory, which names all the rest: two equal ones are one bundle. */
export function sealOf(dir: string): string {
  return sha256(read(dir, MANIFEST_FILE))
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Reads a built bundle and checks each file against the manifest's digest.
 * @throws PolicyError naming the file
 */
export function readBundle(dir: string): PolicyBundle {
  const manifest = parseManifest(read(dir, MANIFEST_FILE))
  const wasm = read(dir, WASM_FILE)
  const data = read(dir, DATA_FILE)
  if (sha256(wasm) !== manifest.files[WASM_FILE]) throw altered(WASM_FILE)
  if (sha256(data) !== manifest.files[DATA_FILE]) throw altered(DATA_FILE)
  return {
    revision: manifest.revision,
    digest: manifest.digest,
    ...(manifest.serial === undefined ? {} : { serial: manifest.serial }),
    wasm: new Uint8Array(wasm),
    data: freezeDeep(parseObject(DATA_FILE, data)),
  }
}

/** @throws PolicyError */
export function refusePolicyRoots(data: Readonly<Record<string, unknown>>): void {
  const root = POLICY_ROOTS.find((name) => Object.hasOwn(data, name))
  if (root !== undefined) throw new PolicyError(`policy data must not stand under data.${root}`)
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function freezeDeep<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const member of Object.values(value)) freezeDeep(member)
  }
  return value
}

function read(dir: string, name: string): Buffer {
  try {
    return readFileSync(join(dir, name))
  } catch (error) {
    throw new PolicyError(`policy bundle: ${name} cannot be read`, error)
  }
}

function altered(name: string): PolicyError {
  return new PolicyError(`policy bundle: ${name} is not the file that ${MANIFEST_FILE} describes`)
}

function parseObject(name: string, bytes: Buffer): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new PolicyError(`policy bundle: ${name} is not JSON`, error)
  }
  if (!isRecord(value)) throw new PolicyError(`policy bundle: ${name} is not a JSON object`)
  return value
}

function parseManifest(bytes: Buffer): Manifest {
  const { revision, digest, opa, serial, files } = parseObject(MANIFEST_FILE, bytes)
  if (
    typeof digest !== 'string' ||
    !/^[0-9a-f]{64}$/.test(digest) ||
    typeof revision !== 'string' ||
    // Only a signed bundle names itself.
    (serial === undefined ? revision !== digest.slice(0, 12) : !REVISION.test(revision)) ||
    !(serial === undefined || isSerial(serial)) ||
    typeof opa !== 'string' ||
    !isRecord(files)
  ) {
    throw new PolicyError(`policy bundle: ${MANIFEST_FILE} lacks revision, digest, opa or files`)
  }
  return {
    revision,
    digest,
    opa,
    ...(serial === undefined ? {} : { serial }),
    files: { [WASM_FILE]: String(files[WASM_FILE]), [DATA_FILE]: String(files[DATA_FILE]) },
  }
}
