/**
 * Policy answers two questions in Rego, compiled to WASM: how to mask (profile) and what happens (decision).
 * Every failure is a deny.
 */
export { readBundle, type PolicyBundle } from './bundle.ts'
export { openPolicy, type Policy, type PolicyOptions } from './policy.ts'
export { PolicyError } from './policy-error.ts'
export type { EngineFactory, Entrypoint, PolicyEngine } from './engine.ts'
export { compileLinear } from './linear-pattern.ts'
