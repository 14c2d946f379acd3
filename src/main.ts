/** Composition root of the server. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { liveConfig, type Config, type LiveConfig } from './config/index.ts'
import { createConsole } from './console/index.ts'
import type { AuditLog, Clock, RecordingStore } from './domain/index.ts'
import type { Upstream } from './forward/index.ts'
import { createHttpProxyUpstream } from './forward/adapters/http-proxy.ts'
import {
  createAdmission,
  createGateway,
  createRecentRefusals,
  createUnseenBytes,
  type GatewaySettings,
} from './gateway/index.ts'
import {
  createIdentity,
  createRefusedTokens,
  type Identity,
  type IssuerAccess,
  type RefusedTokens,
} from './identity/index.ts'
import { fetchKeys } from './identity/adapters/jose-verify.ts'
import { discover } from './identity/adapters/openid-discovery.ts'
import type { MaskKeys } from './inspect/index.ts'
import { readKeyring, usableKeys, type Key, type Keyring } from './keyring/index.ts'
import { startLanes, type LaneLimits, type Lanes } from './lanes/index.ts'
import { openListener } from './listeners/index.ts'
import { crockford } from './mask/index.ts'
import { readBundle, type PolicyBundle } from './policy/index.ts'
import { openAuditLog } from './record/adapters/winston-log.ts'
import { openRecordingStore } from './record/index.ts'
import { openStore } from './store/index.ts'
import type { WorkerSettings } from './worker.ts'

export interface RunningServer {
  readonly gatewayUrl: URL
  readonly consoleUrl: URL
  /** Takes over a new configuration as far as it can change without a restart; see LiveConfig. */
  reload(load: () => Config): Promise<void>
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
  readonly audit: AuditLog
  readonly recordings: RecordingStore
  readonly file: string
  close(): Promise<void>
}

type Labels = Readonly<Record<'id' | 'app' | 'version', string>>

/** Starts the gateway and the console. */
export async function startServer(config: Config): Promise<RunningServer> {
  const bundle = readBundle(config.policyDir)
  const keyring = readKeyring(config.keyringFile)
  const labels: Labels = {
    id: `phi_${crockford(randomBytes(10), 10)}`,
    app: 'phigate',
    version: VERSION,
  }
  const storage = await openStorage(config, labels)
  const live = goLive(config, storage.audit, labels)
  const lanes = await openLanes(live, bundle, storage, maskKeysOf(keyring))
  const refused = createRefusedTokens({ audit: storage.audit, labels, clock })
  const callers = identity(config, 'gateway', refused)
  const reviewers = identity(config, 'console', refused)
  const activatedAt = await recordStart(storage.audit, labels, bundle)
  const [gatewayAt, consoleAt] = await Promise.all(
    [config.listen, config.console].map((address) => openListener(address, { log })),
  )
  if (gatewayAt === undefined || consoleAt === undefined) throw new Error('a listener is missing')
  let draining = false
  gatewayAt.serve(gatewayFor(live, { storage, lanes, callers, labels }, () => draining))
  const policy = { revision: bundle.revision, activatedAt }
  consoleAt.serve(consoleFor(config, consoleAt.url, reviewers, policy, storage.audit))
  return {
    gatewayUrl: gatewayAt.url,
    consoleUrl: consoleAt.url,
    reload: (load) => live.reload(load),
    async stop() {
      draining = true
      await drained(() => gatewayAt.underWay())
      await Promise.all([gatewayAt.close(), consoleAt.close()])
      await lanes.stop()
      live.settings().upstream.close()
      callers.close()
      reviewers.close()
      await refused.close()
      await storage.audit
        .append({ labels, custom: { kind: 'stop', detail: `phigate ${VERSION}` } })
        .catch(() => log('stop-not-recorded', {}))
      await storage.close()
    },
  }
}

