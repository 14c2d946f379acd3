import type { RecordedInfo } from './recording.ts'

const WHY: Readonly<Record<string, string>> = {
  'client-aborted': 'the client went away',
  'upstream-error': 'the upstream reported an error',
  'upstream-timeout': 'the upstream was silent for too long',
  'upstream-cut': 'the upstream went away',
  'upstream-garbage': 'the upstream sent what cannot be read',
  'inspection-failed': 'its inspection failed',
  interrupted: 'phigate failed',
  'principal-blocked': 'the caller was blocked',
  draining: 'phigate ended it',
}

/** Ends at which nothing has been answered that could break off: the upstream did not take the request. */
const NO_ANSWER: ReadonlySet<string> = new Set(['complete', 'denied', 'upstream-refused'])

/**
 * Why an answer is not whole, in words; undefined where it is, or where policy refused it.
 * @param hasContent whether anything of it is recorded
 */
export function brokenOff({ end, detail }: RecordedInfo, hasContent: boolean): string | undefined {
  if (end === undefined || (NO_ANSWER.has(end) && detail === undefined)) return undefined
  // An error instead of an answer.
  if (end === 'upstream-error' && !hasContent) return undefined
  const code = detail ?? end
  return WHY[code] ?? code
}
