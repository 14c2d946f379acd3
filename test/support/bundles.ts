import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_POLICY_DIR } from '../../src/config/index.ts'
import { signBundle } from '../../src/policy/build/index.ts'
import { openSigningKey } from '../../src/policy/adapters/jose-signature.ts'
import { writeArchive } from '../../src/policy/adapters/bundle-archive.ts'
import {
  DATA_FILE,
  MANIFEST_FILE,
  readBundle,
  sha256,
  WASM_FILE,
  type BundleFiles,
  type PinnedKey,
  type PolicyBundle,
} from '../../src/policy/index.ts'

type Data = Record<string, unknown> & { gateway_config: Record<string, unknown> }

/** The committed bundle with other data: no OPA is needed for that. Without a change it has no canaries either. */
export function bundleWith(change: (data: Data) => void = () => {}): PolicyBundle {
  const committed = readBundle(DEFAULT_POLICY_DIR)
  const data = structuredClone(committed.data) as Data
  delete data['canaries']
  change(data)
  const digest = sha256(JSON.stringify(data))
  return { wasm: committed.wasm, data, digest, revision: digest.slice(0, 12) }
}

/** Refuses on the connection claude what the committed one masks. */
export function strictBundle(more: (data: Data) => void = () => {}): PolicyBundle {
  return bundleWith((data) => {
    data.gateway_config['strict_connections'] = ['claude', 'claude-strict']
    more(data)
  })
}

/** Writes a bundle as `policy build` does. */
export function writeDirectory(dir: string, { wasm, data, digest, revision }: PolicyBundle): void {
  const text = JSON.stringify(data)
  const files = { [WASM_FILE]: sha256(wasm), [DATA_FILE]: sha256(text) }
  mkdirSync(dir, { recursive: true })
  replace(join(dir, WASM_FILE), wasm)
  replace(join(dir, DATA_FILE), text)
  replace(join(dir, MANIFEST_FILE), JSON.stringify({ revision, digest, opa: '1.22.2', files }))
}

export function replace(path: string, bytes: Uint8Array | string): void {
  writeFileSync(`${path}.tmp`, bytes)
  renameSync(`${path}.tmp`, path)
}

export interface TestKey {
  /** PEM of the private key. */
  readonly secret: string
  readonly pinned: PinnedKey
}

export function testKey(algorithm: 'RS256' | 'ES256' = 'ES256'): TestKey {
  const { privateKey, publicKey } =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pinned: { algorithm, key: publicKey.export({ type: 'spki', format: 'pem' }).toString() },
  }
}

/** The files of a signed bundle. */
export function signedFiles(
  bundle: PolicyBundle,
  serial: number,
  { secret }: TestKey,
  revision = `r${serial}`,
): Promise<BundleFiles> {
  const key = openSigningKey(secret)
  const sign = (payload: object, keyId: string): Promise<string> => key.sign(payload, keyId)
  return signBundle({ bundle, serial, revision, keyId: 'k1', sign })
}

export async function signedArchive(...args: Parameters<typeof signedFiles>): Promise<Uint8Array> {
  return writeArchive(await signedFiles(...args))
}
