import type { Decision, PolicyInput } from '../schema/index.ts'

/** What is decided whenever policy gives no usable answer. Its text is fixed: it must hold no value. */
export function policyFailure(): Decision {
  return {
    outcome: 'deny',
    reasons: [
      { code: 'policy-failure', message: 'Policy gave no usable decision.', rule: 'gateway' },
    ],
    approval: [],
  }
}

/**
 * Derives from a well-formed decision the one that holds. The host does not take the outcome's word for it: an
 * outcome weaker than what stands beside it is a deny, and what would change is never forwarded as it is.
 */
export function settle(decision: Decision, input: PolicyInput): Decision {
  const { outcome, reasons, approval } = decision
  switch (outcome) {
    case 'deny':
      return { outcome, reasons, approval: [] }
    case 'require-approval':
      return approval.length === 0 || reasons.length === 0 ? policyFailure() : decision
    case 'mask':
    case 'allow':
      if (reasons.length > 0 || approval.length > 0) return policyFailure()
      return { outcome: changes(input) ? 'mask' : outcome, reasons, approval }
    default:
      return policyFailure()
  }
}

function changes(input: PolicyInput): boolean {
  return (
    input.masking.fields > 0 || input.uninspectable.some((source) => source.action === 'withhold')
  )
}
