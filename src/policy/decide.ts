import type { Decision, PolicyInput, ShadowDecision } from '../schema/index.ts'

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
      if (approval.length === 0 || reasons.length === 0) return policyFailure()
      return { outcome, reasons, approval }
    case 'mask':
    case 'allow':
      if (reasons.length > 0 || approval.length > 0) return policyFailure()
      return { outcome: changes(input) ? 'mask' : outcome, reasons, approval }
    default:
      return policyFailure()
  }
}

/** What a decision would be, where it differs from the one that holds. */
export function difference(decision: Decision, wouldBe: Decision): ShadowDecision | undefined {
  const { outcome, reasons } = wouldBe
  const codes = (of: Decision): string =>
    JSON.stringify(of.reasons.map(({ code }) => code).toSorted())
  if (outcome === decision.outcome && codes(wouldBe) === codes(decision)) return undefined
  return { outcome, reasons }
}

function changes(input: PolicyInput): boolean {
  return (
    input.masking.fields > 0 || input.uninspectable.some((source) => source.action === 'withhold')
  )
}
