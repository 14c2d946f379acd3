export { openAuditIndex, type AuditIndexTable } from './audit-index.ts'
export { openStore, type Store } from './open-store.ts'
export { openRecordingIndex } from './recording-index.ts'
