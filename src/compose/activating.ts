/** The part of the composition root that holds the policy: its workers, its archive, and what is tried beside it. */
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import {
  createPolicyHost,
  createServing,
  followRehearsal,
  mark,
  marks,
  newTurn,
  openShadow,
  stampOf,
  watchStamp,
  type ArchivedBundle,
  type BundleStatus,
  type Mark,
  type PolicyHost,
  type PolicySource,
  type Serving,
  type Shadow,
  type WorkerTask,
} from '../activation/index.ts'
import type { Config } from '../config/index.ts'
import type { AuditLog, Clock } from '../domain/index.ts'
import { startLanes, type LaneLimits, type Lanes } from '../lanes/index.ts'
import { meteredLanes } from './metering.ts'
import type { Metrics, PolicyReadings } from '../metrics/index.ts'

export interface Activating {
  readonly serving: Serving
  readonly shadow: Shadow | undefined
  /** Takes over what stands at the source. Never rejects. */
  activate(): Promise<void>
  /**
   * Replaces the workers of the active policy by others, which `start` starts; those under way end with their exchanges.
   * @param commit called when they are ready; where it rejects, they are stopped
   */
  renew(start: ActivatingOptions['start'], commit: () => Promise<void>): Promise<void>
  status(): readonly BundleStatus[]
  /** Every bundle that was ever active. */
  history(): readonly Mark[]
  readings(): PolicyReadings
  stop(): Promise<void>
}

export interface ActivatingOptions {
  readonly config: Config
  /** Read anew each time: a reload changes them. */
  readonly limits: () => LaneLimits
  readonly start: (task: WorkerTask) => Worker
  readonly audit: AuditLog
  readonly labels: Readonly<Record<string, string>>
  readonly metrics: Metrics
  readonly clock: Clock
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}

const WATCH_MS = 500
const REHEARSAL_MS = 60_000
const SHADOW_MS = 5_000

/** Opens the policy that is configured. Where it cannot be activated everything is denied, until one can. */
export async function openActivating(options: ActivatingOptions): Promise<Activating> {
  const { config, clock, log } = options
  const { source, shadow: tried } = config.policy ?? {
    source: { kind: 'directory' as const, directory: config.policyDir, watch: false },
    shadow: undefined,
  }
  const archiveDir = join(config.dataDir, 'policies')
  const serving = createServing(() => log('exchanges-of-old-policy-ended', {}))
  const host = hostFor(options, source, archiveDir, serving)
  const judge = (at: PolicySource): Shadow =>
    openShadow({
      start: () => options.start({ kind: 'judge', source: at }),
      clock,
      log,
      deadlineMs: SHADOW_MS,
    })
  const shadow = tried === undefined ? undefined : judge(tried)
  const watches = [
    ...(source.watch
      ? [
          watchStamp(
            () => stampOf(source),
            WATCH_MS,
            () => void host.activate(),
          ),
        ]
      : []),
    ...(tried?.watch === true
      ? [
          watchStamp(
            () => stampOf(tried),
            WATCH_MS,
            () => shadow?.reload(),
          ),
        ]
      : []),
  ]
  await host.activate()
  return {
    serving,
    shadow,
    async activate() {
      shadow?.reload()
      await host.activate()
    },
    renew: (start, commit) =>
      host.renew((bundle) => openLanes({ ...options, start }, bundle, true), commit),
    status: () => [host.status(), ...(shadow === undefined ? [] : [shadow.status()])],
    history: () => marks(archiveDir),
    readings: () => readingsOf(host, shadow),
    async stop() {
      for (const watch of watches) watch.stop()
      await host.stop()
      await Promise.all([serving.stop(), shadow?.stop()])
    },
  }
}

function hostFor(
  options: ActivatingOptions,
  source: PolicySource,
  archiveDir: string,
  serving: Serving,
): PolicyHost {
  const { start, audit, labels, clock, log } = options
  const now = (): string => new Date(clock.now()).toISOString()
  return createPolicyHost({
    serving,
    clock,
    log,
    stamp: () => stampOf(source),
    rehearse: () =>
      followRehearsal(start({ kind: 'rehearse', source, archiveDir, now: now() }), REHEARSAL_MS),
    openLanes: (bundle, quietly) => openLanes(options, bundle, quietly),
    async commit(bundle, canaries) {
      mark(bundle, now())
      const serial = bundle.serial === undefined ? '' : `, serial ${bundle.serial}`
      const detail = `digest ${bundle.digest}${serial}, canaries ${canaries}`
      const bundles = { phigate: { revision: bundle.revision } }
      await audit.append({ labels, bundles, custom: { kind: 'policy-activation', detail } })
    },
    refused: (message) =>
      audit.append({ labels, custom: { kind: 'policy-refused', detail: message.slice(0, 500) } }),
  })
}

async function openLanes(
  { start, limits, metrics }: ActivatingOptions,
  { directory, seal }: ArchivedBundle,
  quietly: boolean,
): Promise<Lanes> {
  const turn = quietly ? { turn: newTurn() } : {}
  const task: WorkerTask = { kind: 'inspect', policyDir: directory, policySeal: seal, ...turn }
  const live: LaneLimits = {
    get smallBodyBytes() {
      return limits().smallBodyBytes
    },
    get inspectionBaseMs() {
      return limits().inspectionBaseMs
    },
    get inspectionPerMegabyteMs() {
      return limits().inspectionPerMegabyteMs
    },
  }
  const lanes = startLanes(() => start(task), live)
  await lanes.whenReady()
  if (lanes.ready()) return meteredLanes(lanes, metrics)
  await lanes.stop()
  throw new Error('the inspection workers do not start')
}

function readingsOf(host: PolicyHost, shadow: Shadow | undefined): PolicyReadings {
  const { active_revision: revision, last_successful_activation: at } = host.status()
  return {
    revision,
    activatedAt: at === undefined ? undefined : Date.parse(at),
    activations: host.counts(),
    shadow: shadow?.counts(),
  }
}
