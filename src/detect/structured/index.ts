export { endOfJson } from './json-text.ts'
export { findStructured, marksOf, type ReadText } from './structure.ts'
export { delimiterOfHeader } from './table.ts'
