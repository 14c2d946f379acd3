export { openRecordingStore, type RecordingStoreOptions } from './recording-store.ts'
export type { IndexedPiece, Location, RecordingIndex } from './recording-index.ts'
