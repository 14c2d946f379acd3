import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import {
  DEFAULT_APPROVALS,
  DEFAULT_LIMITS,
  DEFAULT_TIMEOUT_MS,
  keyringIn,
  Secret,
  usualIssuer,
  type Config,
  type ConnectionConfig,
  type DemoSettings,
} from '../config/index.ts'
import { createKeyring, mintAt, newKeyring } from '../keyring/index.ts'
import { startServer, type RunningServer } from '../main.ts'
import { demoSignIn, leaveClients, startDemoIssuer, type DemoIssuer } from './issuer.ts'
import { startSimulator, type MessagesRequest, type Simulator } from './simulator/index.ts'

/** A gateway with everything it needs, on loopback. */
export interface Demo {
  readonly server: RunningServer
  readonly issuer: DemoIssuer
  /** Undefined when the demo forwards to a real upstream. */
  readonly simulator: Simulator | undefined
  stop(): Promise<void>
}

export interface DemoOptions extends DemoSettings {
  readonly policyDir: string
  /** A fixed port keeps the principals' ids, which the sessions' keys hang on, over a restart. */
  readonly issuerPort: number
  /** Told the text of each message that reached the simulator: what Claude would have seen. */
  readonly onReceived?: (text: string) => void
}

const HOSTS = ['127.0.0.1', 'localhost', '[::1]'] as const

export async function startDemo(options: DemoOptions): Promise<Demo> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const issuer = await startDemoIssuer({ port: options.issuerPort })
  const apiKey = options.apiKey ?? `sk-simulated-${randomBytes(16).toString('hex')}`
  const onMessage = ({ toolResult, userText }: MessagesRequest): void =>
    options.onReceived?.(toolResult ?? userText)
  const simulator =
    options.upstream === undefined
      ? await startSimulator({ port: 0, apiKey, onMessage })
      : undefined
  const upstream = options.upstream ?? simulator?.url
  if (upstream === undefined) throw new Error('the demo has no upstream')
  const server = await startServer(demoConfig(options, issuer, upstream, apiKey))
  // Only now is the folder this process's own: another demo's tokens must go on working.
  await leaveClients(issuer, options.dataDir)
  return {
    server,
    issuer,
    simulator,
    async stop() {
      await server.stop()
      await simulator?.close()
      await issuer.close()
    },
  }
}

function demoConfig(
  options: DemoOptions,
  issuer: DemoIssuer,
  upstream: URL,
  apiKey: string,
): Config {
  const keys: ConnectionConfig['keys'] = [{ id: 'demo', secret: new Secret(apiKey) }]
  const connection = { upstream, timeoutMs: DEFAULT_TIMEOUT_MS, keys }
  return {
    listen: {
      host: '127.0.0.1',
      port: options.port,
    },
    console: {
      host: '127.0.0.1',
      port: options.consolePort,
    },
    dataDir: options.dataDir,
    policyDir: options.policyDir,
    policy: { source: { kind: 'directory', directory: options.policyDir, watch: true } },
    keyringFile: keyring(options.dataDir),
    issuers: [usualIssuer(issuer.issuer)],
    connections: [
      {
        name: 'claude',
        labels: { baa: true },
        ...connection,
      },
      {
        name: 'claude-strict',
        labels: { baa: false },
        ...connection,
      },
    ],
    defaultConnection: 'claude',
    limits: DEFAULT_LIMITS,
    approvals: DEFAULT_APPROVALS,
    allowedHosts: HOSTS,
    signIn: demoSignIn(issuer),
  }
}

/** The demo makes its own keys and keeps them: placeholders stay the same over a restart. */
function keyring(dataDir: string): string {
  const file = keyringIn(dataDir)
  if (!existsSync(file)) createKeyring(file, newKeyring(mintAt(new Date())))
  return file
}
