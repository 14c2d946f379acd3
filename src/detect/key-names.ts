import type { Subtype } from '../domain/index.ts'
import { KEY_RULES, PERSONS, type KeyRule } from './key-rules.ts'
import { AMBIGUOUS, foldWord, isStopWord } from './names/index.ts'
import { isKnownWord } from './names/tagger/index.ts'

const LONGEST = 300
const EMPTY =
  /^(?:n\/?a|none|null|undefined|unknown|true|false|yes|no|-+|\?+|redacted|string|number|xxx+|\*+)$/i

/** A document of its own, which is read by its own keys. */
const NESTED = /^\s*(?:\\*[{<]|\[\s*\\*["{])/

/** "owner/name", "first_name", "{{name}}": what programs write for a name. */
const NO_NAME = /[/\\_{}<>]|::/

/** Keys whose "name" is that of a place where people are treated or employed. */
const FACILITIES = new Set(['facility', 'hospital', 'clinic', 'pharmacy', 'practice', 'employer'])
const FACILITY: KeyRule = { type: 'FACILITY' }

/** Parts of a name that say nothing without a person or a name above them ("family" is also a font's). */
const NAME_PARTS = new Set(['name', 'given', 'family', 'first', 'last', 'middle', 'text', 'value'])

/**
 * What the names of a value's keys, the nearest last, say that the value is; undefined where they say nothing or the value
 * cannot be that.
 */
export function ruleByKey(names: readonly string[], value: string): KeyRule | undefined {
  if (value === '' || value.length > LONGEST || EMPTY.test(value) || NESTED.test(value))
    return undefined
  const last = plainKey(names.at(-1) ?? '')
  const mayBePerson = NAME_PARTS.has(last) || last === 'id' || PERSONS.has(last)
  if (last === 'name' && FACILITIES.has(plainKey(names.at(-2) ?? ''))) return FACILITY
  const byPerson = mayBePerson
    ? personRule([...names.slice(-4, -1).map(plainKey), last], value)
    : undefined
  const rule = byPerson ?? keyRule(last)
  if (rule === undefined || rule.fits?.test(value) === false) return undefined
  if (rule.type === 'PERSON' && NO_NAME.test(value)) return undefined
  return isCaption(last, value) ? undefined : rule
}

/** A caption of a form says again what is asked for: "firstName": "First name". */
function isCaption(plain: string, value: string): boolean {
  const own = plainKey(value)
  if (own === plain) return true
  const words = value.split(/[ :*()/-]+/).filter((word) => word !== '')
  return (
    words.length > 1 && words.every((word) => /^\p{L}/u.test(word) && isStopWord(foldWord(word)))
  )
}

/** Who or what a field belongs to, or which of several it is: "patient_phone", "home address", "memberDob". */
const OWNER =
  /^(?:patients?|pt|pat|member|mbr|subscriber|insured|guarantor|client|resident|beneficiary|emergencycontact|contact|nok|nextofkin|home|work|primary|secondary|alternate|alt|billing|mailing|permanent|current|legal|physical)(?=.{2})/

/** The rule of a key name, whoever's it is and however it is numbered. */
export function keyRule(plain: string): KeyRule | undefined {
  const found = KEY_RULES.get(plain)
  if (found !== undefined || plain.length < 4) return found
  const bare = plain.replace(/\d{1,2}$/, '').replace(/(?<=.{3})(?:no|num|nbr|nr)$/, 'number')
  const shortly = KEY_RULES.get(bare) ?? KEY_RULES.get(bare.replace(OWNER, ''))
  if (shortly !== undefined) return shortly
  const owner = OWNED_PART.exec(bare)?.[1]
  if (owner !== undefined) return person(PERSONS.get(owner))
  const full = bare.replace(ENDING, (ending) => ENDINGS.get(ending) ?? ending)
  return full === bare ? undefined : (KEY_RULES.get(full) ?? KEY_RULES.get(full.replace(OWNER, '')))
}

/** A part of the name of somebody: "pt_last", "subscriber_first". */
const OWNED_PART =
  /^(patient|pt|member|mbr|subscriber|insured|guarantor|client|resident|beneficiary|guardian|nok|provider|doctor|physician)(?:first|last|middle|given|family|sur)(?:nm|n)?$/

/** How columns of databases end: "birth_dt", "pt_nm", "zip_cd". */
const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['nm', 'name'],
  ['dt', 'date'],
  ['cd', 'code'],
])
const ENDING = /(?<=.{2})(?:nm|dt|cd)$/

/** Whom a key in the singular or plural stands for. */
export function personOf(plain: string): Subtype | undefined {
  return PERSONS.get(plain) ?? PERSONS.get(plain.replace(/s$/, ''))
}

/** A key name in lower case, its letters and digits only. */
export function plainKey(key: string): string {
  if (/^[a-z\d]*$/.test(key)) return key
  if (/^[\w-]*$/.test(key)) return key.toLowerCase().replace(/[_-]/g, '')
  return foldWord(key).replace(/[^\p{L}\p{N}]/gu, '')
}

function personRule(keys: readonly string[], value: string): KeyRule | undefined {
  const last = keys.at(-1) ?? ''
  const parents = keys.slice(-4, -1)
  const subtype = [last, ...parents.toReversed()].map(personOf).find((found) => found !== undefined)
  if (last === 'id' && PERSONS.get(parents.at(-1) ?? '') === 'patient') {
    return { type: 'MEDICAL_RECORD_NUMBER', fits: /\d/ }
  }
  if (PERSONS.has(last)) return looksLikeName(value) ? person(subtype) : undefined
  if (!NAME_PARTS.has(last)) return undefined
  const inName = parents.at(-1) === 'name'
  if (last === 'text' || last === 'value') {
    return inName && (subtype !== undefined || looksLikeName(value)) ? person(subtype) : undefined
  }
  if (
    subtype !== undefined &&
    (inName || PERSONS.has(parents.at(-1) ?? '') || isPlural(parents.at(-1)))
  ) {
    return person(subtype)
  }
  if (last === 'name') return looksLikeName(value) ? person('unknown') : undefined
  return inName && /^\p{Lu}/u.test(value) ? person('unknown') : undefined
}

function isPlural(key: string | undefined): boolean {
  return key !== undefined && PERSONS.has(key.replace(/s$/, ''))
}

function person(subtype: Subtype | undefined): KeyRule {
  return { type: 'PERSON', subtype: subtype ?? 'unknown', fits: /\p{L}{2}/u }
}

/** Two to five words with a capital, none of which names a thing: "get_weather" and "Build Report" are no persons. */
function looksLikeName(value: string): boolean {
  const words = value.replaceAll(',', ' ').trim().split(/\s+/)
  const shaped = words.every((word) =>
    /^(?:\p{Lu}\p{M}*\.?|\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*\.?|de|la|del|van|der|von|da|di|bin|al|el)$/u.test(
      word,
    ),
  )
  return (
    shaped &&
    words.length >= 2 &&
    words.length <= 5 &&
    !words.some((word) => isStopWord(foldWord(word.replace('.', ''))) || isOrdinary(foldWord(word)))
  )
}

/** A word that things are called by, and hardly anybody. */
function isOrdinary(folded: string): boolean {
  return TECHNICAL.has(folded) || (isKnownWord(folded) && !AMBIGUOUS.has(folded))
}

const TECHNICAL = new Set(
  `build report data web file test server client api service search node cloud code tool app git docker python java type
   script visual studio google amazon azure microsoft apple claude open source default main github linux windows manager
   editor reader writer parser loader runner bash shell read edit task todo notebook multi blood complete panel metabolic
   count culture smart team project production staging database cluster queue release pipeline workflow action job
   step stage config setting settings north south east west new york san los saint united states`.split(
    /\s+/,
  ),
)
