export { anchored, anchoredByWords, anchoredPatterns, type Anchored } from './anchored.ts'
export { firstWords } from './first-words.ts'
export { scan, type Anchors } from './scan.ts'
export { isAnchored, matchesIn } from './search.ts'
