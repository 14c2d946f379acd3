/** Composition root of the server: opens the rooms, joins them, and closes them in order. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openArchiving } from './compose/archiving.ts'
import { openSinks, recordKeys, recordStart } from './compose/auditing.ts'
import { identity } from './compose/callers.ts'
import { consoleFor } from './compose/console-app.ts'
import { gatewayFor } from './compose/gateway-app.ts'
import { openLimiting } from './compose/limiting.ts'
import { goLive } from './compose/live.ts'
import { metered, meteredApp, metricsApp } from './compose/metering.ts'
import { clock, VERSION, type Labels, log } from './compose/process.ts'
import { leastRecordingDays, openRetaining, recordingDays } from './compose/retaining.ts'
import { addressOf, openNotifying, openReviewing } from './compose/reviewing.ts'
import type { Rooms } from './compose/rooms.ts'
import { rosterReport } from './compose/rostering.ts'
import { connectionFacts, openScanning } from './compose/scanning.ts'
import { openStorage, closeStorage, keysOf } from './compose/storage.ts'
import { tidyHeap } from './compose/tidy-heap.ts'
import { openPolicy, startSearch } from './compose/workers.ts'
import type { Config } from './config/index.ts'
import { createAdmission } from './gateway/index.ts'
import { createRefusedTokens } from './identity/index.ts'
import { liveKeyring, readKeyring, type Keyring } from './keyring/index.ts'
import { openListener, type Listener } from './listeners/index.ts'
import { crockford } from './mask/index.ts'
import { createMetrics, logged } from './metrics/index.ts'
import { threadedSearch } from './record/index.ts'
import { openHolds } from './retention/index.ts'

export interface RunningServer {
  readonly gatewayUrl: URL
  readonly consoleUrl: URL
  /** Undefined when no metrics are configured. */
  readonly metricsUrl: URL | undefined
  /** Takes over a new configuration as far as it can change without a restart (see LiveConfig), keys, and a new policy. */
  reload(load: () => Config): Promise<void>
  /** Takes over what stands at the policy's source. Never rejects: see the status. */
  activatePolicy(): Promise<void>
  /** Takes no new exchange, waits a while for those under way, ends and records the rest, then closes everything. */
  stop(): Promise<void>
}

/** Kubernetes kills 30 s after SIGTERM, unless told otherwise: what is ended has to be recorded before that. */
const DRAIN_MS = 20_000
/** How long clients may take to hear that their exchange was ended. */
const GOODBYE_MS = 1_000

/**
 * Starts the gateway and the console.
 * @param drainMs how long exchanges under way may go on when it stops
 */
