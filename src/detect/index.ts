export { DETECTOR_VERSION, detect, type DetectOptions } from './detect.ts'
export { recognizersFor } from './custom.ts'
export { NOTHING_KNOWN, type Knowledge } from './knowledge.ts'
export { learn } from './learn.ts'
export { mergeFindings } from './merge.ts'
export { foldName, nameParts } from './names/index.ts'
export { findKnown } from './propagate.ts'
export type { Recognizer } from './recognizer.ts'
export {
  Roster,
  RosterBuilder,
  rosterKeys,
  type ListedName,
  type ListedPerson,
  type ListedType,
  type RosterBatch,
  type RosterKeys,
  type RosterTables,
} from './roster/index.ts'
