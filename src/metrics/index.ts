export { logged } from './exchange-line.ts'
export type { PolicyReadings } from './policy-families.ts'
export { createMetrics, type Metrics, type MetricsSummary, type Readings } from './metrics.ts'
