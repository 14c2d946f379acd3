/** Evaluates policy in a worker thread, as phigate does, and tells how long each decision took. */
import { parentPort, workerData } from 'node:worker_threads'
import { openOpaWasm } from '../../../src/policy/adapters/opa-wasm.ts'
import { openPolicy, readBundle, type PolicyEngine } from '../../../src/policy/index.ts'
import type { PolicyInput } from '../../../src/schema/index.ts'

export interface WorkerTask {
  readonly bundle: string
  readonly facts: PolicyInput
}

/** Times of single calls in microseconds, unsorted. */
export interface WorkerTimes {
  /** The whole decision: schema of the facts, evaluation, schema of the answer, the host's own check. */
  readonly decision: readonly number[]
  /** The evaluation in WASM alone. */
  readonly evaluation: readonly number[]
  readonly outcome: string
  readonly memoryBytes: number
  /** From the bundle to the first decision. */
  readonly openMs: number
}

const { bundle: dir, facts } = workerData as WorkerTask
const bundle = readBundle(dir)
const began = performance.now()
let engine: PolicyEngine | undefined
const policy = openPolicy(bundle, (given) => {
  engine = openOpaWasm(given)
  return engine
})
const { outcome } = policy.decide(facts)
const openMs = performance.now() - began

parentPort?.on('message', (count: number) => {
  const decision = times(count, () => policy.decide(facts))
  const evaluation = times(count, () => engine?.evaluate('gateway/decision', facts))
  const memoryBytes = engine?.memoryBytes() ?? 0
  const found: WorkerTimes = { decision, evaluation, outcome, memoryBytes, openMs }
  parentPort?.postMessage(found, [])
})

function times(count: number, act: () => unknown): readonly number[] {
  return Array.from({ length: count }, () => {
    const start = process.hrtime.bigint()
    act()
    return Number(process.hrtime.bigint() - start) / 1000
  })
}
