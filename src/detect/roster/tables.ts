import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { BEGINS, BEGINS_JOINED, finished, mixed, placeOf, STANDS_INSIDE } from './fingerprint.ts'
import { LISTED_TYPES, type ListedType } from './person.ts'

/** Derived from the keyring's roster key: what the tables were made with, and are searched with. */
export interface RosterKeys {
  readonly digest: KeyObject
  /** Seeds of the fingerprints: of words, and two of keys. */
  readonly seeds: readonly [words: number, first: number, second: number]
}

/**
 * The listed people, without a value: HMAC-SHA-256 of each spelling, cut to 64 bits, in order, and fingerprints that
 * rule out nearly everything before a digest is made.
 */
export interface RosterTables {
  /** Pairs of 32 bits, ascending. */
  readonly digests: Uint32Array
  /** Row by row: whose it is. */
  readonly owners: Uint32Array
  /** Row by row: position in LISTED_TYPES. */
  readonly types: Uint32Array
  /** A Bloom filter of keys; its length is a power of two. */
  readonly filter: Uint32Array
  /** A bitmap of words with which a value may begin; its length is a power of two. */
  readonly beginnings: Uint32Array
  /** Where each person's words begin in `parts`; one more than there are people. */
  readonly partStarts: Uint32Array
  /** Fingerprints of the words of names. */
  readonly parts: Uint32Array
}

export const FILTER_PROBES = 4

/** Derives what the tables need from 32 bytes (HKDF-SHA-256, RFC 5869). */
export function rosterKeys(secret: Uint8Array): RosterKeys {
  const derive = (info: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, '', info, length))
  const seeds = derive('roster fingerprint', 12)
  return {
    digest: createSecretKey(derive('roster digest', 32)),
    seeds: [seeds.readInt32LE(0), seeds.readInt32LE(4), seeds.readInt32LE(8)],
  }
}

/** The first 64 bits of a key's HMAC. */
export function digestOf(key: string, keys: RosterKeys): readonly [number, number] {
  const digest = createHmac('sha256', keys.digest).update(key).digest()
  return [digest.readUInt32BE(0), digest.readUInt32BE(4)]
}

/** The listed people as detection asks about them. */
export class Roster {
  /** Names the content: equal for equal lists under one key. */
  readonly version: string
  readonly keys: RosterKeys
  readonly #tables: RosterTables
  readonly #filterMask: number
  readonly #beginningMask: number

  constructor(version: string, tables: RosterTables, keys: RosterKeys) {
    this.version = version
    this.keys = keys
    this.#tables = tables
    this.#filterMask = tables.filter.length * 32 - 1
    this.#beginningMask = tables.beginnings.length * 32 - 1
  }

  get people(): number {
    return this.#tables.partStarts.length - 1
  }

  /** Whether a listed name or address may begin with a word of this fingerprint. */
  mayBegin(hash: number): boolean {
    return this.#isSet(placeOf(hash, BEGINS))
  }

  /** The same for values whose parts stand close together: identifiers and mail addresses. */
  mayBeginJoined(hash: number): boolean {
    return this.#isSet(placeOf(hash, BEGINS_JOINED))
  }

  /** Whether the word may stand inside a listed name or address. */
  mayStandInside(hash: number): boolean {
    return this.#isSet(placeOf(hash, STANDS_INSIDE))
  }

  /** The rows of a key: `from` inclusive, `to` exclusive. */
  find(key: string): { readonly from: number; readonly to: number } | undefined {
    if (!this.#mayHold(key)) return undefined
    const [high, low] = digestOf(key, this.keys)
    const from = this.#lowerBound(high, low)
    let to = from
    while (this.#isRow(to, high, low)) to += 1
    return to > from ? { from, to } : undefined
  }

  ownerOf(row: number): number {
    return this.#tables.owners[row] ?? 0
  }

  typeOf(row: number): ListedType {
    return LISTED_TYPES[this.#tables.types[row] ?? 0] ?? 'OTHER_ID'
  }

  /** Fingerprints of the words of a person's names. */
  partsOf(person: number): Uint32Array {
    const { parts, partStarts } = this.#tables
    return parts.subarray(partStarts[person] ?? 0, partStarts[person + 1] ?? 0)
  }

  #isSet(place: number): boolean {
    const bit = place & this.#beginningMask
    return (((this.#tables.beginnings[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1
  }

  #mayHold(key: string): boolean {
    let [, first, second] = this.keys.seeds
    for (let at = 0; at < key.length; at += 1) {
      const unit = key.charCodeAt(at)
      first = mixed(first, unit)
      second = mixed(second, unit)
    }
    first = finished(first)
    second = finished(second) | 1
    for (let probe = 0; probe < FILTER_PROBES; probe += 1) {
      const bit = (first + Math.imul(probe, second)) & this.#filterMask
      if ((((this.#tables.filter[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 0) return false
    }
    return true
  }

  #isRow(row: number, high: number, low: number): boolean {
    const { digests } = this.#tables
    return row * 2 < digests.length && digests[row * 2] === high && digests[row * 2 + 1] === low
  }

  #lowerBound(high: number, low: number): number {
    const { digests } = this.#tables
    let from = 0
    let to = digests.length / 2
    while (from < to) {
      const middle = (from + to) >>> 1
      const h = digests[middle * 2] ?? 0
      const before = h < high || (h === high && (digests[middle * 2 + 1] ?? 0) < low)
      if (before) from = middle + 1
      else to = middle
    }
    return from
  }
}
