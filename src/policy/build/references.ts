import type { PolicyData } from '../../schema/index.ts'
import { isTest } from './contract.ts'
import { placeInConfig, type CheckedData } from './data-check.ts'
import type { Module } from './rego/module.ts'
import type { Violation } from './violation.ts'

/** Checks that what data names is there: profiles, connections. */
export function checkReferences(
  { config, files }: CheckedData,
  modules: readonly Module[],
): readonly Violation[] {
  if (config === undefined) return []
  const at = (...keys: readonly string[]) => placeInConfig(files, keys)
  const there = new Set(
    modules
      .filter((module) => module.packagePath[0] === 'profiles' && !isTest(module))
      .map(({ packagePath }) => packagePath[1] ?? ''),
  )
  const found: Violation[] = []
  const named = [
    ...Object.entries(config.profiles).map(([name, p]) => [['profiles', name], p] as const),
    [['default_profile'], config.default_profile] as const,
  ]
  for (const [keys, profile] of named) {
    if (there.has(profile)) continue
    const fix = `one of ${[...there].toSorted().join(', ')}`
    found.push({ ...at(...keys), message: `there is no profile ${profile}`, fix })
  }
  for (const [index, connection] of config.strict_connections.entries()) {
    if (config.known_connections.includes(connection)) continue
    const fix = 'add it to known_connections, or take it away'
    const message = `nobody may use the connection ${connection}: it is not known`
    found.push({ ...at('strict_connections', String(index)), message, fix })
  }
  return [...found, ...observed(config, at)]
}

function observed(
  config: PolicyData,
  at: (...keys: readonly string[]) => Violation,
): readonly Violation[] {
  const allowed = new Set(config.observed_connections.map(({ connection }) => connection))
  return Object.entries(config.profiles)
    .filter(([name, profile]) => profile === 'observe' && !allowed.has(name))
    .map(([name]) => ({
      ...at('profiles', name),
      message: `the connection ${name} is not in observed_connections, so it has no profile`,
      fix: 'add {"connection", "reason", "expires"} there',
    }))
}

/**
 * What is no error and yet has to be seen: connections on which nothing is masked, and entries whose last day has
 * passed, which are out of force.
 * @param today as YYYY-MM-DD, UTC
 */
export function warnings({ config, files }: CheckedData, today: string): readonly Violation[] {
  if (config === undefined) return []
  const found: Violation[] = []
  for (const [name, profile] of Object.entries(config.profiles)) {
    if (profile !== 'observe') continue
    const at = placeInConfig(files, ['profiles', name])
    found.push({ ...at, message: `nothing is masked on the connection ${name}: it is observed` })
  }
  const lists = [
    ['observed_connections', config.observed_connections],
    ['keep_list', config.keep_list],
    ['features/excepted', config.features.excepted],
  ] as const
  for (const [list, entries] of lists) {
    for (const [index, { expires }] of entries.entries()) {
      if (expires === undefined || expires >= today) continue
      const at = placeInConfig(files, [...list.split('/'), String(index)])
      found.push({ ...at, message: 'the last day of this entry has passed', fix: 'take it away' })
    }
  }
  return found
}
