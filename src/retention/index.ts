export { openHolds, type Hold, type Holds, type HoldAsked } from './holds.ts'
