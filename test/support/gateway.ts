import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DEFAULT_APPROVALS,
  DEFAULT_LIMITS,
  DEFAULT_POLICY_DIR,
  keyringIn,
  Secret,
  usualIssuer,
  type Config,
  type ConnectionConfig,
} from '../../src/config/index.ts'
import { demoSignIn, startDemoIssuer, type DemoIssuer } from '../../src/demo/issuer.ts'
import { startSimulator, type Simulator } from '../../src/demo/simulator/index.ts'
import { createKeyring, KeySecret, mintAt, newKeyring, type Mint } from '../../src/keyring/index.ts'
import { startServer, type RunningServer } from '../../src/main.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { recordedTexts } from './recordings.ts'

/** The key that only phigate may know. */
export const UPSTREAM_KEY = 'sk-upstream-0123456789abcdef'

export interface TestGateway {
  readonly url: URL
  readonly server: RunningServer
  readonly simulator: Simulator
  readonly issuer: DemoIssuer
  readonly dataDir: string
  /** A token of the service account svc-triage. */
  readonly token: string
  /** Sends a Messages body, as text where it must keep its bytes. */
  post(body: unknown, options?: PostOptions): Promise<Response>
  /** All records that are on disk. */
  records(): AuditRecord[]
  /** Everything that was written: audit log, recordings (decrypted), database. */
  written(): string
  /** What SIGHUP does, with the configuration it has. */
  reload(): Promise<void>
  stop(): Promise<void>
}

export interface PostOptions {
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** A real gateway with a real issuer, in front of the simulator or of the upstream in `overrides`. */
export async function startTestGateway(
  overrides: Partial<Config> = {},
  moreIssuers: Config['issuers'] = [],
  /** Of the issuer: the same one over a restart keeps the principals' ids. */
  issuerPort = 0,
  /** How long a stop lets exchanges go on. */
  drainMs?: number,
): Promise<TestGateway> {
  const dataDir = overrides.dataDir ?? mkdtempSync(join(tmpdir(), 'phigate-test-'))
  const issuer = await startDemoIssuer({ port: issuerPort })
  const simulator = await startSimulator({ port: 0, apiKey: UPSTREAM_KEY })
  const config = configFor(dataDir, issuer, simulator.url)
  const issuers = [...config.issuers, ...moreIssuers]
  const running = { ...config, issuers, ...overrides }
  const server = await startServer(running, drainMs)
  const token = await issuer.token('svc-triage')
  const url = server.gatewayUrl
  return {
    url,
    server,
    simulator,
    issuer,
    dataDir,
    token,
    post: (body, options = {}) =>
      fetch(new URL(options.path ?? '/v1/messages', url), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...options.headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...(options.signal === undefined ? {} : { signal: options.signal }),
      }),
    records: () => recordsIn(dataDir),
    written: () =>
      ['audit/audit.ndjson', 'phigate.db', 'phigate.db-wal', 'recordings.db', 'recordings.db-wal']
        .map((name) => readIfThere(join(dataDir, name)))
        .concat(recordedTexts(dataDir))
        .join('\n'),
    reload: () => server.reload(() => running),
    async stop() {
      await server.stop()
      await simulator.close()
      await issuer.close()
      if (overrides.dataDir === undefined)
        rmSync(dataDir, {
          recursive: true,
          force: true,
        })
    },
  }
}

/** The settings of the demo's connections, for an upstream of the test's own. */
export function connectionsTo(upstream: URL, timeoutMs = 20_000): Config['connections'] {
  const keys: ConnectionConfig['keys'] = [{ id: 'test', secret: new Secret(UPSTREAM_KEY) }]
  const connection = { upstream, timeoutMs, keys }
  return [
    { name: 'claude', labels: { baa: true }, ...connection },
    { name: 'claude-strict', labels: { baa: false }, ...connection },
  ]
}

/** An inspection takes many times as long under coverage, and on a machine that does other work: no test is about that. */
export const UNHURRIED = {
  ...DEFAULT_LIMITS,
  inspectionBaseMs: 20_000,
  inspectionPerMegabyteMs: 5000,
}

/** Who wants to see an exchange wait has to ask for it. */
const HASTY = { ...DEFAULT_APPROVALS, streamSeconds: 0.2, silentSeconds: 0.2 }

function configFor(dataDir: string, issuer: DemoIssuer, upstream: URL): Config {
  return {
    listen: {
      host: '127.0.0.1',
      port: 0,
    },
    console: {
      host: '127.0.0.1',
      port: 0,
    },
    dataDir,
    policyDir: DEFAULT_POLICY_DIR,
    connections: connectionsTo(upstream),
    keyringFile: testKeyring(dataDir),
    issuers: [usualIssuer(issuer.issuer)],
    defaultConnection: 'claude',
    limits: UNHURRIED,
    approvals: HASTY,
    allowedHosts: undefined,
    signIn: demoSignIn(issuer),
  }
}

/** Keys that are the same in every run, unless the test has made others. */
function testKeyring(dataDir: string): string {
  const file = keyringIn(dataDir)
  const secret = new KeySecret(new Uint8Array(32).fill(7))
  const mint: Mint = (purpose) => ({
    ...mintAt(new Date())(purpose),
    id: `${purpose}-test`,
    secret,
  })
  if (!existsSync(file)) createKeyring(file, newKeyring(mint))
  return file
}

function recordsIn(dataDir: string): AuditRecord[] {
  return readFileSync(join(dataDir, 'audit', 'audit.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as AuditRecord)
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

/** The smallest request with one user message. */
export function ask(
  content: unknown,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    model: 'claude-sonnet-5-5',
    max_tokens: 256,
    messages: [{ role: 'user', content }],
    ...more,
  }
}
