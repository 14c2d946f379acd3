export { RosterBuilder, type RosterBatch } from './build.ts'
export { findListed } from './find.ts'
export { LISTED_TYPES, type ListedName, type ListedPerson, type ListedType } from './person.ts'
export { Roster, rosterKeys, type RosterKeys, type RosterTables } from './tables.ts'
