import type { PolicyBundle } from './bundle.ts'

/** The rules that a bundle must offer, by the names under which they are looked up. */
export const ENTRYPOINTS = ['gateway/profile', 'gateway/decision'] as const

export type Entrypoint = (typeof ENTRYPOINTS)[number]

/** Something that evaluates a policy bundle. */
export interface PolicyEngine {
  /**
   * The value of the rule, undefined where it has none.
   * @throws PolicyError, or whatever the engine throws: the caller MUST count both as a deny
   */
  evaluate(entrypoint: Entrypoint, input: unknown): unknown
  /** Memory that evaluations took, beyond what the bundle itself takes; it may only ever grow. */
  memoryBytes(): number
}

export type EngineFactory = (bundle: PolicyBundle) => PolicyEngine
