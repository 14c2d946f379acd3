/** Composition root of the server. Longer than other files, because this is the one place that knows all the rooms. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { auditDesk, auditLogOf, openSinks, recordStart, type Sinks } from './auditing.ts'
import { openActivating, type Activating } from './activating.ts'
import { openArchiving, type Archiving } from './archiving.ts'
import type { Approvals } from './approve/index.ts'
import {
  liveConfig,
  rosterIn,
  type Config,
  type LiveConfig,
  type SignInConfig,
} from './config/index.ts'
import { createConsole, type AuditStatus, type ScanDesk } from './console/index.ts'
import type { AuditLog, Clock, RecordingStore } from './domain/index.ts'
import type { Upstream } from './forward/index.ts'
import { createHttpProxyUpstream } from './forward/adapters/http-proxy.ts'
import {
  createAdmission,
  createGateway,
  createRecentRefusals,
  createUnseenBytes,
  type Admission,
  type GatewaySettings,
} from './gateway/index.ts'
import {
  createIdentity,
  createRefusedTokens,
  type Identity,
  type IssuerAccess,
  type RefusedTokens,
  type SignInAccess,
} from './identity/index.ts'
import { fetchKeys } from './identity/adapters/jose-verify.ts'
import { discover } from './identity/adapters/openid-discovery.ts'
import { openidSignIn } from './identity/adapters/openid-sign-in.ts'
import type { MaskKeys } from './inspect/index.ts'
import { readKeyring, usableKeys, type Key, type Keyring } from './keyring/index.ts'
import { openListener, type Listener } from './listeners/index.ts'
import { openBlockDesk } from './limits/index.ts'
import { openLimiting, type Limiting } from './limiting.ts'
import { crockford } from './mask/index.ts'
import { loadOf, metered, meteredApp, meteredUpstream, metricsApp } from './metering.ts'
import { createMetrics, logged, type Metrics } from './metrics/index.ts'
import type { Notifier } from './notify/index.ts'
import { openAuditLog } from './record/adapters/winston-log.ts'
import { threadedSearch, type LogSearch, type OwnAuditLog } from './record/index.ts'
import { openRecordingStore, type OpenRecordings } from './recording/index.ts'
import {
  addressOf,
  consoleHosts,
  endingReviews,
  holdTimesOf,
  openNotifying,
  openReviewing,
  signInFor,
} from './reviewing.ts'
import { openHolds } from './retention/index.ts'
import { leastRecordingDays, openRetaining, recordingDays, type Retaining } from './retaining.ts'
import { rosterReport, rosterStatus, type RosterReport } from './rostering.ts'
import type { KeyPurpose } from './schema/index.ts'
import { connectionFacts, openScanning } from './scanning.ts'
import { openStore, type Store } from './store/index.ts'
import type { SearchSettings, WorkerSettings } from './worker.ts'

export interface RunningServer {
  readonly gatewayUrl: URL
  readonly consoleUrl: URL
  /** Undefined when no metrics are configured. */
  readonly metricsUrl: URL | undefined
  /** Takes over a new configuration as far as it can change without a restart (see LiveConfig), and a new policy. */
  reload(load: () => Config): Promise<void>
  /** Takes over what stands at the policy's source. Never rejects: see the status. */
  activatePolicy(): Promise<void>
  /** Takes no new exchange, waits for those under way, then closes everything. */
  stop(): Promise<void>
}

const clock: Clock = { now: () => Date.now() }
const DRAIN_MS = 30_000

const VERSION = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
).version

/** What is on disk. */
interface Storage {
  readonly audit: OwnAuditLog
  readonly recordings: OpenRecordings
  readonly file: string
  readonly store: Store
  close(): Promise<void>
}

type Labels = Readonly<Record<'id' | 'app' | 'version', string>>

