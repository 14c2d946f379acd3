export { openHolds, type Holds } from './holds.ts'
