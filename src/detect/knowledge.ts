import type { Subtype } from '../domain/index.ts'
import type { EntityType } from '../schema/index.ts'

/** What a value found again is a finding of. */
export interface Known {
  readonly type: EntityType
  readonly subtype?: Subtype
}

export interface KnownPart extends Known {
  /** It was learnt from text in lower case, so it is looked for in lower case too. */
  readonly lower: boolean
}

/**
 * What earlier messages taught. It holds text, so it lives in memory only and MUST NOT be logged or stored; nobody but
 * this folder looks inside.
 */
export interface Knowledge {
  /** Names of two and more parts, joined by spaces. */
  readonly names: ReadonlyMap<string, Known>
  /** The most parts that a known name beginning with this part has. */
  readonly longest: ReadonlyMap<string, number>
  /** Parts of names that stand for the person alone. */
  readonly parts: ReadonlyMap<string, KnownPart>
  /** Identifiers without separators. */
  readonly ids: ReadonlyMap<string, Known>
  /** Every beginning of a known identifier, so that a search gives up early. */
  readonly beginnings: ReadonlySet<string>
}

/** The start of a conversation. */
export const NOTHING_KNOWN: Knowledge = {
  names: new Map(),
  longest: new Map(),
  parts: new Map(),
  ids: new Map(),
  beginnings: new Set(),
}
