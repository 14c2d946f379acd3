import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ConfigFile } from '../schema/index.ts'
import {
  DEFAULT_APPROVALS,
  DEFAULT_LIMITS,
  DEFAULT_RECORDING_DAYS,
  DEFAULT_ROSTER_DAYS,
  type Address,
  type ApprovalsConfig,
  type Config,
} from './config.ts'
import { wrongIn, type Problem } from './config-error.ts'
import { auditOf } from './audit.ts'
import { connectionOf, defaultOf } from './connections.ts'
import { checkConsoleHost, signInOf, webhooksOf } from './console.ts'
import { keyringIn, rosterIn } from './environment.ts'
import { soundParts, type SoundParts } from './file.ts'
import { issuersOf } from './issuers.ts'
import { policyOf } from './policy.ts'
import { isLoopback, type Source } from './source.ts'
import { tlsOf } from './tls.ts'

/** The bundle that comes with phigate. */
export const DEFAULT_POLICY_DIR = fileURLToPath(new URL('../../policies/bundle/', import.meta.url))

const LOOPBACK = '127.0.0.1'
const GATEWAY_PORT = 8080
const CONSOLE_PORT = 8081

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
  const listen = address(parts.listen, GATEWAY_PORT, '/listen', parts, from)
  const console = address(parts.console, CONSOLE_PORT, '/console', parts, from)
  checkPorts(parts, from)
  checkConsoleHost(parts, from)
  const issuers = parts.issuers === undefined ? undefined : issuersOf(parts.issuers, from)
  const signIn = issuers === undefined ? undefined : signInOf(parts, issuers, from)
  const webhooks = webhooksOf(parts, from)
  const audit = auditOf(parts, from)
  const listed = parts.connections.filter((connection) => connection !== undefined)
  const connections = parts.connections.flatMap((connection, index) => {
    if (connection === undefined) return []
    return connectionOf(connection, `/connections/${index}`, from) ?? []
  })
  // Names can be compared when all of them are known.
  if (listed.length !== parts.connections.length) return undefined
  const defaultConnection = defaultOf(listed, parts.defaultConnection, from)
  checkOverrides(parts, listed, from)
  const policy = policyOf(parts.policy, from)
  if (parts.policy !== undefined && parts.policyDir !== undefined) {
    from.problems.push({ path: '/policyDir', message: 'must not stand beside /policy' })
  }
  if (issuers === undefined) return undefined
  return {
    listen,
    console,
    connections,
    defaultConnection,
    issuers,
    dataDir: dataDirIn(parts, at),
    policyDir: parts.policyDir === undefined ? DEFAULT_POLICY_DIR : at(parts.policyDir),
    ...(policy === undefined ? {} : { policy }),
    keyringFile: keyringOf(parts, at),
    limits: { ...DEFAULT_LIMITS, ...parts.limits },
    approvals: approvalsOf(parts),
    allowedHosts: undefined,
    ...(signIn === undefined ? {} : { signIn }),
    ...(webhooks.length === 0 ? {} : { webhooks }),
    audit,
    recordingDays: parts.recordings?.retentionDays ?? DEFAULT_RECORDING_DAYS,
    roster: {
      file: rosterOf(parts, at),
      maxAgeDays: parts.roster?.maxAgeDays ?? DEFAULT_ROSTER_DAYS,
    },
    ...metricsOf(parts, from),
    ...(parts.log?.exchanges === true ? { logExchanges: true } : {}),
  }
}

function approvalsOf({ approvals = {}, principals = [] }: SoundParts): ApprovalsConfig {
  const { publicUrl, ...times } = approvals
  return {
    ...DEFAULT_APPROVALS,
    ...times,
    publicUrl: publicUrl === undefined ? undefined : new URL(publicUrl),
    owners: new Map(principals.map(({ id, owners }) => [id, owners])),
  }
}

/** Listeners on one host cannot share a port; 0 is any that is free. */
function checkPorts({ listen, console, metrics }: SoundParts, from: Source): void {
  const taken = new Set<string>()
  for (const [name, host = LOOPBACK, port] of [
    ['listen', listen?.host, listen?.port ?? GATEWAY_PORT],
    ['console', console?.host, console?.port ?? CONSOLE_PORT],
    ['metrics', metrics?.host, metrics?.port ?? 0],
  ] as const) {
    const at = `${host} ${port}`
    if (port !== 0 && taken.has(at)) {
      from.problems.push({ path: `/${name}/port`, message: 'must not be that of another listener' })
    }
    taken.add(at)
  }
}

/** A limit for a connection that is not there would never hold. */
function checkOverrides(
  { limits }: SoundParts,
  listed: readonly { readonly name: string }[],
  from: Source,
): void {
  for (const [index, { connection }] of (limits?.overrides ?? []).entries()) {
    if (connection === undefined || listed.some(({ name }) => name === connection)) continue
    const path = `/limits/overrides/${index}/connection`
    from.problems.push({ path, message: 'must be the name of a connection' })
  }
}

/** Metrics are for whoever sits on the machine: they have no credential, and no TLS can be in front of them. */
function metricsOf({ metrics }: SoundParts, from: Source): Pick<Config, 'metrics'> {
  if (metrics === undefined) return {}
  const { host = LOOPBACK, port } = metrics
  if (!isLoopback(host)) {
    from.problems.push({ path: '/metrics/host', message: 'must be loopback' })
  }
  return { metrics: { host, port } }
}

/**
 * Where the keyring of a configuration is, for commands that need nothing else of it.
 * @throws ConfigError when the file cannot be read, or what it says of the keyring is wrong
 */
export function keyringFileOf(file: string): string {
  return fileOf(file, keyringOf)
}

/** The same for the data directory. */
export function dataDirOf(file: string): string {
  return fileOf(file, dataDirIn)
}

/** The same for the roster. */
export function rosterFileOf(file: string): string {
  return fileOf(file, rosterOf)
}

type At = (path: string) => string

function fileOf(file: string, of: (parts: SoundParts, at: At) => string): string {
  const base = dirname(resolve(file))
  const problems: Problem[] = []
  const parts = soundParts(file, problems)
  if (problems.length > 0) throw wrongIn(file, problems)
  return of(parts, (path) => resolve(base, path))
}

type Placed = Pick<SoundParts, 'roster' | 'keyring' | 'dataDir'>

function dataDirIn({ dataDir = 'data' }: Placed, at: At): string {
  return at(dataDir)
}

function rosterOf(parts: Placed, at: At): string {
  const file = parts.roster?.file
  return file === undefined ? rosterIn(dataDirIn(parts, at)) : at(file)
}

function keyringOf(parts: Placed, at: At): string {
  const file = parts.keyring?.file
  return file === undefined ? keyringIn(dataDirIn(parts, at)) : at(file)
}

function address(
  given: ConfigFile['listen'],
  port: number,
  path: string,
  parts: SoundParts,
  from: Source,
): Address {
  const host = given?.host ?? LOOPBACK
  const tls = given?.tls === undefined ? undefined : tlsOf(given.tls, `${path}/tls`, from)
  if (!isLoopback(host) && tls === undefined && parts.tlsTerminatedBy === undefined) {
    const message = `is not loopback: give it ${path}/tls, or state what ends TLS in front of it in /tlsTerminatedBy`
    from.problems.push({ path: `${path}/host`, message })
  }
  return { host, port: given?.port ?? port, ...(tls === undefined ? {} : { tls }) }
}
