import { gauge, type Family, type Reading } from './exposition.ts'

/** What is read of the audit log when Prometheus asks. */
export interface LogReadings {
  /** The last record that is on disk. */
  readonly head: number
  /** The last record that a checkpoint covers; 0 when none does. */
  readonly signed: number
  /** Whether the last checkpoint could be written, and how many could not be since the start. */
  readonly signing: { readonly state: 'working' | 'failing'; readonly failures: number }
  readonly sinks: readonly {
    readonly name: string
    readonly backlogBytes: number
    readonly records: number
    readonly failures: number
  }[]
}

/** How far the audit log is, and how far its receivers are. */
export function logFamilies({ head, signed, signing, sinks }: LogReadings): readonly Family[] {
  const each = (value: 'backlogBytes' | 'records' | 'failures') => (): readonly Reading[] =>
    sinks.map((sink) => ({ labels: { sink: sink.name }, value: sink[value] }))
  const sent = 'Records that a receiver of the audit log has acknowledged since the start.'
  const failed = 'Attempts to send to a receiver of the audit log that failed.'
  return [
    gauge({ name: 'phigate_audit_head', help: 'The last record on disk.' }, () => [
      { value: head },
    ]),
    gauge(
      { name: 'phigate_audit_signed', help: 'The last record that a checkpoint covers.' },
      () => [{ value: signed }],
    ),
    gauge(
      { name: 'phigate_audit_signing', help: '1 if the last checkpoint was signed and written.' },
      () => [{ value: signing.state === 'working' ? 1 : 0 }],
    ),
    gauge(
      {
        name: 'phigate_audit_signing_failures_total',
        help: 'Checkpoints that could not be signed or written.',
        type: 'counter',
      },
      () => [{ value: signing.failures }],
    ),
    gauge(
      {
        name: 'phigate_audit_sink_backlog_bytes',
        help: 'What of the log a receiver has not acknowledged.',
      },
      each('backlogBytes'),
    ),
    gauge(
      { name: 'phigate_audit_sink_records_total', help: sent, type: 'counter' },
      each('records'),
    ),
    gauge(
      { name: 'phigate_audit_sink_failures_total', help: failed, type: 'counter' },
      each('failures'),
    ),
  ]
}
