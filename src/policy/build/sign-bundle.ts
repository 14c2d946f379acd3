import { isSerial, REVISION, type PolicyBundle } from '../bundle.ts'
import { ENTRYPOINTS } from '../engine.ts'
import { opaHash } from '../opa-hash.ts'
import { PolicyError } from '../policy-error.ts'
import {
  OPA_DATA_FILE,
  OPA_MANIFEST_FILE,
  OPA_WASM_FILE,
  SIGNATURES_FILE,
  type BundleFiles,
} from '../signed-bundle.ts'

export interface SignTask {
  readonly bundle: PolicyBundle
  /** What records call it; the bundle's own when it is not given. */
  readonly revision?: string
  /** Has to be higher than that of every bundle that was activated before. */
  readonly serial: number
  readonly keyId: string
  /** Gives a JWT over the payload (JWS compact serialization). */
  readonly sign: (payload: object, keyId: string) => Promise<string>
}

/**
 * The files of a bundle as OPA packs and signs it: `opa build --bundle FILE --verification-key KEY` takes them.
 * @throws PolicyError where revision or serial cannot be used
 */
export async function signBundle(task: SignTask): Promise<BundleFiles> {
  const { bundle, serial, keyId, revision = bundle.revision } = task
  if (!isSerial(serial)) throw new PolicyError('the serial must be a whole number from 1')
  if (!REVISION.test(revision)) {
    throw new PolicyError('the revision must be letters, digits and ._+@:/-, at most 128')
  }
  const manifest = {
    revision,
    roots: [''],
    wasm: ENTRYPOINTS.map((entrypoint) => ({ entrypoint, module: `/${OPA_WASM_FILE}` })),
    rego_version: 1,
    metadata: { serial, sources: bundle.digest },
  }
  const files = new Map<string, Uint8Array>([
    [OPA_DATA_FILE, Buffer.from(JSON.stringify(bundle.data))],
    [OPA_WASM_FILE, bundle.wasm],
    [OPA_MANIFEST_FILE, Buffer.from(JSON.stringify(manifest))],
  ])
  const hashes = [...files].map(([name, bytes]) => {
    return { name, hash: opaHash(name, bytes), algorithm: 'SHA-256' }
  })
  const token = await task.sign({ files: hashes }, keyId)
  const signatures = JSON.stringify({ signatures: [token] })
  return new Map([...files, [SIGNATURES_FILE, Buffer.from(signatures)]])
}
