import type { Approvals } from '../approve/index.ts'
import type { ScanDesk } from '../console/index.ts'
import type { AuditLog, RecordingStore } from '../domain/index.ts'
import type { Admission } from '../gateway/index.ts'
import type { Identity, RefusedTokens } from '../identity/index.ts'
import type { Metrics } from '../metrics/index.ts'
import type { Notifier } from '../notify/index.ts'
import type { LogSearch, OwnAuditLog } from '../record/index.ts'
import type { Activating } from './activating.ts'
import type { Archiving } from './archiving.ts'
import type { Sinks } from './auditing.ts'
import type { Limiting } from './limiting.ts'
import type { Labels } from './process.ts'
import type { Retaining } from './retaining.ts'
import type { RosterReport } from './rostering.ts'

export interface Rooms {
  readonly audit: AuditLog
  readonly recordings: RecordingStore
  readonly lanes: Activating['serving']
  readonly policy: Activating['readings']
  readonly callers: Identity
  readonly admission: Admission
  readonly approvals: Approvals
  readonly archiving: Archiving
  readonly scans: ScanDesk
  readonly notifier: Notifier
  readonly reviewUrl: (id: string) => URL
  readonly limiting: Limiting
  readonly labels: Labels
  readonly metrics: Metrics
  readonly roster: () => RosterReport
  /** The log itself, without what is measured around it. */
  readonly log: OwnAuditLog
  readonly search: LogSearch
  readonly sinks: Sinks
  readonly refused: RefusedTokens
  readonly retaining: Retaining
}
