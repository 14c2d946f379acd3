/**
 * Policy answers two questions in Rego, compiled to WASM: how to mask (profile) and what happens (decision).
 * Every failure is a deny.
 */
export {
  DATA_FILE,
  isRecord,
  isSerial,
  MANIFEST_FILE,
  readBundle,
  sealOf,
  sha256,
  WASM_FILE,
  type Manifest,
  type PolicyBundle,
} from './bundle.ts'
export { difference } from './decide.ts'
export { openInForce } from './in-force.ts'
export { openPolicy, type Policy, type PolicyOptions } from './policy.ts'
export { PolicyError } from './policy-error.ts'
export {
  openSignedBundle,
  type BundleFiles,
  type PinnedKey,
  type VerifyToken,
} from './signed-bundle.ts'
export type { EngineFactory, Entrypoint, PolicyEngine } from './engine.ts'
export { compileLinear } from './linear-pattern.ts'
