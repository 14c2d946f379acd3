import type { UnchainedRecord } from '../../src/domain/index.ts'
import { chainRecord, ZERO_HASH } from '../../src/record/index.ts'
import type { Decision, PolicyInput } from '../../src/schema/index.ts'

/** A record of one decision, as the gateway writes it. */
export function decisionOf(
  decisionId: string,
  facts: PolicyInput | null,
  result: Decision = { outcome: 'allow', reasons: [], approval: [] },
): UnchainedRecord {
  return {
    decision_id: decisionId,
    labels: { app: 'phigate' },
    bundles: { phigate: { revision: '0123456789ab' } },
    path: 'gateway/decision',
    input: facts,
    result,
    requested_by: 'https://issuer.example|svc',
    req_id: 1,
    custom: { kind: 'decision', direction: facts?.direction ?? 'request' },
  }
}

/** The lines of a log that holds these records, each with its newline. */
export function* logOf(records: Iterable<UnchainedRecord>): Generator<string> {
  let seq = 0
  let prev = ZERO_HASH
  for (const record of records) {
    seq += 1
    const { line, hash } = chainRecord(record, seq, prev, '2026-01-01T00:00:00.000Z')
    prev = hash
    yield `${line}\n`
  }
}
