import { toError } from '../domain/index.ts'
import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'
import { reloaded } from './reload.ts'

/** The configuration that runs, and what is made of it. Both are replaced as a whole, never changed. */
export interface LiveConfig<S> {
  config(): Config
  settings(): S
  /**
   * Takes over what can change without a restart, all of it or nothing. What is wrong leaves the last good
   * configuration in place. Never rejects; reloads run one after the other.
   * @param load reads the configuration; throws ConfigError when it is wrong
   */
  reload(load: () => Config): Promise<void>
}

export interface LiveConfigOptions<S> {
  readonly make: (config: Config) => S
  /** Called with the settings that were replaced. */
  readonly retire: (settings: S) => void
  /** Makes a record durable; the new configuration is not taken over before that. */
  readonly record: (detail: string) => Promise<unknown>
  readonly log: (event: string, details: Readonly<Record<string, string | number>>) => void
}

export function liveConfig<S>(start: Config, options: LiveConfigOptions<S>): LiveConfig<S> {
  let config = start
  let settings = options.make(start)
  let last = Promise.resolve()
  const takeOver = async (load: () => Config): Promise<void> => {
    const next = reloaded(config, load())
    const made = options.make(next.config)
    const connections = connectionsIn(next.config)
    const waiting = next.ignored.join(', ')
    const ignored = waiting === '' ? '' : `; waiting for a restart: ${waiting}`
    await options.record(`reloaded: ${connections}${ignored}`)
    const before = settings
    config = next.config
    settings = made
    options.retire(before)
    const details = waiting === '' ? { connections } : { connections, ignoredUntilRestart: waiting }
    options.log('config-reloaded', details)
  }
  return {
    config: () => config,
    settings: () => settings,
    reload(load) {
      last = last.then(() => takeOver(load)).catch((error: unknown) => keepLastGood(error, options))
      return last
    },
  }
}

async function keepLastGood(
  error: unknown,
  { log, record }: Pick<LiveConfigOptions<never>, 'log' | 'record'>,
): Promise<void> {
  const problems = error instanceof ConfigError ? error.message : toError(error).name
  log('config-reload-failed', { problems, running: 'the last good configuration' })
  await record('reload refused: the last good configuration goes on').catch(() =>
    log('reload-not-recorded', {}),
  )
}

/** Names and ids, never a key. */
function connectionsIn({ connections }: Config): string {
  return connections
    .map(({ name, keys }) => `${name} (keys ${keys.map(({ id }) => id).join(', ')})`)
    .join(', ')
}
