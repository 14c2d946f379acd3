import type { UnchainedRecord } from '../../src/domain/index.ts'

/** A valid record that differs from others by its number. */
export function sampleRecord(number: number): UnchainedRecord {
  return {
    decision_id: `dec_${number}`,
    labels: { service: 'phigate' },
    path: 'gateway/decision',
    input: null,
    requested_by: 'https://issuer|svc-täst',
    req_id: number,
    custom: {
      kind: 'decision',
      connection: 'claude',
      bodySha256: number.toString(16).padStart(64, '0'),
      masked: { PERSON: 2 },
    },
  }
}
