export { openArchive, type Archive } from './archive.ts'
export { dueSessions, runRetention, type RetentionOutcome } from './retention.ts'
export { scanTexts, type ScanTexts } from './scan.ts'
export { openDestroyer, type Destroyer, type Destruction } from './destruction.ts'
export {
  openRecordingStore,
  type OpenRecordings,
  type RecordingStoreOptions,
} from './recording-store.ts'
export type { RecordingKeys } from './key-slots.ts'
export { openReader, type SessionReader } from './session-reader.ts'
