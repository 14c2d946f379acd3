import type { Role } from '../schema/index.ts'

/**
 * Where a scalar stands. `text` and `number` can be masked; `key`, `header` and `query` cannot. An `inner-key`, one of a
 * JSON document inside a string, can: it is a part of that string's text.
 */
export type Place = 'text' | 'number' | 'inner-key' | 'key' | 'header' | 'query'

const MASKABLE: ReadonlySet<Place> = new Set(['text', 'number', 'inner-key'])

/** Whether a mask can be put there (law 5: only scalar values change). */
export function isMaskable(place: Place): boolean {
  return MASKABLE.has(place)
}

/** One inspectable scalar of an exchange. */
export interface Segment {
  /**
   * JSON Pointer (RFC 6901) of the scalar in the body, safe to print: a key that the API's schema does not define is
   * written `*`. A scalar of a JSON document inside a string continues after `#`: `/messages/2/content/0/text#/name`.
   * Headers and query parameters: `/headers/NAME`, `/query/NAME`.
   */
  readonly path: string
  readonly role: Role
  readonly place: Place
  /** The decoded text; for a number its literal as written. */
  readonly text: string
  /**
   * Object keys from the root of the nearest JSON document *of data* (a tool input, a JSON text, or the body) down to
   * this scalar, array positions left out. What field rules and key names (`ssn`, `mrn`, `birthDate`) are matched on.
   */
  readonly keys: readonly string[]
}
