import type { Basis, Subtype } from '../domain/index.ts'
import type { EntityType, Profile } from '../schema/index.ts'
import type { TextView } from './normalise/index.ts'
import { matchesIn, type Anchored } from './scan/index.ts'

export type Recall = Profile['recall']

/** A span of a view that a recognizer holds for protected health information. */
export interface Hit {
  readonly start: number
  readonly end: number
  readonly score: number
  readonly basis: Basis
  readonly subtype?: Subtype
}

/** One way of finding one entity type in a text. Its hits never overlap each other and come in order. */
export interface Recognizer {
  readonly name: string
  readonly type: EntityType
  /** A text without this is not given to the recognizer at all. */
  readonly needs: 'digit' | 'at' | 'foreign' | 'nothing'
  /** Reads sentences: keys, queries, headers and metadata are not given to it, which hold words without any. */
  readonly prose?: true
  /** What it looks for. Where none of these can begin it is not asked; without a list it is always asked. */
  readonly patterns?: readonly Anchored[]
  /** MUST be linear in the text: no nested quantifiers, every look-around and window bounded. */
  find(view: TextView, recall: Recall): readonly Hit[]
}

const NO_HITS: readonly Hit[] = []

/** What the matches of a pattern are hits of, in order; a match of which `hitOf` makes nothing is none. */
export function hitsIn(
  view: TextView,
  pattern: Anchored,
  hitOf: (match: RegExpExecArray) => Hit | undefined,
): readonly Hit[] {
  const matches = matchesIn(view, pattern)
  if (matches.length === 0) return NO_HITS
  const hits: Hit[] = []
  for (const match of matches) {
    const hit = hitOf(match)
    if (hit !== undefined) hits.push(hit)
  }
  return hits
}

/** The same of several forms, one behind the other. Most of them begin nowhere in a text, and cost it next to nothing. */
export function hitsOfForms<Form extends { readonly pattern: Anchored }>(
  view: TextView,
  forms: readonly Form[],
  hitOf: (match: RegExpExecArray, form: Form) => Hit | undefined,
): readonly Hit[] {
  let hits: Hit[] | undefined
  for (const form of forms) {
    const matches = matchesIn(view, form.pattern)
    if (matches.length === 0) continue
    for (const match of matches) {
      const hit = hitOf(match, form)
      if (hit !== undefined) (hits ??= []).push(hit)
    }
  }
  return hits ?? NO_HITS
}

/** The span of the last capture group, which MUST stand at the end of its match. */
export function lastGroup(match: RegExpExecArray): {
  readonly start: number
  readonly end: number
  readonly text: string
} {
  const end = match.index + match[0].length
  const text = match.at(-1) ?? ''
  return { start: end - text.length, end, text }
}

/** Up to `length` characters before a position: the window in which a cue may stand. */
export function before(text: string, position: number, length: number): string {
  return text.slice(Math.max(0, position - length), position)
}

/** Up to `length` characters from a position on. */
export function after(text: string, position: number, length: number): string {
  return text.slice(position, position + length)
}
