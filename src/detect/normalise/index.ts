export type { Range } from './edits.ts'
export { hiddenViews } from './hidden.ts'
export { outsideOf, placeholderRanges } from './placeholders.ts'
export { viewOf, type TextView } from './view.ts'
