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

/** The policy, whose workers are replaced when their keys are. */
export interface Policy extends Activating {
  /** Readies workers with the keys, commits, and lets new exchanges go there. Where it rejects nothing has changed. */
  takeKeys(next: Keyring, commit: () => Promise<void>): Promise<void>
}

export async function openPolicy(
  live: Live,
  { audit, file: storeFile }: Storage,
  keyring: () => Keyring,
  labels: Labels,
  metrics: Metrics,
): Promise<Policy> {
  const rosterFile = live.config().roster?.file ?? rosterIn(live.config().dataDir)
  const startWith = (keys: Keyring, task: WorkerSettings['task']): Worker => {
    const [patientKey] = keysOf(keys, 'patient')
    const [maskKeys, rosterKeys] = [keysOf(keys, 'mask'), keysOf(keys, 'roster')]
    return startWorker({ task, storeFile, maskKeys, patientKey, rosterFile, rosterKeys })
  }
  const limits = (): Config['limits'] => live.config().limits
  const activating = await openActivating({
    config: live.config(),
    limits,
    start: (task) => startWith(keyring(), task),
    audit,
    labels,
    metrics,
    clock,
    log,
  })
  return {
    ...activating,
    takeKeys: (next, commit) => activating.renew((task) => startWith(next, task), commit),
  }
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
