import { reach, type MaskMemory } from '../domain/index.ts'
import { Learning } from '../detect/index.ts'
import type { SessionKeys } from '../mask/index.ts'
import type { Profile } from '../schema/index.ts'
import { maskRequest } from './mask-request.ts'
import type { Decided, Inspected, Masked } from './stages.ts'
import { entryOf, inspectReplayed, type Issued } from './unit.ts'

/** Where the units of a request belong, and the rules for what is new in them. */
interface Placed {
  readonly keys: SessionKeys
  readonly prefixes: readonly string[]
  readonly profile: Profile
}

/**
 * Stores how the new units were masked. Where another request of the session was first with the same message, its mask
 * holds and this request is masked again with it.
 */
export async function rememberFirst(
  decided: Decided,
  masked: Masked,
  { keys, prefixes, profile }: Placed,
  memory: MaskMemory,
): Promise<Masked> {
  const { parsed, units } = decided.inspected
  const placed = prefixes.map((prefix, index) => {
    const unit = units[index]
    if (unit === undefined) throw new Error('a prefix without its unit')
    return { prefix, unit, entry: () => entryOf(unit, masked.wide[index] ?? []) }
  })
  const fresh = placed
    .filter(({ unit }) => !unit.remembered)
    .map(({ prefix, entry }) => ({ prefix, entry: entry() }))
  if (fresh.length === 0) return masked
  const holding = await memory.remember(keys.scope, fresh)
  if (fresh.every(({ entry }, index) => holding[index] === entry)) return masked
  const first = new Map(fresh.map(({ prefix }, index) => [prefix, holding[index]]))
  const learning = new Learning()
  const again = placed.map(({ prefix, unit, entry }) => {
    const seen = new Set(unit.uninspectable.map(({ source }) => source))
    const stored = first.get(prefix) ?? entry()
    const passes: Issued = (source) => !seen.has(source)
    return inspectReplayed(unit.unit, learning, stored, passes, profile)
  })
  const inspected = reach<Inspected>({ parsed, units: [...again, ...units.slice(again.length)] })
  const final = maskRequest(reach<Decided>({ inspected, decision: decided.decision }), keys)
  if (final.unmaskable) throw new Error('mask memory holds what cannot be masked')
  return final
}
