export { findStructured, marksOf, type ReadText } from './structure.ts'
