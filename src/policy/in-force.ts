import { isRecord, type PolicyBundle } from './bundle.ts'
import type { Policy } from './policy.ts'

/** A day in UTC as YYYY-MM-DD. */
export type Today = () => string

// All of them permit something, so that what is out of force is masked, held or refused again. Nothing that forbids
// has a last day.
const LISTS: readonly (readonly [string, ...string[]])[] = [
  ['keep_list'],
  ['observed_connections'],
  ['features', 'excepted'],
]

/**
 * Policy from the entries of a bundle's data whose last day has not passed: looked at when it is opened and at 00:00
 * UTC. The revision says which day's end it has taken into account, because the same facts may be decided otherwise.
 * @param open opens a bundle, as `openPolicy` does
 * @throws whatever `open` throws
 */
export function openInForce(
  bundle: PolicyBundle,
  open: (bundle: PolicyBundle) => Policy,
  today: Today,
): Policy {
  let day = today()
  let opened = inForce(bundle, day)
  let policy = open(opened)
  const current = (): Policy => {
    const now = today()
    if (now === day) return policy
    day = now
    const next = inForce(bundle, now)
    if (next.revision !== opened.revision) {
      // Opened before the old one is let go: an exchange always finds one.
      policy = open(next)
      opened = next
    }
    return policy
  }
  return {
    get revision() {
      return current().revision
    },
    profile: (input) => current().profile(input),
    decide: (input) => current().decide(input),
    signals: (role, text) => current().signals(role, text),
  }
}

/** The bundle with what is in force on that day; itself where everything is. */
function inForce(bundle: PolicyBundle, day: string): PolicyBundle {
  const config = bundle.data['gateway_config']
  if (!isRecord(config)) return bundle
  const passed = LISTS.flatMap((keys) => lastDays(config, keys)).filter((last) => last < day)
  const latest = passed.toSorted().at(-1)
  if (latest === undefined) return bundle
  const kept = LISTS.reduce((data, keys) => without(data, keys, day), config)
  return {
    ...bundle,
    revision: `${bundle.revision}+${latest}`,
    data: { ...bundle.data, gateway_config: kept },
  }
}

function lastDays(config: Record<string, unknown>, keys: readonly string[]): readonly string[] {
  const list = keys.reduce<unknown>((node, key) => (isRecord(node) ? node[key] : undefined), config)
  if (!Array.isArray(list)) return []
  return list
    .map((entry: unknown) => (isRecord(entry) ? entry['expires'] : undefined))
    .filter((last) => typeof last === 'string')
}

function without(
  node: Record<string, unknown>,
  [key, ...rest]: readonly [string, ...string[]],
  day: string,
): Record<string, unknown> {
  const value = node[key]
  const [next, ...others] = rest
  if (next !== undefined) {
    return isRecord(value) ? { ...node, [key]: without(value, [next, ...others], day) } : node
  }
  if (!Array.isArray(value)) return node
  const kept: readonly unknown[] = value.filter((entry: unknown) => {
    const last = isRecord(entry) ? entry['expires'] : undefined
    return typeof last !== 'string' || last >= day
  })
  return { ...node, [key]: kept }
}
