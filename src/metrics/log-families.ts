import { gauge, type Family, type Reading } from './exposition.ts'

/** What is read of the audit log when Prometheus asks. */
export interface LogReadings {
  /** The last record that is on disk. */
  readonly head: number
  /** The last record that a checkpoint covers; 0 when none does. */
  readonly signed: number
  readonly sinks: readonly {
    readonly name: string
    readonly backlogBytes: number
    readonly records: number
    readonly failures: number
  }[]
}

/** How far the audit log is, and how far its receivers are. */
export function logFamilies({ head, signed, sinks }: LogReadings): readonly Family[] {
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
