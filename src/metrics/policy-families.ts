import { gauge, type Family } from './exposition.ts'

/** What is read of the policy when Prometheus asks. */
export interface PolicyReadings {
  /** Undefined while none is active. */
  readonly revision: string | undefined
  /** Milliseconds since the epoch. */
  readonly activatedAt: number | undefined
  readonly activations: Readonly<Record<'succeeded' | 'failed', number>>
  /** Undefined where no bundle is in shadow. */
  readonly shadow: Readonly<Record<'same' | 'different' | 'missed', number>> | undefined
}

/** Which policy is active, and what became of those that were to be. */
export function policyFamilies(policy: PolicyReadings): readonly Family[] {
  const { revision, activatedAt, activations, shadow } = policy
  const counted = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([result, value]) => ({ labels: { result }, value }))
  return [
    gauge(
      { name: 'phigate_policy_active', help: '1 for the active revision; 0 with none.' },
      () => [revision === undefined ? { value: 0 } : { labels: { revision }, value: 1 }],
    ),
    gauge(
      {
        name: 'phigate_policy_last_successful_activation_seconds',
        help: 'Unix time at which the active policy became so.',
      },
      () => (activatedAt === undefined ? [] : [{ value: activatedAt / 1000 }]),
    ),
    gauge(
      {
        name: 'phigate_policy_activations_total',
        help: 'Bundles activated and refused.',
        type: 'counter',
      },
      () => counted(activations),
    ),
    gauge(
      {
        name: 'phigate_policy_shadow_total',
        help: 'Decisions of the bundle in shadow beside those that hold.',
        type: 'counter',
      },
      () => (shadow === undefined ? [] : counted(shadow)),
    ),
  ]
}
