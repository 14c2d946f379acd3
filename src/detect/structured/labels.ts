import type { EntityType } from '../../schema/index.ts'
import { keyRule, personOf, plainKey, ruleByKey } from '../key-names.ts'
import type { KeyRule } from '../key-rules.ts'
import { foldWord, NOT_NAMES, TITLES } from '../names/index.ts'
import { labelled, trimmed, type Label, type Range } from './region.ts'

/** What the header of a column says of the values below it. */
export interface Column {
  /** The name as a key name is read, below that of a person where it says "name" only. */
  readonly keys: readonly string[]
  /** Whether the header makes a table one about people. */
  readonly tells: boolean
}

const BARE = new Set(['name', 'first', 'last', 'middle', 'given', 'family'])
const TELLING: ReadonlySet<EntityType> = new Set<EntityType>([
  'PERSON',
  'US_SSN',
  'MEDICAL_RECORD_NUMBER',
  'HEALTH_PLAN_ID',
  'DATE',
  'PHONE',
  'EMAIL',
])

export function columnOf(header: string): Column | undefined {
  const plain = plainKey(header)
  if (BARE.has(plain)) return { keys: ['patient', plain], tells: false }
  const who = personOf(plain)
  if (who !== undefined) return { keys: [plain, 'name'], tells: who === 'patient' }
  const rule = keyRule(plain)
  return rule === undefined ? undefined : { keys: [plain], tells: TELLING.has(rule.type) }
}

/** The label of a value in a column; undefined where the value cannot be what the header says. */
export function columnLabel({ keys }: Column, value: string): Label | undefined {
  const rule = ruleByKey(keys, value)
  if (rule === undefined) return undefined
  return labelled('table', rule.type, rule.subtype, 0.9)
}

export interface LabelledPart {
  readonly label: Label
  readonly part: Range
}

/** What the label of a form says of any value behind it. */
export function formRule(name: string): KeyRule | undefined {
  const plain = plainKey(name).replace(/^(?:the|current)(?=.{2})/, '')
  const who = personOf(plain)
  if (who !== undefined) return { type: 'PERSON', subtype: who }
  return plain === 'name' && /^\p{Lu}/u.test(name)
    ? { type: 'PERSON', subtype: 'unknown' }
    : keyRule(plain)
}

/** What it says of this value, and which part of that is meant. */
export function formValue(rule: KeyRule, name: string, value: string): LabelledPart | undefined {
  const part = partOf(rule.type, name, value)
  if (part === undefined || rule.fits?.test(value.slice(part.start, part.end)) === false)
    return undefined
  return { label: labelled('form', rule.type, rule.subtype, 0.9), part }
}

const IDENTIFIER =
  /^#? ?([A-Z]{0,4}[- ]?\d[\dA-Za-z]*(?:[-./][\dA-Za-z]+)*(?: \d{2,4}(?![\dA-Za-z])){0,4}|(?=[A-Za-z-]{0,12}\d)[A-Za-z0-9]+(?:[-./][A-Za-z0-9]+)*)(?![\w@]|:[\da-f]{2}:)/d
/** No time to the nanosecond: "Birth:" is also when a file was born. */
const DATES =
  /^(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\p{L}{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}[- ]\p{L}{3,9},?[- ]\d{4}|(?:19|20)\d{6})(?![\d-])(?![T ]\d\d:\d\d:\d\d[.,]\d{9})/du
