import { crockford, type SessionKeys } from '../mask/index.ts'

/** A session's name in facts, records and recordings: the client's own id could be anything, and is not scoped. */
export function sessionLabel(keys: SessionKeys): string {
  return `ses_${crockford(keys.digest('session-label', ''), 26)}`
}
