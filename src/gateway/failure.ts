import { GatewayError } from '../domain/index.ts'
import type { AnswerReport } from '../inspect/index.ts'
import { refusalForError, sendLate } from './error-response.ts'
import type { Completion } from './records.ts'
import { complete, type Relay } from './relay.ts'

/** What is known of a stream that broke off: the answer as far as it went out. */
export interface Partial {
  readonly report: AnswerReport
  readonly timing: readonly number[]
}

/** The exchange ends with an error of ours: it is recorded, then said, in the form that the client can still read. */
export async function failed(relay: Relay, thrown: unknown, partial?: Partial): Promise<void> {
  const { exchange, parts } = relay
  const { response, signal, decisionId } = exchange
  // Ended from here, not by what its end then broke.
  const ending: unknown = signal.reason
  const ended = ending instanceof GatewayError ? ending : undefined
  const cause = ended ?? thrown
  let error =
    cause instanceof GatewayError
      ? cause
      : new GatewayError('internal', 'phigate failed; the answer is withheld', { cause: thrown })
  if (error.code === 'internal' && !signal.aborted) {
    parts.log('answer-failed', {
      decisionId,
      error: thrown instanceof Error ? thrown.name : 'unknown',
    })
  }
  if (error.code !== 'audit-unavailable') {
    try {
      await complete(relay, {
        ...(ended === undefined
          ? { end: signal.aborted ? 'client-aborted' : endOf(error) }
          : { end: ended.code === 'draining' ? 'interrupted' : 'denied', detail: ended.code }),
        status: error.status,
        report: partial?.report,
        ...(partial === undefined ? {} : { timing: partial.timing }),
      })
    } catch {
      error = new GatewayError('audit-unavailable', 'the audit log cannot be written')
    }
  }
  sendLate(response, refusalForError(error, decisionId))
}

function endOf(error: GatewayError): Completion['end'] {
  return isEnd(error.code) ? error.code : 'interrupted'
}

const ENDS = [
  'upstream-refused',
  'upstream-timeout',
  'upstream-cut',
  'upstream-garbage',
  'inspection-failed',
] as const

function isEnd(code: string): code is (typeof ENDS)[number] {
  return ENDS.some((end) => end === code)
}
