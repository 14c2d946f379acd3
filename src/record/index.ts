export { chainRecord, checkLine, ZERO_HASH, type Head, type LineCheck } from './chain.ts'
export { activityOf, activityReport, type Activity } from './activity.ts'
export {
  checkpointSigner,
  publicKeysOf,
  type CheckpointKey,
  type CheckpointSigner,
} from './checkpoint.ts'
export type { AuditLogOptions, OwnAuditLog } from './own-log.ts'
export { writeEvidence, type Evidence } from './evidence.ts'
export { parseQuery, QUERY_NAMES } from './query.ts'
export { logSearch, type AuditQuery, type LogSearch } from './search.ts'
export { serveSearches, threadedSearch } from './search-thread.ts'
export { openSink, type SendBatch, type Sink, type SinkOptions, type SinkStatus } from './sink.ts'
export {
  planRetention,
  removeSegments,
  type RetentionPlan,
  type RetentionRules,
} from './retention.ts'
export type { Segment } from './segments.ts'
export { verifyLog, type Verification, type VerifyOptions } from './verify.ts'
export { verifyFolder, type FolderOptions } from './verify-folder.ts'