/** Starts the gateway and the console. */
export async function startServer(config: Config): Promise<RunningServer> {
  const keyring = readKeyring(config.keyringFile)
  const labels: Labels = {
    id: `phi_${crockford(randomBytes(10), 10)}`,
    app: 'phigate',
    version: VERSION,
  }
  const metrics = createMetrics(() => performance.now())
  const storage = await openStorage(config, keyring, labels)
  await recordStart(storage.audit, config, keyring, labels)
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
  const approvals = await openReviewing(() => live.config(), keysOf(keyring, 'recording'), {
    store: storage.store.reviews,
    record: (record) => storage.audit.append(record),
    clock,
    labels,
    log,
    onChange: async (review) => {
      metrics.reviewed(review)
      await notifier.changed(review)
    },
  })
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
  return {
    gatewayUrl: at.gateway.url,
    consoleUrl: at.console.url,
    metricsUrl: at.metrics?.url,
    async reload(load) {
      await live.reload(load)
      await policy.activate()
    },
    activatePolicy: () => policy.activate(),
    async stop() {
      draining = true
      approvals.close()
      await drained(() => at.gateway.underWay())
      await Promise.all([at.gateway.close(), at.console.close(), at.metrics?.close()])
      await policy.stop()
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

async function closeStorage(storage: Storage, labels: Labels): Promise<void> {
  await storage.audit
    .append({ labels, custom: { kind: 'stop', detail: `phigate ${VERSION}` } })
    .catch(() => log('stop-not-recorded', {}))
  await storage.close()
}

async function openStorage(config: Config, keyring: Keyring, labels: Labels): Promise<Storage> {
  // First, because it makes the folder private and keeps a second process out of it.
  const audit = await openAuditLog(auditLogOf(config, keyring, clock, labels))
  const file = join(config.dataDir, 'phigate.db')
  const store = openStore(file)
  const recordings = await openRecordingStore({
    directory: join(config.dataDir, 'recordings'),
    index: store.recordingIndex,
    keys: keysOf(keyring, 'recording'),
  })
  return {
    audit,
    recordings,
    file,
    store,
    async close() {
      await audit.close()
      await recordings.close()
      store.close()
    },
  }
}

function settingsOf(config: Config, metrics: Metrics): GatewaySettings {
  return {
    connections: new Map(config.connections.map((connection) => [connection.name, connection])),
    defaultConnection: config.defaultConnection,
    upstream: meteredUpstream(upstreamOf(config), metrics),
    bodyBytes: config.limits.bodyBytes,
  }
}

type Live = LiveConfig<GatewaySettings>

function goLive(config: Config, audit: AuditLog, labels: Labels, metrics: Metrics): Live {
  return liveConfig(config, {
    make: (next) => settingsOf(next, metrics),
    retire: ({ upstream }) => upstream.retire(),
    record: (detail) => audit.append({ labels, custom: { kind: 'config-activation', detail } }),
    log,
  })
}

/** As plain data, because the keys cross a thread boundary. */
function keysOf(keyring: Keyring, purpose: KeyPurpose): MaskKeys {
  const [active, ...accepted] = usableKeys(keyring, purpose)
  const plain = ({ id, secret }: Key): MaskKeys[number] => ({ id, secret: secret.reveal() })
  return [plain(active), ...accepted.map(plain)]
}

function openPolicy(
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

function upstreamOf(config: Config): Upstream {
  return createHttpProxyUpstream(
    config.connections.map(({ name, upstream: url, timeoutMs, keys: [active] }) => ({
      name,
      url,
      timeoutMs,
      credential: () => ({ 'x-api-key': active.secret.reveal() }),
    })),
  )
}

interface Rooms {
  readonly audit: AuditLog
  readonly recordings: RecordingStore
  readonly lanes: Activating['serving']
  readonly policy: Activating['readings']
  readonly callers: Identity
  readonly admission: Admission
  readonly approvals: Approvals
  readonly archiving: Archiving
  readonly scans: ScanDesk
  readonly notifier: Notifier
  readonly reviewUrl: (id: string) => URL
  readonly limiting: Limiting
  readonly labels: Labels
  readonly metrics: Metrics
  readonly roster: () => RosterReport
  /** The log itself, without what is measured around it. */
  readonly log: OwnAuditLog
  readonly search: LogSearch
  readonly sinks: Sinks
  readonly refused: RefusedTokens
  readonly retaining: Retaining
}

function gatewayFor(live: Live, rooms: Rooms, draining: () => boolean): RequestListener {
  const { audit, recordings, lanes, callers, labels, limiting, admission, approvals } = rooms
  const config = live.config()
  return createGateway({
    settings: () => live.settings(),
    lanes: () => lanes.exchange(),
    audit,
    recordings,
    approvals,
    get holdTimes() {
      return holdTimesOf(live.config())
    },
    reviewUrl: rooms.reviewUrl,
    clock,
    labels,
    log,
    draining,
    authenticate: (headers) => callers.authenticate(headers),
    admission,
    limiter: limiting.limiter,
    blocks: limiting.blocks,
    unseen: createUnseenBytes(),
    refusals: createRecentRefusals(clock),
    newDecisionId: () => `dec_${crockford(randomBytes(17), 26)}`,
    allowedHosts: config.allowedHosts === undefined ? undefined : new Set(config.allowedHosts),
    notReady: () => {
      const ready = {
        policy: lanes.ready(),
        audit: audit.healthy(),
        recordings: recordings.healthy(),
        issuer: callers.ready(),
      }
      return Object.entries(ready).flatMap(([name, is]) => (is ? [] : [name]))
    },
    warnings: () => [rooms.roster().warning].filter((warning) => warning !== undefined),
  })
}

function consoleFor(
  live: Live,
  listenerUrl: URL,
  reviewers: Identity,
  policy: Activating,
  rooms: Rooms,
): RequestListener {
  const { audit, labels, limiting, approvals, archiving, notifier } = rooms
  const config = live.config()
  const publicUrl = config.approvals.publicUrl ?? listenerUrl
  const allowedHosts = consoleHosts(config, listenerUrl)
  const startedAt = clock.now()
  const desk = openBlockDesk({ blocks: limiting.blocks, audit, clock, labels })
  return createConsole({
    identity: reviewers,
    clock,
    publicUrl,
    bundles: () => policy.status(),
    history: () => policy.history(),
    principals: {
      list: () => ({ blocks: limiting.blocks.list(), uses: limiting.limiter.uses() }),
      ...desk,
      block: async (block) => {
        await desk.block(block)
        await approvals.cancelAll(block.id, block.by, block.reason)
      },
    },
    reviews: { approvals, url: rooms.reviewUrl, clock },
    recordings: endingReviews(archiving.desk, approvals),
    scans: rooms.scans,
    webhooks: notifier,
    audit: auditDesk(rooms.log, rooms.search, labels),
    retention: rooms.retaining.desk,
    signIn: signInFor(config.signIn, publicUrl, signInAccess, clock, (issuer) =>
      rooms.refused.count('sign-in', issuer),
    ),
    status: () => ({
      version: VERSION,
      startedAt,
      audit: auditStatus(audit, rooms),
      load: loadOf(rooms, live.config().limits.perPrincipal),
      roster: rosterStatus(rooms.roster()),
    }),
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
  })
}

function auditStatus(audit: AuditLog, { log: own, sinks }: Rooms): AuditStatus {
  const { seq, time } = own.checkpoint() ?? {}
  return {
    healthy: audit.healthy(),
    ...(seq === undefined || time === undefined ? {} : { checkpoint: { seq, time } }),
    sinks: sinks.statuses(),
  }
}

function signInAccess({ issuer, clientId, clientSecret, scopes }: SignInConfig): SignInAccess {
  const secret = (): string => clientSecret.reveal()
  return openidSignIn({ issuer: issuer.url, clientId, clientSecret: secret, scopes, clock })
}

function startSearch({ dataDir }: Config): Worker {
  const directory = join(dataDir, 'audit')
  const indexFile = join(dataDir, 'audit-index.db')
  return startWorker({ task: { kind: 'search' }, directory, indexFile })
}

function startWorker(settings: WorkerSettings | SearchSettings): Worker {
  // The sources run as they are; built, the worker stands beside this file as JavaScript.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new Worker(new URL(`./worker.${extension}`, import.meta.url), {
    workerData: settings,
    resourceLimits: { maxOldGenerationSizeMb: 768 },
  })
}

function identity(config: Config, of: 'gateway' | 'console', refused: RefusedTokens): Identity {
  const access: IssuerAccess = { discover, fetchKeys }
  const issuers = config.issuers.map(
    ({ url, consoleAudience, maxKeyAgeSeconds, baseScope, ...rules }) => ({
      ...rules,
      issuer: url,
      maxKeyAgeMs: maxKeyAgeSeconds * 1000,
      ...(of === 'gateway' ? { requiredScope: baseScope } : { audience: consoleAudience }),
    }),
  )
  const checks = createIdentity({ issuers, clock, onRefused: refused.count }, access)
  // Asked once now, so that the keys are there before the first caller is.
  checks.ready()
  return checks
}

async function drained(underWay: () => number): Promise<void> {
  const until = clock.now() + DRAIN_MS
  while (underWay() > 0 && clock.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** One JSON line on stderr. Details are names, ids and counts. */
function log(event: string, details: Readonly<Record<string, string | number>>): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...details })}\n`)
}
