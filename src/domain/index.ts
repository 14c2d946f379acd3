export { brokenOff } from './broken-off.ts'
export { GatewayError, toError, type ApiErrorType, type ErrorCode } from './errors.ts'
export type { Basis, Finding, Subtype } from './finding.ts'
export type { LegalHold } from './legal-hold.ts'
export type { CompilePattern, LinearPattern } from './linear-pattern.ts'
export { isMaskable } from './segment.ts'
export type { Place, Segment } from './segment.ts'
export type { Connection, Principal } from './principal.ts'
export type {
  AuditLog,
  Block,
  BlockStore,
  Clock,
  DayCount,
  DayCounters,
  Delivery,
  DeliveryStore,
  ForgettingMaskMemory,
  MaskMemory,
  Receipt,
  ReviewStore,
  ReviewTally,
  StoredReview,
  UnchainedRecord,
} from './ports.ts'
export type {
  FrameRow,
  IndexBatch,
  Mark,
  PieceKind,
  Recorded,
  RecordedAbout,
  RecordedBytes,
  RecordedInfo,
  RecordedMark,
  RecordedPiece,
  RecordedThread,
  RecordingIndex,
  Recordings,
  RecordingStore,
  ReplayedAnswer,
  ReplayedExchange,
  ReplayedSession,
  SessionFilter,
  SessionRow,
} from './recording.ts'
export type { IndexedRecord, IndexPosition, RecordPlace, SearchIndex } from './search-index.ts'
export { ownCopy } from './own-copy.ts'
export {
  brokeGlass,
  latestChange,
  latestEscalation,
  plannedEscalations,
  type ReviewChange,
} from './review-change.ts'
export { reach, type MaskedBody, type Stage } from './stages.ts'
export { isDailyWindow, isWithinWindow } from './daily-window.ts'
export { visible } from './visible.ts'
