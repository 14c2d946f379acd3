import type { Anchored } from '../scan/index.ts'

/** A way in which dates are written. */
export interface DateForm {
  readonly pattern: Anchored
  readonly score: number
  /** Whether the match is a date of the calendar at all. */
  readonly valid: (match: RegExpExecArray, text: string) => boolean
  /** What must stand before it: a cue ("on"), or a label ("DOB:"). `dated` forms are also taken in a text with full dates, `appointment` ones only behind a visit. */
  readonly needs?: 'cue' | 'label' | 'dated' | 'appointment'
}

/** 1800 to 2199. */
export const YEAR = String.raw`(?:1[89]|20|21)\d\d`

/** The pattern has looked at all of it. */
export const always = (): boolean => true
