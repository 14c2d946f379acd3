import type { ForwardVerdict } from '../inspect/index.ts'
import type { RequestFacts } from '../schema/index.ts'

type OfVerdict =
  'bodySha256' | 'detector' | 'policyRevision' | 'profile' | 'reviewDigest' | 'sessionLabel'

/** What is known of a request whose body is out: its answer may take minutes. */
export interface Sent
  extends Pick<ForwardVerdict, OfVerdict>, Pick<RequestFacts, 'operation' | 'model'> {
  readonly bodyBytes: number
}

export function sentOf(verdict: ForwardVerdict): Sent {
  const { bodySha256, detector, policyRevision, profile, reviewDigest, sessionLabel } = verdict
  const { operation, model } = verdict.context.request
  const bodyBytes = verdict.body.byteLength
  return {
    bodySha256,
    detector,
    policyRevision,
    profile,
    reviewDigest,
    sessionLabel,
    operation,
    model,
    bodyBytes,
  }
}
