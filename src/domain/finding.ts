import type { EntityType } from '../schema/index.ts'

/**
 * What a finding rests on. `validated`: a format with a check (digits, ranges) · `labelled`: a label or key name
 * beside it · `cued`: a word that announces it (a title, a kinship) · `pattern`: a form alone · `guess`: a statistical
 * vote · `propagated`: the same value was found elsewhere in this conversation · `field`: a configured field ·
 * `listed`: a person of the roster.
 */
export type Basis =
  'validated' | 'labelled' | 'cued' | 'pattern' | 'guess' | 'propagated' | 'field' | 'listed'

export type Subtype = 'patient' | 'relative' | 'clinician' | 'unknown'

/** A place where protected health information stands. It never holds the text it found. */
export interface Finding {
  /** Index of the segment in the list that was given to the detector. */
  readonly segment: number
  /** UTF-16 code units into the segment's text. */
  readonly start: number
  /** Exclusive. */
  readonly end: number
  readonly type: EntityType
  /** Only for PERSON. */
  readonly subtype?: Subtype
  /** 0 to 1. */
  readonly score: number
  /** Name of the recognizer. */
  readonly recognizer: string
  readonly basis: Basis
}
