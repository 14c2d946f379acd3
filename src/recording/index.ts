export { openArchive } from './archive.ts'
export { openDestroyer, type Destruction } from './destruction.ts'
export {
  openRecordingStore,
  type OpenRecordings,
  type RecordingStoreOptions,
} from './recording-store.ts'
export type { RecordingKeys } from './key-slots.ts'
export { openReader, type SessionReader } from './session-reader.ts'
