export { RosterBuilder, type RosterBatch } from './build.ts'
export { findListed } from './find.ts'
export type { ListedName, ListedPerson, ListedType } from './person.ts'
export { Roster, rosterKeys, type RosterKeys, type RosterTables } from './tables.ts'
