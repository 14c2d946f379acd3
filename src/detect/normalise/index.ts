export { outsideOf, placeholderRanges, type Range } from './placeholders.ts'
export { viewOf, type TextView } from './view.ts'
