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
import { keyringIn } from './environment.ts'
import { tlsOf, type Files } from './tls.ts'
import { issuersOf } from './issuers.ts'
import { isPrivate, LOOPBACK } from './private-url.ts'

/** The bundle that comes with phigate. */
export const DEFAULT_POLICY_DIR = fileURLToPath(new URL('../../policies/bundle/', import.meta.url))

/**
 * Reads phigate.yaml and the files it names.
 * @throws ConfigError naming the file, the path and what is allowed
 */
export function loadConfig(file: string): Config {
  const settings = parse(file)
  const base = dirname(resolve(file))
  const at = (path: string): string => resolve(base, path)
  const files: Files = { file, at }
  const listen = address(settings.listen, 8080, '/listen', settings, files)
  const console = address(settings.console, 8081, '/console', settings, files)
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
  return {
    listen,
    console,
    connections,
    defaultConnection,
    issuers: issuersOf(settings.issuers, file),
    dataDir: at(settings.dataDir ?? 'data'),
    policyDir: settings.policyDir === undefined ? DEFAULT_POLICY_DIR : at(settings.policyDir),
    keyringFile: keyringOf(settings, at),
    limits: {
      ...DEFAULT_LIMITS,
      ...settings.limits,
    },
    allowedHosts: undefined,
  }
}

/**
 * Where the keyring of a configuration is, for commands that need nothing else of it.
 * @throws ConfigError naming the file, the path and what is allowed
 */
export function keyringFileOf(file: string): string {
  const base = dirname(resolve(file))
  return keyringOf(parse(file), (path) => resolve(base, path))
}

function keyringOf({ keyring, dataDir }: ConfigFile, at: Files['at']): string {
  return keyring?.file === undefined ? keyringIn(at(dataDir ?? 'data')) : at(keyring.file)
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
  path: string,
  settings: ConfigFile,
  files: Files,
): Address {
  const host = given?.host ?? '127.0.0.1'
  const tls = given?.tls === undefined ? undefined : tlsOf(given.tls, `${path}/tls`, files)
  if (!LOOPBACK.has(host) && tls === undefined && settings.tlsTerminatedBy === undefined) {
    throw new ConfigError(
      `${files.file}: ${path}/host is not loopback: give it ${path}/tls, or state what ends TLS in front of it in /tlsTerminatedBy`,
    )
  }
  return { host, port: given?.port ?? port, ...(tls === undefined ? {} : { tls }) }
}

function upstreamUrl(text: string, file: string, where: string): URL {
  const url = new URL(text)
  if (isPrivate(url)) return url
  throw new ConfigError(`${file}: ${where}/upstream must be https, or http on loopback`)
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
