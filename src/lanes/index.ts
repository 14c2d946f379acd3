export {
  startLanes,
  type LaneLimits,
  type Lanes,
  type LaneState,
  type StreamHandle,
} from './lanes.ts'
export type { StreamNews } from './protocol.ts'
export { serveInspection } from './serve.ts'
export type { StartWorker } from './slot.ts'
