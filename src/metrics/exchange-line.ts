import type { AuditLog, UnchainedRecord } from '../domain/index.ts'

type Details = Readonly<Record<string, string | number>>

/** One line for each exchange at its end, made of its record: what the audit log may hold, a log line may. */
export function logged(log: AuditLog, write: (event: string, details: Details) => void): AuditLog {
  return {
    ...log,
    append: async (record) => {
      const receipt = await log.append(record)
      const details = lineOf(record)
      if (details !== undefined) write('exchange', { ...details, seq: receipt.seq })
      return receipt
    },
  }
}

/** Undefined for what does not end an exchange. */
function lineOf({ custom, result, ...record }: UnchainedRecord): Details | undefined {
  const { kind, connection = '', end, status = 451, durationMs } = custom
  const refused = result?.outcome === 'deny' || result?.outcome === 'require-approval'
  if (kind !== 'completion' && !(kind === 'decision' && refused)) return undefined
  const reasons = refused ? result.reasons.map(({ code }) => code).join(' ') : ''
  return {
    decisionId: record.decision_id ?? '',
    principal: record.requested_by ?? '',
    connection,
    status,
    end: end ?? 'refused',
    ...(reasons === '' ? {} : { reasons }),
    ...(durationMs === undefined ? {} : { durationMs }),
  }
}
