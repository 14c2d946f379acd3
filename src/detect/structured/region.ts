import type { Finding } from '../../domain/index.ts'

/** UTF-16 code units of a text; the end is exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** A text that was written in another one, with the way back to the offsets there. */
export interface Inner {
  readonly text: string
  origin(start: number, end: number): Range
}

/** What the place of a value says it is. */
export type Label = Pick<Finding, 'type' | 'subtype' | 'score' | 'basis' | 'recognizer'>

/**
 * A stretch of text with a value of its own: a JSON string, a component, the text of an element, a cell of a table. A
 * finding never crosses its edges, so that the syntax around it survives masking.
 */
export interface Cell extends Range {
  /** The value as it is meant, where it is written with escapes. */
  readonly inner?: Inner
  /** What the whole value is. */
  readonly label?: Label
  /** A code, a unit, a status: nothing but a validated identifier is one there. */
  readonly plain?: boolean
}

/** A stretch of text that has a syntax: what lies between its cells is never part of a finding. */
export interface Region extends Range {
  /** In order, apart from each other. */
  readonly cells: readonly Cell[]
}

/** Finds the regions of one syntax. MUST be linear in the text, and give up at once on a text without that syntax. */
export type Reader = (text: string) => readonly Region[]

/** The label of a value whose place is defined by a standard or by its name. */
export function labelled(
  recognizer: string,
  type: Finding['type'],
  subtype?: Finding['subtype'],
  score = 0.95,
): Label {
  return type === 'PERSON'
    ? { type, subtype: subtype ?? 'unknown', score, basis: 'labelled', recognizer }
    : { type, score, basis: 'labelled', recognizer }
}

/** The range without the white space at its ends. */
export function trimmed(text: string, { start, end }: Range): Range {
  let from = start
  let to = end
  while (from < to && isSpace(text.charCodeAt(from))) from += 1
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1
  return { start: from, end: to }
}

/** White space, and the separators that frame messages (MLLP ends one with 0x1C). */
function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0x1c || code === 0xa0
}
