import { isDailyWindow } from '../domain/index.ts'
import type { ApprovalObligation, Decision, PolicyInput, ShadowDecision } from '../schema/index.ts'
import { PolicyError } from './policy-error.ts'

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
 * @throws PolicyError for an approval that would let nothing pass, however it is answered
 */
export function settle(decision: Decision, input: PolicyInput): Decision {
  const { outcome, reasons, approval } = decision
  switch (outcome) {
    case 'deny':
      return { outcome, reasons, approval: [] }
    case 'require-approval':
      if (approval.length === 0 || reasons.length === 0) return policyFailure()
      if (!approval.every(canBeUsed)) throw new PolicyError(NO_JOB)
      return { outcome, reasons, approval }
    case 'mask':
    case 'allow':
      if (reasons.length > 0 || approval.length > 0) return policyFailure()
      return { outcome: changes(input) ? 'mask' : outcome, reasons, approval }
    default:
      return policyFailure()
  }
}

const NO_JOB =
  'an approval for a job needs a window such as 22:00-04:00, and a time zone that is known'

/** Not a matter of the schema: what stands in records has to be readable for years, whatever it was worth. */
function canBeUsed({ scope, job }: ApprovalObligation): boolean {
  return job === undefined ? scope !== 'job' : isDailyWindow(job)
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
