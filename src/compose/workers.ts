/** The worker threads, and who starts them for what. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { rosterIn, type Config } from '../config/index.ts'
import type { Keyring } from '../keyring/index.ts'
import type { Metrics } from '../metrics/index.ts'
import type { SearchSettings, WorkerSettings } from '../worker.ts'
import { openActivating, type Activating } from './activating.ts'
import type { Live } from './live.ts'
import { clock, type Labels, log } from './process.ts'
import { type Storage, keysOf } from './storage.ts'

export function openPolicy(
  live: Live,
  { audit, file: storeFile }: Storage,
  keyring: Keyring,
  labels: Labels,
  metrics: Metrics,
): Promise<Activating> {
  const maskKeys = keysOf(keyring, 'mask')
  const [patientKey] = keysOf(keyring, 'patient')
  const rosterKeys = keysOf(keyring, 'roster')
  const rosterFile = live.config().roster?.file ?? rosterIn(live.config().dataDir)
  const start = (task: WorkerSettings['task']): Worker =>
    startWorker({ task, storeFile, maskKeys, patientKey, rosterFile, rosterKeys })
  const limits = (): Config['limits'] => live.config().limits
  return openActivating({
    config: live.config(),
    limits,
    start,
    audit,
    labels,
    metrics,
    clock,
    log,
  })
}

export function startSearch({ dataDir }: Config): Worker {
  const directory = join(dataDir, 'audit')
  const indexFile = join(dataDir, 'audit-index.db')
  return startWorker({ task: { kind: 'search' }, directory, indexFile })
}

function startWorker(settings: WorkerSettings | SearchSettings): Worker {
  // The sources run as they are; built, the worker stands as near to this file as JavaScript.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new Worker(new URL(`../worker.${extension}`, import.meta.url), {
    workerData: settings,
    resourceLimits: { maxOldGenerationSizeMb: 768 },
  })
}
