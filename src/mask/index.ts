export { AddressReader } from './addresses.ts'
export {
  crockford,
  impliedSession,
  patientDigests,
  sessionKeys,
  sha256Hex,
  type MaskKey,
  type SessionKeys,
  type SessionScope,
} from './keys.ts'
export { decodeEntry, encodeEntry, type MemoryEntry, type RememberedSpan } from './memory-entry.ts'
export { applyOperator, withheldText, type Masked } from './operators.ts'
export {
  foldValue,
  placeholderBook,
  PLACEHOLDER,
  type NameParts,
  type PlaceholderBook,
} from './placeholder.ts'
export { matchesField, planSpans, type Span } from './plan.ts'
export { prefixDigests } from './prefix.ts'
export {
  decodeTable,
  encodeTable,
  restorable,
  restoreCollector,
  type Restored,
  type RestoreEntry,
  type RestoreTable,
} from './restore.ts'