export async function startServer(config: Config, drainMs = DRAIN_MS): Promise<RunningServer> {
  const keys = liveKeyring(readKeyring(config.keyringFile), {
    file: config.keyringFile,
    takeOver: async (next, commit) => {
      await policy.takeKeys(next, commit)
      storage.recordings.keysChanged()
    },
    record: (next) => recordKeys(storage.audit, config, next, labels),
    refused: (detail) =>
      storage.audit.append({ labels, custom: { kind: 'config-activation', detail } }),
    log,
  })
  const keyring = (): Keyring => keys.now()
  const labels: Labels = {
    id: `phi_${crockford(randomBytes(10), 10)}`,
    app: 'phigate',
    version: VERSION,
  }
  const metrics = createMetrics(() => performance.now())
  const storage = await openStorage(config, keyring, labels)
  await recordStart(storage.audit, config, keyring(), labels)
  const live = goLive(config, storage.audit, labels, metrics)
  const limiting = await openLimiting(
    () => live.config().limits,
    storage.store,
    clock,
    () => log('counts-not-kept', {}),
  )
  const refused = createRefusedTokens({ audit: storage.audit, labels, clock })
  const callers = identity(config, 'gateway', refused)
  const reviewers = identity(config, 'console', refused)
  let consoleUrl = addressOf(config)
  const reviewUrl = (id: string): URL =>
    new URL(`/reviews/${id}`, live.config().approvals.publicUrl ?? consoleUrl)
  const notifier = await openNotifying(config, storage.store.deliveries, keyring, {
    clock,
    reviewUrl,
    log,
  })
  const approvals = await openReviewing(
    () => live.config(),
    () => keysOf(keyring(), 'recording'),
    {
      store: storage.store.reviews,
      isBlocked: (principal) => limiting.blocks.has(principal),
      record: (record) => storage.audit.append(record),
      clock,
      labels,
      log,
      onChange: async (review) => {
        metrics.reviewed(review)
        await notifier.changed(review)
      },
    },
  )
  const search = threadedSearch(() => startSearch(config))
  const holds = openHolds(join(config.dataDir, 'legal-holds.json'))
  const archiving = await openArchiving({
    holds,
    directory: join(config.dataDir, 'recordings'),
    recordings: storage.recordings,
    store: storage.store,
    audit: storage.audit,
    labels,
    clock,
  })
  const policy = await openPolicy(live, storage, keyring, labels, metrics)
  const at = await openListeners(config)
  consoleUrl = at.console.url
  let draining = false
  const sinks = openSinks(config, storage.audit, log)
  const gated = sinks.gated(storage.audit)
  const retaining = openRetaining({
    config,
    archiving,
    holds,
    recordingDays: (connection) => recordingDays(live.config(), connection),
    leastRecordingDays: () => leastRecordingDays(live.config()),
    audit: storage.audit,
    sinks: () => sinks.statuses(),
    clock,
    labels,
    newId: () => `hold_${crockford(randomBytes(8), 10)}`,
    log,
  })
  const shadowed = policy.shadow?.audited(gated) ?? gated
  const audit = config.logExchanges === true ? logged(shadowed, log) : shadowed
  const rooms: Rooms = {
    ...metered({ audit, recordings: storage.recordings, callers }, metrics),
    lanes: policy.serving,
    policy: () => policy.readings(),
    admission: createAdmission(() => live.config().limits.bytesInFlight),
    approvals,
    archiving,
    scans: openScanning({
      archive: archiving.archive,
      scan: (job) => policy.serving.scan(job),
      connection: (name) => connectionFacts(live.config(), name),
      audit: storage.audit,
      labels,
      newId: () => `scan_${crockford(randomBytes(10), 16)}`,
    }),
    limiting,
    labels,
    metrics,
    notifier,
    reviewUrl,
    roster: rosterReport(() => live.config(), clock),
    log: storage.audit,
    search,
    sinks,
    refused,
    retaining,
  }
  const app = gatewayFor(live, rooms, () => draining)
  at.gateway.serve(meteredApp(app, metrics, () => performance.now()))
  at.console.serve(consoleFor(live, at.console.url, reviewers, policy, rooms))
  const readings = {
    startedAt: clock.now(),
    underWay: () => at.gateway.underWay(),
    clock,
    reviews: storage.store.reviews,
  }
  at.metrics?.serve(metricsApp(rooms, readings))
  tidyHeap()
  return {
    gatewayUrl: at.gateway.url,
    consoleUrl: at.console.url,
    metricsUrl: at.metrics?.url,
    async reload(load) {
      await live.reload(load)
      await keys.reload()
      await policy.activate()
    },
    activatePolicy: () => policy.activate(),
    async stop() {
      draining = true
      approvals.close()
      await drained(() => at.gateway.underWay(), drainMs)
      // Ends what is still under way, and waits until that is recorded.
      await policy.stop()
      await drained(() => at.gateway.underWay(), GOODBYE_MS)
      await Promise.all([at.gateway.close(), at.console.close(), at.metrics?.close()])
      for (const room of [live.settings().upstream, callers, reviewers]) room.close()
      await limiting.keeper.stop()
      await refused.close()
      await notifier.stop()
      await search.stop()
      await retaining.stop()
      await closeStorage(storage, labels)
      // The record of the stop and the last checkpoint are theirs, too.
      await sinks.stop()
    },
  }
}

interface Listeners {
  readonly gateway: Listener
  readonly console: Listener
  readonly metrics: Listener | undefined
}

async function openListeners(config: Config): Promise<Listeners> {
  const metrics =
    config.metrics === undefined ? undefined : await openListener(config.metrics, { log })
  const console = await openListener(config.console, { log })
  const gateway = await openListener(config.listen, { log })
  return { gateway, console, metrics }
}

async function drained(underWay: () => number, ms: number): Promise<void> {
  const until = performance.now() + ms
  while (underWay() > 0 && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
