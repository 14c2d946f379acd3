export { withoutIdle } from './idle.ts'
