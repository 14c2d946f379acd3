export { logged } from './exchange-line.ts'
export { createMetrics, type Metrics, type MetricsSummary, type Readings } from './metrics.ts'
