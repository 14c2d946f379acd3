import { compact } from './compact.ts'
import { firstWords } from './first-words.ts'
import { oneBytePattern } from './one-byte.ts'

/** A run of letters, of digits, or of both, by its length and by the character behind it. */
export interface TokenShape {
  /** `digits` also where letters follow at once ("3rd"), `mixed` is the whole run ("A12"). */
  readonly kind: 'letters' | 'digits' | 'mixed'
  readonly least: number
  readonly most: number
  /** Characters of ASCII of which one follows; `a` stands for any letter. Without it anything may follow. */
  readonly next?: string
  /** What stands behind the character that follows. Without it anything may. */
  readonly beyond?: readonly Kind[]
}

/** What a character is to the scan. */
export type Kind = 'letter' | 'digit' | 'other'

/** Where matches of a pattern can begin. What is named too much costs time, what is missing is not found. */
export interface Begins {
  /** Words in lower case, letters only. */
  readonly words?: ReadonlySet<string>
  readonly tokens?: readonly TokenShape[]
  /** Characters that are neither letter nor digit, of ASCII. */
  readonly characters?: string
  /** Characters of ASCII of which a match begins with one; `A` stands for all capitals. Others than of ASCII it may begin with always. */
  readonly starts?: string
  /** The match begins up to so many characters before. */
  readonly lead?: number
  /** The match begins up to so many runs of letters and digits before. */
  readonly back?: number
}

/** A pattern that is tried only where it can begin. */
export interface Anchored {
  readonly id: number
  /** Sticky. */
  readonly pattern: RegExp
  /** The same for copies of one byte a character; undefined where it has to read the text itself. */
  oneByte(): RegExp | undefined
  readonly begins: readonly Begins[]
}

const all: Anchored[] = []

/** Every pattern so far, in the order of their numbers. The scan looks for what they begin with, all in one pass. */
export function anchoredPatterns(): readonly Anchored[] {
  return all
}

/** Makes a pattern that is tried only where one of the beginnings is. It MUST NOT match the empty text. */
export function anchored(
  source: string,
  flags: 'u' | 'iu',
  ...begins: readonly Begins[]
): Anchored {
  const pattern = new RegExp(compact(source), `${flags}y`)
  let oneByte: RegExp | undefined | null = null
  const one = {
    id: all.length,
    pattern,
    oneByte: () => (oneByte === null ? (oneByte = oneBytePattern(pattern)) : oneByte),
    begins,
  }
  all.push(one)
  return one
}

/** A pattern, without regard to case, of words (alternatives) with something before them that takes no room, and after. */
export function anchoredByWords(before: string, words: string, after: string): Anchored {
  return anchored(`${before}(?:${words})${after}`, 'iu', { words: firstWords(words) })
}
