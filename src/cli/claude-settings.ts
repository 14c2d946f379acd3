/** The settings file of Claude Code as JSON: only what is named here is touched. */
export type Settings = Readonly<Record<string, unknown>>

/** What stood at a place before; null where there was nothing. */
export interface Before {
  readonly path: readonly string[]
  readonly was: { readonly value: unknown } | null
  /** What was put there: a value that somebody changed since is not taken back. */
  readonly set: unknown
}

export interface ClientSettings {
  readonly gateway: string
  /** A command that prints a token. */
  readonly helper: string
}

const MINUTES = 60_000

/** Where each setting goes; claude-code reads time-outs as strings of milliseconds. */
function settingsFor({
  gateway,
  helper,
}: ClientSettings): readonly (readonly [string[], string])[] {
  const environment: Readonly<Record<string, string>> = {
    ANTHROPIC_BASE_URL: gateway,
    // Renewed before a short-lived token ends, and on a 401 anyway.
    CLAUDE_CODE_API_KEY_HELPER_TTL_MS: String(5 * MINUTES),
    // A BAA does not cover beta features.
    CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS: '1',
    // Besides the base URL nothing should leave this machine.
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    // A held request would end after 6 minutes, a silent stream after 5; the first of these alone did not change that.
    API_TIMEOUT_MS: String(30 * MINUTES),
    CLAUDE_STREAM_IDLE_TIMEOUT_MS: String(30 * MINUTES),
    CLAUDE_BYTE_STREAM_IDLE_TIMEOUT_MS: String(30 * MINUTES),
  }
  const variables = Object.entries(environment).map(([name, value]): [string[], string] => [
    ['env', name],
    value,
  ])
  return [...variables, [['apiKeyHelper'], helper]]
}

/** Adds what a client of the gateway needs. `earlier` is what a run before this one remembers: it still holds. */
export function configured(
  settings: Settings,
  client: ClientSettings,
  earlier: readonly Before[],
): { readonly settings: Settings; readonly before: readonly Before[] } {
  let result = settings
  const before = settingsFor(client).map(([path, value]): Before => {
    const known = earlier.find((entry) => entry.path.join('.') === path.join('.'))
    const is = at(result, path)
    // Ours from a run before: what stood there first is what goes back.
    const was = known !== undefined && is?.value === known.set ? known.was : is
    result = put(result, path, { value })
    return { path, was, set: value }
  })
  return { settings: result, before }
}

/** Puts back what stood there before, where nobody has changed it since. */
export function restored(settings: Settings, before: readonly Before[], hadEnv: boolean): Settings {
  let result = settings
  for (const { path, was, set } of before) {
    if (at(result, path)?.value === set) result = put(result, path, was)
  }
  const { env, ...rest } = result
  const isEmpty = isObject(env) && Object.keys(env).length === 0
  return isEmpty && !hadEnv ? rest : result
}

function at(settings: Settings, path: readonly string[]): { readonly value: unknown } | null {
  const [first = '', second] = path
  if (!Object.hasOwn(settings, first)) return null
  const value = settings[first]
  if (second === undefined) return { value }
  return isObject(value) ? at(value, [second]) : null
}

function put(
  settings: Settings,
  path: readonly string[],
  to: { readonly value: unknown } | null,
): Settings {
  const [first = '', second] = path
  if (second !== undefined) {
    const inner = isObject(settings[first]) ? settings[first] : {}
    return { ...settings, [first]: put(inner, [second], to) }
  }
  if (to !== null) return { ...settings, [first]: to.value }
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== first))
}

export function isObject(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
