/** Composition root of the server. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Config } from './config/index.ts'
import { createConsole } from './console/index.ts'
import type { Clock } from './domain/index.ts'
import { createHttpProxyUpstream } from './forward/adapters/http-proxy.ts'
import {
  createAdmission,
  createGateway,
  createRecentRefusals,
  createUnseenBytes,
} from './gateway/index.ts'
import { createIdentity, type Identity, type IssuerAccess } from './identity/index.ts'
import { fetchKeys } from './identity/adapters/jose-verify.ts'
import { discover } from './identity/adapters/openid-discovery.ts'
import { startLanes } from './lanes/index.ts'
import { crockford } from './mask/index.ts'
import { readBundle } from './policy/index.ts'
import { openAuditLog } from './record/adapters/winston-log.ts'
import { openRecordingStore } from './record/index.ts'
import { openStore } from './store/index.ts'
import type { WorkerSettings } from './worker.ts'

export interface RunningServer {
  readonly gatewayUrl: URL
  readonly consoleUrl: URL
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

/** Starts the gateway and the console. */
export async function startServer(config: Config): Promise<RunningServer> {
  const bundle = readBundle(config.policyDir)
  const instance = `phi_${crockford(randomBytes(10), 10)}`
  const labels = { id: instance, app: 'phigate', version: VERSION }
  // First, because it makes the folder private and keeps a second process out of it.
  const audit = await openAuditLog({
    directory: join(config.dataDir, 'audit'),
    clock,
    labels,
    version: VERSION,
  })
  const storeFile = join(config.dataDir, 'phigate.db')
  const store = openStore(storeFile)
  const recordings = await openRecordingStore({
    directory: join(config.dataDir, 'recordings'),
    index: store.recordingIndex,
  })
  const workerData: WorkerSettings = {
    policyDir: config.policyDir,
    policyDigest: bundle.digest,
    storeFile,
    master: config.master,
  }
  const lanes = startLanes(() => startWorker(workerData), config.limits)
  const identityFor = (audience: string): Identity => identity(config, audience)
  const gatewayIdentity = identityFor(config.issuer.audience)
  const consoleIdentity = identityFor(config.issuer.consoleAudience)
  // Asked once now, so that the keys are there before the first caller is.
  gatewayIdentity.ready()
  consoleIdentity.ready()
  const upstream = createHttpProxyUpstream(
    config.connections.map(({ name, upstream: url, timeoutMs, key }) => ({
      name,
      url,
      timeoutMs,
      credential: () => ({ 'x-api-key': key.reveal() }),
    })),
  )
  const admission = createAdmission(config.limits.bytesInFlight)
  let draining = false
  const gateway = createGateway({
    baseScope: config.issuer.baseScope,
    defaultConnection: config.defaultConnection,
    lanes,
    audit,
    recordings,
    upstream,
    admission,
    clock,
    labels,
    log,
    authenticate: (headers) => gatewayIdentity.authenticate(headers),
    connections: new Map(config.connections.map((connection) => [connection.name, connection])),
    unseen: createUnseenBytes(),
    refusals: createRecentRefusals(clock),
    bodyBytes: config.limits.bodyBytes,
    newDecisionId: () => `dec_${crockford(randomBytes(17), 26)}`,
    allowedHosts: config.allowedHosts === undefined ? undefined : new Set(config.allowedHosts),
    draining: () => draining,
    notReady: () => {
      const parts = {
        policy: lanes.ready(),
        audit: audit.healthy(),
        recordings: recordings.healthy(),
      }
      const all = {
        ...parts,
        issuer: gatewayIdentity.ready(),
      }
      return Object.entries(all).flatMap(([name, ready]) => (ready ? [] : [name]))
    },
  })
  await lanes.whenReady()
  if (!lanes.ready())
    throw new Error('the inspection workers do not start: is the policy bundle whole?')
  const activatedAt = clock.now()
  await audit.append({ labels, custom: { kind: 'start', detail: `phigate ${VERSION}` } })
  await audit.append({
    labels,
    bundles: { phigate: { revision: bundle.revision } },
    custom: {
      kind: 'policy-activation',
      detail: `digest ${bundle.digest}`,
    },
  })
  const gatewayServer = await listen(gateway, config.listen)
  const underWay = countAnswers(gatewayServer)
  const startedAt = clock.now()
  const consoleServer = await listen(undefined, config.console)
  const consoleUrl = urlOf(consoleServer)
  consoleServer.on(
    'request',
    createConsole({
      identity: consoleIdentity,
      clock,
      publicUrl: consoleUrl,
      policy: () => ({
        revision: bundle.revision,
        activatedAt,
      }),
      status: () => ({
        version: VERSION,
        startedAt,
        audit: { healthy: audit.healthy() },
      }),
      ...(config.allowedHosts === undefined ? {} : { allowedHosts: config.allowedHosts }),
    }),
  )
  return {
    gatewayUrl: urlOf(gatewayServer),
    consoleUrl,
    async stop() {
      draining = true
      await drained(underWay)
      await Promise.all([close(gatewayServer), close(consoleServer)])
      await lanes.stop()
      upstream.close()
      gatewayIdentity.close()
      consoleIdentity.close()
      await audit
        .append({ labels, custom: { kind: 'stop', detail: `phigate ${VERSION}` } })
        .catch(() => {
          log('stop-not-recorded', {})
        })
      await audit.close()
      await recordings.close()
      store.close()
    },
  }
}

function startWorker(settings: WorkerSettings): Worker {
  // The sources run as they are; built, the worker stands beside this file as JavaScript.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new Worker(new URL(`./worker.${extension}`, import.meta.url), {
    workerData: settings,
    resourceLimits: { maxOldGenerationSizeMb: 768 },
  })
}

function identity(config: Config, audience: string): Identity {
  const access: IssuerAccess = { discover, fetchKeys }
  const { url, algorithms, groupsClaim } = config.issuer
  return createIdentity({ issuer: url, audience, algorithms, groupsClaim, clock }, access)
}

function listen(
  app: RequestListener | undefined,
  address: { readonly host: string; readonly port: number },
): Promise<Server> {
  const server = app === undefined ? createServer() : createServer(app)
  // A body may come slowly; headers may not (headersTimeout keeps its default of 60 s).
  server.requestTimeout = 660_000
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(address.port, address.host, () => resolve(server))
  })
}

function urlOf(server: Server): URL {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen')
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return new URL(`http://${host}:${address.port}`)
}

/** Counts until a client has the last byte, which may be long after the exchange has ended here. */
function countAnswers(server: Server): () => number {
  let open = 0
  server.on('request', (_request, response) => {
    open += 1
    response.once('close', () => (open -= 1))
  })
  return () => open
}

async function drained(underWay: () => number): Promise<void> {
  const until = clock.now() + DRAIN_MS
  while (underWay() > 0 && clock.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** One JSON line on stderr. Details are names, ids and counts. */
function log(event: string, details: Readonly<Record<string, string | number>>): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...details })}\n`)
}
