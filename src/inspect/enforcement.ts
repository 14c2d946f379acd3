import type { Recognizer, Triggers } from '../detect/index.ts'
import type { EntityType, Operator, Profile, RoleRule } from '../schema/index.ts'
import { recognizersOf } from './recognizers.ts'

/** What of a profile an answer's text is held for. */
export interface Enforcement {
  readonly triggers: Triggers['kind']
  readonly recognizers: readonly Recognizer[]
}

const known = new WeakMap<Profile, Enforcement>()
/** What words make up: names, places, written dates and ages. */
const OF_WORDS: readonly EntityType[] = ['PERSON', 'LOCATION', 'FACILITY', 'DATE', 'AGE_OVER_89']

/**
 * Words are held only where a profile masks what words make up, beyond the list of known people, which tells itself
 * with which words a name may begin. Where words are not held, nobody guesses names before the text is released.
 */
export function enforcementOf(profile: Profile): Enforcement {
  const before = known.get(profile)
  if (before !== undefined) return before
  const all = recognizersOf(profile)
  const triggers = triggersOf(profile)
  const recognizers = triggers === 'words' ? all : all.filter(({ prose }) => prose !== true)
  const enforcement = { triggers, recognizers }
  known.set(profile, enforcement)
  return enforcement
}

function triggersOf(profile: Profile): Triggers['kind'] {
  const { entities, roles, fields = [], recognizers } = profile
  const rules = Object.values(roles.assistant ?? {})
  const operators = [profile.default, ...Object.values(entities)]
  if ([...operators, ...rules].every(isKeep) && fields.length === 0) return 'none'
  const custom = recognizers?.custom ?? []
  const byWords =
    fields.length > 0 ||
    custom.some(({ type }) => masks(profile, type)) ||
    OF_WORDS.some((type) => masks(profile, type))
  return byWords ? 'words' : 'numbers'
}

/** Whether anything but a listed value of a type is masked in the text of an answer. */
function masks(profile: Profile, type: EntityType): boolean {
  const rules = of(profile.roles.assistant ?? {}, type)
  if (rules.general !== undefined && [rules.general, ...rules.special].every(isQuiet)) return false
  const { general = profile.default, special } = of(profile.entities, type)
  return ![general, ...special].every(isKeep) || ![rules.general, ...rules.special].every(isKeep)
}

function of<T extends Operator | RoleRule>(
  table: { readonly [key: string]: T },
  type: EntityType,
): { readonly general: T | undefined; readonly special: readonly T[] } {
  const special = Object.entries(table).filter(([key]) => key.startsWith(`${type}.`))
  return { general: table[type], special: special.map(([, value]) => value) }
}

function isQuiet(rule: Operator | RoleRule): boolean {
  return rule === 'listed' || rule === 'keep'
}

/** Without a rule it is what the entity's operator says. */
function isKeep(rule: Operator | RoleRule | undefined): boolean {
  return rule === undefined || rule === 'keep'
}