const NUMBERS = /^([+(]?\d[\d ().+/-]{4,20}\d(?:,? ?(?:x|ext\.?) ?\d{1,6})?)/d
const PLACE = /^((?=.*\d.*\p{L}|.*\p{L}.*\d)[^<>{}[\]=:]{4,120}|\p{Lu}[\p{L}\p{M}.' ,-]{1,60})$/du
const ORGANISATION = /^(\p{Lu}[^<>{}[\]=:;]{2,60})$/du

function partOf(type: EntityType, name: string, value: string): Range | undefined {
  switch (type) {
    case 'PERSON':
      return nameIn(value, name)
    case 'DATE':
      return firstGroup(DATES, value)
    case 'PHONE':
    case 'FAX':
      return firstGroup(NUMBERS, value)
    case 'LOCATION':
      return firstGroup(PLACE, value) ?? firstGroup(/^(\d[\w -]{2,9})$/d, value)
    case 'FACILITY':
      return firstGroup(ORGANISATION, value)
    case 'AGE_OVER_89':
      return firstGroup(/^(\d{2,3})(?!\d)/d, value)
    case 'EMAIL':
    case 'URL':
    case 'IP':
    case 'PHOTO':
    case 'BIOMETRIC':
    case 'UNINSPECTABLE':
      return undefined
    case 'US_SSN':
    case 'MEDICAL_RECORD_NUMBER':
    case 'HEALTH_PLAN_ID':
    case 'ACCOUNT':
    case 'LICENSE':
    case 'VEHICLE':
    case 'DEVICE':
    case 'OTHER_ID':
      return firstGroup(IDENTIFIER, value)
  }
}

function firstGroup(pattern: RegExp, value: string): Range | undefined {
  const range = pattern.exec(value)?.indices?.[1]
  return range === undefined ? undefined : { start: range[0], end: range[1] }
}

const HEAD = /^[^\d;|/<>{}[\]=(:"]{0,80}/u
/** "Patient: Ann Lee, SSN 536-…": another field begins without a line of its own. */
const NEXT_FIELD =
  /[,\s]\s*(?:SSN|MRN|MR#|DOB|D\.O\.B|NHS|NPI|ID|DL|tel|phone|cell|fax|e-?mail|born|aged?|date of birth)(?![\p{L}])/iu
const NAME_WORD = /^\p{L}[\p{L}\p{M}]*(?:['’-][\p{L}\p{M}]+)*\.?$/u
const CAPITAL = /^\p{Lu}|^\p{Lo}/u
const PARTICLE =
  /^(?:de|la|las|los|del|della|di|da|dos|das|du|van|der|den|von|zu|bin|ibn|al|el|le|ter|ten)$/

/** One to five words of a name at the start of a value; in lower case only where the label announces a name. */
function nameIn(value: string, name: string): Range | undefined {
  const isLabel = /^\p{Lu}| /u.test(name)
  const announced = / |name/i.test(name)
  const line = HEAD.exec(value)?.[0] ?? ''
  // "Subject: CN = portal.example": a name of something else.
  if (value.charAt(line.length) === '=') return undefined
  // "checkout-6d9f": a word that goes on with figures.
  if (/\S$/.test(line) && /^\d/.test(value.slice(line.length))) return undefined
  const next = NEXT_FIELD.exec(line)?.index ?? line.length
  const head = line.slice(0, next).replace(/[\s,–—-]+$/u, '')
  const words = head.split(/[\s,]+/).filter((word) => word !== '')
  const bare = words.filter((word) => !TITLES.has(foldWord(word.replace('.', ''))))
  if (bare.length === 0 || bare.length > 5 || !bare.every((word) => NAME_WORD.test(word)))
    return undefined
  if (bare.some((word, index) => !mayBeInName(word, index))) return undefined
  // "client: ClientSettings" names a type: a key in lower case announces nobody by one word, nor does a word in two cases.
  if (bare.some((word) => /\p{Ll}{3}\p{Lu}/u.test(word))) return undefined
  if (!isLabel && words.length < 2) return undefined
  const lower = announced && bare.every((word) => word === word.toLowerCase()) && bare.length < 5
  const capital = bare.every((word) => CAPITAL.test(word) || PARTICLE.test(word))
  if (!capital && !lower) return undefined
  return trimmed(value, { start: 0, end: head.length })
}

/** "To Be Determined" is nobody; a short word behind the first is also a name ("Mai An", "Kim Do"). */
function mayBeInName(word: string, index: number): boolean {
  const folded = foldWord(word.replace('.', ''))
  return !NOT_NAMES.has(folded) || (index > 0 && folded.length <= 3 && CAPITAL.test(word))
}
