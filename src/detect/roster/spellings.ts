import { isStopWord, TITLES } from '../names/index.ts'
import { dateAt } from './birth-date.ts'
import {
  birthDay,
  fullName,
  identifierKeys,
  initialName,
  localPhoneKeys,
  mailAddress,
  PARTICLES,
  phoneKeys,
  streetAddress,
  streetWord,
} from './canonical.ts'
import type { ListedName, ListedPerson, ListedType } from './person.ts'
import { foldedWords, isUnspaced } from './words.ts'

/** What is stored of a person, still as text. */
export interface Spellings {
  readonly keys: readonly { readonly type: ListedType; readonly key: string }[]
  /** Words with which a listed name or address may begin. */
  readonly beginnings: readonly string[]
  /** Words with which an identifier or a mail address may begin. */
  readonly joined: readonly string[]
  /** Words that may stand inside a name or an address. */
  readonly inside: readonly string[]
  /** Words of the names, which count beside another identifier of the person. */
  readonly parts: readonly string[]
  /** Values that cannot be used. */
  readonly unusable: number
}

const MOST_WORDS = 6
const SHORTEST_NAME = 4

/** The spellings by which a person is found. */
export function spellingsOf(person: ListedPerson): Spellings {
  const draft: Draft = {
    keys: new Map(),
    beginnings: new Set(),
    joined: new Set(),
    inside: new Set(),
    parts: new Set(),
  }
  for (const name of person.names) addName(name, draft)
  const unusable = person.values.filter(({ type, value }) => !addValue(type, value, draft)).length
  return {
    keys: [...draft.keys].map(([key, type]) => ({ key, type })),
    beginnings: [...draft.beginnings, ...draft.parts],
    joined: [...draft.joined],
    inside: [...draft.inside],
    parts: [...draft.parts],
    unusable,
  }
}

interface Draft {
  readonly keys: Map<string, ListedType>
  readonly beginnings: Set<string>
  readonly joined: Set<string>
  readonly inside: Set<string>
  readonly parts: Set<string>
}

function addName({ given, family }: ListedName, draft: Draft): void {
  const first = wordsOfName(given)
  const last = wordsOfName(family)
  for (const word of [...first, ...last]) {
    draft.inside.add(word)
  }
  for (const words of [first, last]) for (const word of partsOf(words)) draft.parts.add(word)
  const families = familyForms(last)
  const starts = [...prefixes(first), ...families.flatMap((form) => form.starts)]
  for (const word of starts) {
    draft.beginnings.add(word)
    draft.inside.add(word)
  }
  const givens = prefixes(first).filter((joined) => joined.length > 1 || isUnspaced(joined))
  for (const { joined } of families) {
    for (const one of givens) {
      const telling = one.length + joined.length >= SHORTEST_NAME || isUnspaced(one + joined)
      if (!telling) continue
      draft.keys.set(fullName(one, joined), 'PERSON')
      draft.keys.set(fullName(joined, one), 'PERSON')
    }
    addInitials(first, joined, draft)
  }
}

function addInitials(given: readonly string[], family: string, { keys }: Draft): void {
  const [initial] = /^./u.exec(given[0] ?? '') ?? []
  if (initial === undefined || family.length < 2 || isUnspaced(initial)) return
  keys.set(initialName(initial, family), 'PERSON')
  const middle = given.slice(1).join('')
  if (middle.length > 1) keys.set(initialName(initial, middle + family), 'PERSON')
}

/** @returns whether the value can be used */
function addValue(type: Exclude<ListedType, 'PERSON'>, value: string, draft: Draft): boolean {
  const found = keysOf(type, value)
  for (const key of found) draft.keys.set(key, type)
  // Numbers open a window by themselves.
  if (type === 'DATE' || type === 'PHONE' || type === 'FAX') return found.length > 0
  const words = foldedWords(value).filter((word) => !/^\d+$/.test(word))
  if (type === 'LOCATION') {
    for (const word of words.slice(0, 1)) draft.beginnings.add(word)
    for (const word of words) draft.inside.add(word)
  } else {
    for (const word of prefixes(words).slice(0, 2)) draft.joined.add(word)
  }
  return found.length > 0
}

function wordsOfName(name: string): readonly string[] {
  const words = foldedWords(name)
  const bare = words.filter((word) => !TITLES.has(word))
  return bare.length > 0 ? bare : words
}

/** The words that stand for a person beside another identifier. "Van" and "Le" are also whole family names. */
function partsOf(words: readonly string[]): readonly string[] {
  const telling = words.filter((word) => word.length >= 2 && !/\d/.test(word) && !isUnspaced(word))
  const core = telling.filter((word) => !PARTICLES.has(word))
  return core.length > 0 ? core : telling
}

/** "anne", "annemarie": what stands before a word boundary, however the parts are joined. */
function prefixes(words: readonly string[]): readonly string[] {
  return words.slice(0, MOST_WORDS).map((_, index) => words.slice(0, index + 1).join(''))
}

/** A family name whole, without its particles, and each half of a double one. */
function familyForms(
  words: readonly string[],
): readonly { readonly joined: string; readonly starts: readonly string[] }[] {
  if (words.length === 0) return []
  const forms = [words]
  const core = words.slice(words.findIndex((word) => !PARTICLES.has(word)))
  if (core.length > 0 && core.length < words.length) forms.push(core)
  const [first] = core
  const last = core.at(-1)
  if (core.length > 1 && !words.every((word) => isUnspaced(word))) {
    for (const half of [first, last]) {
      if (half !== undefined && half.length >= 3 && !isStopWord(half)) forms.push([half])
    }
  }
  return forms.map((form) => ({ joined: form.join(''), starts: prefixes(form) }))
}

function keysOf(type: Exclude<ListedType, 'PERSON'>, value: string): readonly string[] {
  const words = foldedWords(value)
  const joined = words.join('')
  switch (type) {
    case 'DATE':
      return (dateAt(value.trim(), 0)?.days ?? []).map(birthDay)
    case 'PHONE':
    case 'FAX': {
      const digits = value.replace(/(?:x|ext).*$/i, '').replace(/\D/g, '')
      return [...phoneKeys(digits), ...localPhoneKeys(digits)]
    }
    case 'EMAIL':
      return /^[^@\s]+@[^@\s]+$/.test(value.trim()) ? [mailAddress(joined)] : []
    case 'LOCATION':
      return addressKeys(words)
    case 'MEDICAL_RECORD_NUMBER':
    case 'US_SSN':
    case 'HEALTH_PLAN_ID':
    case 'ACCOUNT':
    case 'LICENSE':
    case 'OTHER_ID': {
      const number = /^[a-z]{1,5}(\d{6,})$/.exec(joined)?.[1]
      return [...identifierKeys(joined), ...(number === undefined ? [] : identifierKeys(number))]
    }
  }
}

/** A house number and a word make an address; a town alone is none. */
function addressKeys(words: readonly string[]): readonly string[] {
  const telling =
    words.some((word) => /\d/.test(word)) && words.some((word) => /^\D{3,}$/u.test(word))
  return telling && words.length <= 8 ? [streetAddress(words.map(streetWord).join(''))] : []
}
