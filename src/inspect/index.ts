export type { Answer } from './answer.ts'
export type {
  AnswerContext,
  AnswerReport,
  Counts,
  ForwardVerdict,
  HoldVerdict,
  RefuseVerdict,
  RequestJob,
  RequestVerdict,
} from './job.ts'
export { inspectJsonAnswer } from './json-answer.ts'
export { inspectRequest, type Inspector } from './request.ts'
export { scanRecorded, type ScanFinding, type ScanJob, type ScanVerdict } from './scan.ts'
export { inspectStream, type StreamInspection, type StreamStep } from './sse-answer.ts'
export type { MaskKeys } from './session.ts'
export { warmUp } from './warm-up.ts'
