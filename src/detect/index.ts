export { DETECTOR_VERSION, detect, type DetectOptions } from './detect.ts'
export { recognizersFor } from './custom.ts'
export { NOTHING_KNOWN, type Knowledge } from './knowledge.ts'
export { learn, Learning, teach } from './learn.ts'
export { mergeFindings } from './merge.ts'
export { foldName, nameParts } from './names/index.ts'
export { StretchReader, type Stretch, type Triggers } from './hold/index.ts'
export { findKnown, mayBeginKnown } from './propagate.ts'
export type { Recognizer } from './recognizer.ts'
export {
  mayBeginListed,
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
