import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ConfigFile } from '../schema/index.ts'
import { DEFAULT_LIMITS, type Address, type Config } from './config.ts'
import { wrongIn } from './config-error.ts'
import { connectionOf, defaultOf } from './connections.ts'
import { soundParts, type SoundParts } from './file.ts'
import { isLoopback, isPrivate, secretFile, type Source } from './source.ts'

/** The bundle that comes with phigate. */
export const DEFAULT_POLICY_DIR = fileURLToPath(new URL('../../policies/bundle/', import.meta.url))

/**
 * Reads phigate.yaml, and the files and variables it names.
 * @throws ConfigError with everything that is wrong: the file, the path and what is allowed
 */
export function loadConfig(file: string, environment: Source['environment'] = process.env): Config {
  const from: Source = { base: dirname(resolve(file)), environment, problems: [] }
  const parts = soundParts(file, from.problems)
  const config = assemble(parts, from)
  if (config === undefined || from.problems.length > 0) throw wrongIn(file, from.problems)
  return config
}

/** Looks at every part, so that all that is wrong is said at once. */
function assemble(parts: SoundParts, from: Source): Config | undefined {
  const at = (path: string): string => resolve(from.base, path)
  const listen = address(parts.listen, 8080, '/listen', parts, from)
  const console = address(parts.console, 8081, '/console', parts, from)
  const issuer = parts.issuer === undefined ? undefined : issuerOf(parts.issuer, from)
  const master =
    parts.masterKeyFile === undefined ? undefined : masterKey(parts.masterKeyFile, from)
  const listed = parts.connections.filter((connection) => connection !== undefined)
  const connections = parts.connections.flatMap((connection, index) => {
    if (connection === undefined) return []
    return connectionOf(connection, `/connections/${index}`, from) ?? []
  })
  // Names can be compared when all of them are known.
  if (listed.length !== parts.connections.length) return undefined
  const defaultConnection = defaultOf(listed, parts.defaultConnection, from)
  if (issuer === undefined || master === undefined) return undefined
  return {
    listen,
    console,
    connections,
    defaultConnection,
    issuer,
    dataDir: at(parts.dataDir ?? 'data'),
    policyDir: parts.policyDir === undefined ? DEFAULT_POLICY_DIR : at(parts.policyDir),
    master,
    limits: { ...DEFAULT_LIMITS, ...parts.limits },
    allowedHosts: undefined,
  }
}

function address(
  given: ConfigFile['listen'],
  port: number,
  path: string,
  parts: SoundParts,
  from: Source,
): Address {
  const host = given?.host ?? '127.0.0.1'
  if (!isLoopback(host) && parts.tlsTerminatedBy === undefined) {
    const message = 'is not loopback: state what ends TLS in front of it in /tlsTerminatedBy'
    from.problems.push({ path: `${path}/host`, message })
  }
  return { host, port: given?.port ?? port }
}

function issuerOf(issuer: ConfigFile['issuer'], from: Source): Config['issuer'] {
  const url = new URL(issuer.url)
  if (!isPrivate(url)) {
    from.problems.push({ path: '/issuer/url', message: 'must be https, or http on loopback' })
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

const MASTER_KEY_BYTES = 32

function masterKey(file: string, from: Source): Config['master'] | undefined {
  const path = '/masterKeyFile'
  const text = secretFile(file, path, from)
  if (text === undefined) return undefined
  const bytes = Buffer.from(text, 'base64')
  if (bytes.byteLength === MASTER_KEY_BYTES) return { id: 'k1', secret: new Uint8Array(bytes) }
  const message = `must name a file of ${MASTER_KEY_BYTES} bytes in base64`
  from.problems.push({ path, message })
  return undefined
}
