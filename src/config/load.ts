import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseDocument } from 'yaml'
import { SchemaError, validate, type ConfigFile } from '../schema/index.ts'
import {
  DEFAULT_LIMITS,
  Secret,
  type Address,
  type Config,
  type ConnectionConfig,
} from './config.ts'
import { ConfigError } from './config-error.ts'

/** The bundle that comes with phigate. */
export const DEFAULT_POLICY_DIR = fileURLToPath(new URL('../../policies/bundle/', import.meta.url))

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * Reads phigate.yaml and the files it names.
 * @throws ConfigError naming the file, the path and what is allowed
 */
export function loadConfig(file: string): Config {
  const settings = parse(file)
  const base = dirname(resolve(file))
  const at = (path: string): string => resolve(base, path)
  const listen = address(settings.listen, 8080, file, '/listen', settings)
  const console = address(settings.console, 8081, file, '/console', settings)
  const connections = settings.connections.map((connection, index): ConnectionConfig => {
    const where = `/connections/${index}`
    return {
      name: connection.name,
      upstream: upstreamUrl(connection.upstream, file, where),
      labels: connection.labels,
      timeoutMs: connection.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      key: new Secret(secret(at(connection.keyFile), file, `${where}/keyFile`)),
    }
  })
  const defaultConnection = settings.defaultConnection ?? connections[0]?.name ?? ''
  if (!connections.some((connection) => connection.name === defaultConnection)) {
    throw new ConfigError(`${file}: /defaultConnection must be the name of a connection`)
  }
  if (new Set(connections.map((c) => c.name)).size !== connections.length) {
    throw new ConfigError(`${file}: /connections has a name twice`)
  }
  for (const [index, { connection }] of (settings.limits?.overrides ?? []).entries()) {
    if (connection !== undefined && !connections.some(({ name }) => name === connection)) {
      const where = `/limits/overrides/${index}/connection`
      throw new ConfigError(`${file}: ${where} must be the name of a connection`)
    }
  }
  return {
    listen,
    console,
    connections,
    defaultConnection,
    issuer: issuerOf(settings, file),
    dataDir: at(settings.dataDir ?? 'data'),
    policyDir: settings.policyDir === undefined ? DEFAULT_POLICY_DIR : at(settings.policyDir),
    master: masterKey(at(settings.masterKeyFile), file),
    limits: {
      ...DEFAULT_LIMITS,
      ...settings.limits,
    },
    allowedHosts: undefined,
    ...metricsOf(settings, file),
    ...(settings.log?.exchanges === true ? { logExchanges: true } : {}),
  }
}

/** Metrics are for whoever sits on the machine: they have no credential, and no TLS can be in front of them. */
function metricsOf({ metrics }: ConfigFile, file: string): Pick<Config, 'metrics'> {
  if (metrics === undefined) return {}
  const { host = '127.0.0.1', port } = metrics
  if (!LOOPBACK.has(host)) throw new ConfigError(`${file}: /metrics/host must be loopback`)
  return { metrics: { host, port } }
}

/** The Claude API may think for minutes before it answers without a stream. */
export const DEFAULT_TIMEOUT_MS = 600_000

function parse(file: string): ConfigFile {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ConfigError(`${file}: cannot be read`, { cause })
  }
  const document = parseDocument(text)
  const [problem] = document.errors
  if (problem !== undefined) {
    const line = problem.linePos?.[0].line ?? 0
    throw new ConfigError(`${file}: line ${line} is not YAML (${problem.code})`)
  }
  try {
    return validate('config', document.toJS())
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error
    const places = error.errors.map(({ path, message }) => `${path} ${message}`).join('; ')
    throw new ConfigError(`${file}: ${places}`, { cause: error })
  }
}

function address(
  given: ConfigFile['listen'],
  port: number,
  file: string,
  path: string,
  settings: ConfigFile,
): Address {
  const host = given?.host ?? '127.0.0.1'
  if (!LOOPBACK.has(host) && settings.tlsTerminatedBy === undefined) {
    throw new ConfigError(
      `${file}: ${path}/host is not loopback: state what ends TLS in front of it in /tlsTerminatedBy`,
    )
  }
  return { host, port: given?.port ?? port }
}

function upstreamUrl(text: string, file: string, where: string): URL {
  const url = new URL(text)
  if (isPrivate(url)) return url
  throw new ConfigError(`${file}: ${where}/upstream must be https, or http on loopback`)
}

/** Whether nobody on the network can read along. */
function isPrivate(url: URL): boolean {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(host))
}

function issuerOf(settings: ConfigFile, file: string): Config['issuer'] {
  const { issuer } = settings
  const url = new URL(issuer.url)
  if (!isPrivate(url)) {
    throw new ConfigError(`${file}: /issuer/url must be https, or http on loopback`)
  }
  return {
    url,
    audience: issuer.audience ?? 'phigate',
    consoleAudience: issuer.consoleAudience ?? 'phigate-console',
    algorithms: issuer.algorithms ?? ['RS256', 'PS256', 'ES256', 'EdDSA'],
    groupsClaim: issuer.groupsClaim ?? 'groups',
    baseScope: issuer.baseScope ?? 'claude:invoke',
  }
}

function secret(path: string, file: string, where: string): string {
  try {
    const text = readFileSync(path, 'utf8').trim()
    if (text !== '') return text
  } catch (cause) {
    throw new ConfigError(`${file}: ${where}: ${path} cannot be read`, { cause })
  }
  throw new ConfigError(`${file}: ${where}: ${path} is empty`)
}

const MASTER_KEY_BYTES = 32

function masterKey(path: string, file: string): Config['master'] {
  const bytes = Buffer.from(secret(path, file, '/masterKeyFile'), 'base64')
  if (bytes.byteLength !== MASTER_KEY_BYTES) {
    throw new ConfigError(
      `${file}: /masterKeyFile: ${MASTER_KEY_BYTES} bytes in base64 are required`,
    )
  }
  return { id: 'k1', secret: new Uint8Array(bytes) }
}
