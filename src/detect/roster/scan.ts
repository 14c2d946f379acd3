import { dateAt } from './birth-date.ts'
import { Candidate } from './candidate.ts'
import { birthDay, isWeak } from './canonical.ts'
import { isWritten } from './ordinary.ts'
import type { Roster } from './tables.ts'
import { WordReader } from './words.ts'

/** A listed value in a text. */
export interface ListedHit {
  readonly start: number
  readonly end: number
  /** Rows of the roster, one or more: people share names, numbers and days of birth. */
  readonly rows: readonly number[]
}

/** A word that may be part of a listed name. */
export interface ListedWord {
  readonly start: number
  readonly end: number
  readonly hash: number
}

export interface Scan {
  /** Full names and telling identifiers. */
  readonly strong: readonly ListedHit[]
  /** Dates of birth and short numbers. */
  readonly weak: readonly ListedHit[]
  readonly words: readonly ListedWord[]
}

/** - . / _ @ + ' */
const JOINTS: ReadonlySet<number> = new Set([45, 46, 47, 95, 64, 43, 39])
/** "19560403" */
const LONGEST_OF_DATE = 8
const MOST_BORN = 400
const MOST_WORDS = 8
const MOST_UNSPACED = 24

/** Goes through a text once. Linear: a window of words is opened where the roster has a value that begins so. */
export function scan(text: string, roster: Roster): Scan {
  const strong: ListedHit[] = []
  const weak: ListedHit[] = []
  const words: ListedWord[] = []
  const reader = new WordReader(text, roster.keys.seeds[0])
  while (reader.next()) {
    const { start, end, hash, hasDigit } = reader
    const mayBegin = opens(reader, roster)
    if (hasDigit ? end - start <= LONGEST_OF_DATE : digitFollows(text, end)) {
      const born = birthAt(text, start, roster)
      if (born !== undefined) weak.push(born)
    }
    if (!mayBegin && !hasDigit && !mayBeginJoined(reader, roster)) continue
    const found = hitsFrom(reader, roster)
    if (found.weak !== undefined) weak.push(found.weak)
    // Another name may begin inside of this one: hits may overlap.
    if (found.strong !== undefined) strong.push(found.strong)
    if (mayBegin && !hasDigit && !reader.isLetter) words.push({ start, end, hash })
  }
  return { strong, weak, words }
}

/** Whether a listed value may begin in a text: what says no is right, what says yes may be wrong. */
export function mayBeginListed(text: string, roster: Roster): boolean {
  const reader = new WordReader(text, roster.keys.seeds[0])
  while (reader.next()) {
    if (reader.hasDigit || opens(reader, roster) || mayBeginJoined(reader, roster)) return true
  }
  return false
}

/** The longest listed values that begin with the word at which the reader is. */
function hitsFrom(
  reader: WordReader,
  roster: Roster,
): { readonly strong: ListedHit | undefined; readonly weak: ListedHit | undefined } {
  const candidate = new Candidate(reader, (hash) => roster.mayStandInside(hash))
  const ahead = reader.ahead()
  const most = reader.unspaced ? MOST_UNSPACED : MOST_WORDS
  let strong: ListedHit | undefined
  let weak: ListedHit | undefined
  let { end } = reader
  for (let count = 1; count <= most; count += 1) {
    for (const key of candidate.keys()) {
      const rows = roster.find(key)
      if (rows === undefined) continue
      const hit = { start: candidate.start, end, rows: range(rows.from, rows.to) }
      if (isWeak(key)) weak = hit
      else if (roster.typeOf(rows.from) !== 'PERSON' || isWritten(reader.text, hit)) strong = hit
    }
    if (!ahead.next() || !candidate.add(ahead)) break
    ;({ end } = ahead)
  }
  return { strong: strong === undefined ? undefined : whole(strong, reader.text, roster), weak }
}

/** With what belongs to the value and is no word: a plus or a bracket before a phone number, an initial behind a name. */
function whole(hit: ListedHit, text: string, roster: Roster): ListedHit {
  const type = roster.typeOf(hit.rows[0] ?? 0)
  if (type === 'PERSON') return withInitial(hit, text)
  if (type !== 'PHONE' && type !== 'FAX') return hit
  return /^[+(]$/.test(text[hit.start - 1] ?? '') ? { ...hit, start: hit.start - 1 } : hit
}

/** "Smith, John M.": the initial that the roster may not know goes with the name. */
function withInitial(hit: ListedHit, text: string): ListedHit {
  const endsSo = /[\s,^]\p{L}$/u.test(text.slice(hit.end - 2, hit.end))
  const rest = (endsSo ? /^\./ : /^ \p{Lu}\.(?!\p{L})/u).exec(text.slice(hit.end, hit.end + 5))
  return rest === null ? hit : { ...hit, end: hit.end + rest[0].length }
}

/** An ASCII letter opens a name as an initial only: most of them are words, or units. */
function opens(reader: WordReader, roster: Roster): boolean {
  const { text, start, hash } = reader
  if (reader.isLetter && text.charCodeAt(start) < 128) return isInitial(text, start)
  return hash !== 0 && roster.mayBegin(hash)
}

/** Parts of identifiers and mail addresses stand close together. */
function mayBeginJoined({ text, end, hash, isLetter }: WordReader, roster: Roster): boolean {
  const joint = JOINTS.has(text.charCodeAt(end))
  return joint && (isLetter || isDigit(text.charCodeAt(end + 1)) || roster.mayBeginJoined(hash))
}

/** A letter opens a name where it is a capital, or stands before a dot or an apostrophe. */
function isInitial(text: string, at: number): boolean {
  return /^(?:\p{Lu}|.[.'])/u.test(text.slice(at, at + 2))
}

function birthAt(text: string, start: number, roster: Roster): ListedHit | undefined {
  const date = dateAt(text, start)
  if (date === undefined) return undefined
  const rows = date.days.flatMap((day) => {
    const found = roster.find(birthDay(day))
    return found === undefined ? [] : range(found.from, found.to)
  })
  // A day that is written where nobody knows it (1900-01-01) is nobody's.
  return rows.length === 0 || rows.length > MOST_BORN ? undefined : { start, end: date.end, rows }
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

/** Whether at most two characters part a word from a number: "A-12345", "April 3". */
function digitFollows(text: string, end: number): boolean {
  for (let at = end; at < end + 3; at += 1) {
    const unit = text.charCodeAt(at)
    if (isDigit(unit)) return at > end
    if (unit > 47 || unit < 32) return false
  }
  return false
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}
