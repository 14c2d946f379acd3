/** Composition root of an inspection worker. */
import { parentPort, workerData } from 'node:worker_threads'
import { warmUp, type MaskKeys } from './inspect/index.ts'
import { serveInspection } from './lanes/index.ts'
import { openPolicy, readBundle } from './policy/index.ts'
import { openOpaWasm } from './policy/adapters/opa-wasm.ts'
import { liveRoster, type RosterKey } from './roster/index.ts'
import { openStore } from './store/index.ts'

/** What main.ts hands to a worker. */
export interface WorkerSettings {
  readonly policyDir: string
  /** Digest of the bundle that main.ts announces: a worker never runs another. */
  readonly policyDigest: string
  readonly storeFile: string
  /** The active one first. */
  readonly maskKeys: MaskKeys
  readonly patientKey: MaskKeys[0]
  /** Where the roster is, if there is one. */
  readonly rosterFile: string
  readonly rosterKeys: readonly RosterKey[]
}

if (parentPort !== null) {
  const settings = workerData as WorkerSettings
  const bundle = readBundle(settings.policyDir)
  if (bundle.digest !== settings.policyDigest)
    throw new Error('the policy bundle was replaced on disk')
  const store = openStore(settings.storeFile)
  warmUp()
  serveInspection(parentPort, {
    policy: openPolicy(bundle, openOpaWasm),
    memory: store.maskMemory,
    maskKeys: settings.maskKeys,
    patientKey: settings.patientKey,
    roster: liveRoster(settings.rosterFile, settings.rosterKeys),
    nanoseconds: () => Number(process.hrtime.bigint()),
  })
}
