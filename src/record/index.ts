export { chainRecord, checkLine, ZERO_HASH, type Head, type LineCheck } from './chain.ts'
export { verifyLog, type Verification, type VerifyOptions } from './verify.ts'
export { openRecordingStore, type RecordingStoreOptions } from './recording-store.ts'
export type { IndexedPiece, Location, RecordingIndex } from './recording-index.ts'
