import type { UnchainedRecord } from '../../src/domain/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'

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

/** The same in its place. */
export function recordAt(seq: number): AuditRecord {
  const { custom, ...rest } = sampleRecord(seq)
  const [prev, hash] = ['0'.repeat(64), 'f'.repeat(64)]
  const timestamp = '2026-11-22T12:00:00.000Z'
  return { ...rest, timestamp, custom: { version: 1, ...custom, seq, prev, hash } }
}
