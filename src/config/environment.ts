import { join } from 'node:path'
import { ConfigError } from './config-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What the demo takes from the environment. */
export interface DemoSettings {
  readonly port: number
  readonly consolePort: number
  readonly dataDir: string
  /** Undefined: the simulator. */
  readonly upstream: URL | undefined
  readonly apiKey: string | undefined
}

const REAL_API = 'https://api.anthropic.com'

/** @throws ConfigError naming the variable and what is allowed */
export function demoSettings(environment: Environment = process.env): DemoSettings {
  const apiKey = environment['ANTHROPIC_API_KEY']
  const upstream = environment['PHIGATE_UPSTREAM'] ?? (apiKey === undefined ? undefined : REAL_API)
  if (upstream !== undefined && !URL.canParse(upstream)) {
    throw new ConfigError('PHIGATE_UPSTREAM must be a URL')
  }
  return {
    port: port(environment, 'PHIGATE_PORT', 8080),
    consolePort: port(environment, 'PHIGATE_CONSOLE_PORT', 8081),
    dataDir: dataDir(environment),
    upstream: upstream === undefined ? undefined : new URL(upstream),
    apiKey,
  }
}

/** Where logs, recordings and keys are, for commands that work on the files. */
export function dataDir(environment: Environment = process.env): string {
  return environment['PHIGATE_DATA_DIR'] ?? '.phigate'
}

/** Where the keyring is if nothing else is said. */
export function keyringIn(directory: string): string {
  return join(directory, 'keys', 'keyring.json')
}

/** Where the roster is if nothing else is said. */
export function rosterIn(directory: string): string {
  return join(directory, 'roster')
}

function port(environment: Environment, name: string, fallback: number): number {
  const text = environment[name]
  if (text === undefined) return fallback
  const value = Number(text)
  if (/^\d+$/.test(text) && value <= 65_535) return value
  throw new ConfigError(`${name} must be a port: 0 to 65535`)
}
