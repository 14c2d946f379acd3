/** Builds, checks and tests policy directories with the pinned OPA. No part of a running gateway. */
export {
  buildBundle,
  ensureBundle,
  sourcesDigest,
  type BuildTask,
  type EnsureTask,
} from './build-bundle.ts'
export { checkPolicies, policyWarnings, type PolicyTask } from './check.ts'
export { findOpa, type FindOpaOptions } from './opa-cli.ts'
export { signBundle, type SignTask } from './sign-bundle.ts'
export { testPolicies, type PolicyTestReport } from './test-policies.ts'
export { printViolation, type Violation } from './violation.ts'