async function openStorage(config: Config, labels: Labels): Promise<Storage> {
  // First, because it makes the folder private and keeps a second process out of it.
  const directory = join(config.dataDir, 'audit')
  const audit = await openAuditLog({ directory, clock, labels, version: VERSION })
  const file = join(config.dataDir, 'phigate.db')
  const store = openStore(file)
  const recordings = await openRecordingStore({
    directory: join(config.dataDir, 'recordings'),
    index: store.recordingIndex,
  })
  return {
    audit,
    recordings,
    file,
    async close() {
      await audit.close()
      await recordings.close()
      store.close()
    },
  }
}

function settingsOf(config: Config): GatewaySettings {
  return {
    connections: new Map(config.connections.map((connection) => [connection.name, connection])),
    defaultConnection: config.defaultConnection,
    upstream: upstreamOf(config),
    bodyBytes: config.limits.bodyBytes,
  }
}

type Live = LiveConfig<GatewaySettings>

function goLive(config: Config, audit: AuditLog, labels: Labels): Live {
  return liveConfig(config, {
    make: settingsOf,
    retire: ({ upstream }) => upstream.retire(),
    record: (detail) => audit.append({ labels, custom: { kind: 'config-activation', detail } }),
    log,
  })
}

/** As plain data, because the keys cross a thread boundary. */
function maskKeysOf(keyring: Keyring): MaskKeys {
  const [active, ...accepted] = usableKeys(keyring, 'mask')
  const plain = ({ id, secret }: Key): MaskKeys[number] => ({ id, secret: secret.reveal() })
  return [plain(active), ...accepted.map(plain)]
}

async function openLanes(
  live: Live,
  bundle: PolicyBundle,
  storage: Storage,
  maskKeys: MaskKeys,
): Promise<Lanes> {
  const config = live.config()
  const workerData: WorkerSettings = {
    policyDir: config.policyDir,
    policyDigest: bundle.digest,
    storeFile: storage.file,
    maskKeys,
  }
  // Read anew each time: a reload changes them.
  const limits: LaneLimits = {
    get smallBodyBytes() {
      return live.config().limits.smallBodyBytes
    },
    get inspectionBaseMs() {
      return live.config().limits.inspectionBaseMs
    },
    get inspectionPerMegabyteMs() {
      return live.config().limits.inspectionPerMegabyteMs
    },
  }
  const lanes = startLanes(() => startWorker(workerData), limits)
  await lanes.whenReady()
  if (lanes.ready()) return lanes
  await lanes.stop()
  await storage.close()
  throw new Error('the inspection workers do not start: is the policy bundle whole?')
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

/** @returns when the policy became active */
async function recordStart(audit: AuditLog, labels: Labels, bundle: PolicyBundle): Promise<number> {
  await audit.append({ labels, custom: { kind: 'start', detail: `phigate ${VERSION}` } })
  await audit.append({
    labels,
    bundles: { phigate: { revision: bundle.revision } },
    custom: { kind: 'policy-activation', detail: `digest ${bundle.digest}` },
  })
  return clock.now()
}

interface GatewayRooms {
  readonly storage: Storage
  readonly lanes: Lanes
  readonly callers: Identity
  readonly labels: Labels
}

function gatewayFor(live: Live, rooms: GatewayRooms, draining: () => boolean): RequestListener {
  const { storage, lanes, callers, labels } = rooms
  const config = live.config()
  const { audit, recordings } = storage
  return createGateway({
    settings: () => live.settings(),
    lanes,
    audit,
    recordings,
    clock,
    labels,
    log,
    draining,
    authenticate: (headers) => callers.authenticate(headers),
    admission: createAdmission(() => live.config().limits.bytesInFlight),
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
  })
}

function consoleFor(
  config: Config,
  publicUrl: URL,
  reviewers: Identity,
  policy: { readonly revision: string; readonly activatedAt: number },
  audit: AuditLog,
): RequestListener {
  const startedAt = clock.now()
  return createConsole({
    identity: reviewers,
    clock,
    publicUrl,
    policy: () => policy,
    status: () => ({ version: VERSION, startedAt, audit: { healthy: audit.healthy() } }),
    ...(config.allowedHosts === undefined ? {} : { allowedHosts: config.allowedHosts }),
  })
}

function startWorker(settings: WorkerSettings): Worker {
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
