import { GatewayError } from '../domain/index.ts'
import type { EntityType } from '../schema/index.ts'
import { crockford, type SessionKeys } from './keys.ts'

/** `[TYPE_DIGEST]` or `[TYPE_HINT_DIGEST]`; for PERSON one digest per name part, joined by dots. */
export const PLACEHOLDER =
  /\[[A-Z][A-Z0-9_]*_[0-9A-HJKMNP-TV-Z]{7,13}(?:\.[0-9A-HJKMNP-TV-Z]{7,13})*\]/g

/**
 * A placeholder as it is written, or as a model may have altered it: in another case, without one of its brackets or
 * both (then the group has it). What is altered stands alone: as a part of a path or of a longer word it may be anything.
 */
export const WRITTEN_PLACEHOLDER = new RegExp(
  `${PLACEHOLDER.source}|${String.raw`(?<![\p{L}\p{N}_./\\@:&=+%[-])\[?([A-Za-z][A-Za-z0-9_]{0,63}_[0-9A-Za-z]{7,13}(?:\.[0-9A-Za-z]{7,13}){0,31})\]?(?![\p{L}\p{N}_@/\\\]=-])`}`,
  'gu',
)

/** Folded parts of a person's name, titles and credentials left out: `detect/` knows how. */
export type NameParts = (text: string) => readonly string[]

/**
 * Names values by placeholders, for one exchange. The same value of a type has the same placeholder in the whole
 * session; two values never share one.
 */
export interface PlaceholderBook {
  /**
   * @param wide whether an earlier mask of this message already needed the long form
   * @throws GatewayError `inspection-failed` when even the long form is taken
   */
  name(type: EntityType, value: string, wide: boolean): { placeholder: string; wide: boolean }
  /** For the operator `hash`: equal in all sessions of the connection. */
  hash(type: EntityType, value: string): string
}

const PART = 7
const WHOLE = 10
/** Where two values would share a digest, the later one takes this many characters a part. */
const WIDE = 13

/** @param before what has its placeholder already: the values of the request, for the book of its answer */
export function placeholderBook(
  keys: SessionKeys,
  nameParts: NameParts,
  before: Iterable<{ type: EntityType; last: string; wide: boolean }> = [],
): PlaceholderBook {
  const named = new Map<string, string>()
  let first = before
  const cache = new Map<string, { placeholder: string; wide: boolean }>()
  const attempt = (type: EntityType, value: string, wide: boolean): string | undefined => {
    const parts = partsOf(type, value, nameParts)
    const short = type === 'PERSON' ? PART : WHOLE
    const digests = parts.map((part) => crockford(keys.digest(type, part), wide ? WIDE : short))
    const taken = digests.some((digest, index) => {
      const key = `${type} ${digest}`
      const other = named.get(key)
      return other !== undefined && other !== parts[index]
    })
    if (taken) return undefined
    for (const [index, digest] of digests.entries())
      named.set(`${type} ${digest}`, parts[index] ?? '')
    const hint = hintOf(type, value)
    return `[${type}${hint === '' ? '' : `_${hint}`}_${digests.join('.')}]`
  }
  const book = (
    type: EntityType,
    value: string,
    wide: boolean,
  ): { placeholder: string; wide: boolean } => {
    const short = wide ? undefined : attempt(type, value, false)
    if (short !== undefined) return { placeholder: short, wide: false }
    const long = attempt(type, value, true)
    if (long === undefined)
      throw new GatewayError('inspection-failed', 'two values share a placeholder')
    return { placeholder: long, wide: true }
  }
  const names: PlaceholderBook = {
    name(type, value, wide) {
      // Not before a value is named: in most answers none is.
      const earlier = first
      first = []
      for (const one of earlier) names.name(one.type, one.last, one.wide)
      const key = `${type}\0${wide ? 1 : 0}\0${value}`
      const known = cache.get(key) ?? book(type, value, wide)
      cache.set(key, known)
      return known
    },
    hash: (type, value) =>
      `[${type}_${crockford(keys.connectionDigest(type, partsOf(type, value, nameParts).join(' ')), 26)}]`,
  }
  return names
}

function partsOf(type: EntityType, value: string, nameParts: NameParts): readonly string[] {
  if (type !== 'PERSON') return [foldValue(type, value)]
  const parts = nameParts(value)
  return parts.length === 0 ? [foldText(value)] : parts
}

const DIGITS_ONLY: ReadonlySet<EntityType> = new Set(['PHONE', 'FAX', 'US_SSN'])

/** Spellings of the same value fold to one form. */
export function foldValue(type: EntityType, value: string): string {
  const text = foldText(value)
  if (DIGITS_ONLY.has(type)) {
    const digits = text.replace(/\D/g, '')
    return type === 'US_SSN' || digits.length !== 11 ? digits || text : digits.replace(/^1/, '')
  }
  if (type === 'MEDICAL_RECORD_NUMBER' || type === 'ACCOUNT' || type === 'HEALTH_PLAN_ID') {
    return text.replace(/[\s.-]/g, '') || text
  }
  return text
}

function foldText(value: string): string {
  return value.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}

const YEAR = /(?<!\d)(1[89]\d\d|20\d\d)(?!\d)/g

/** What Safe Harbor lets stay: the year of a date (45 CFR 164.514(b)(2)(i)(C)), where there is just one. */
function hintOf(type: EntityType, value: string): string {
  if (type !== 'DATE') return ''
  const years = new Set(value.match(YEAR))
  const [only] = years
  return years.size === 1 && only !== undefined ? only : ''
}
