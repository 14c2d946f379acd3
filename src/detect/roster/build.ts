import { BEGINS, BEGINS_JOINED, fingerprint, placeOf, STANDS_INSIDE } from './fingerprint.ts'
import { LISTED_TYPES, type ListedPerson } from './person.ts'
import { spellingsOf } from './spellings.ts'
import { digestOf, FILTER_PROBES, type RosterKeys, type RosterTables } from './tables.ts'

const BITS_PER_KEY = 16
const BITS_PER_BEGINNING = 64
const FIELDS = 6
const SMALLEST = 2048

/** An array of 32-bit numbers that grows. */
class Growing {
  #items = new Uint32Array(1024)
  length = 0

  push(...values: readonly number[]): void {
    this.#reserve(values.length)
    for (const value of values) this.#items[this.length++] = value
  }

  pushAll(values: Uint32Array): void {
    this.#reserve(values.length)
    this.#items.set(values, this.length)
    this.length += values.length
  }

  at(index: number): number {
    return this.#items[index] ?? 0
  }

  from(start: number): Uint32Array {
    return this.#items.slice(start, this.length)
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#items.length) return
    const larger = new Uint32Array(Math.max(this.#items.length * 2, this.length + more))
    larger.set(this.#items.subarray(0, this.length))
    this.#items = larger
  }
}

/** A part of a roster in the making: digests and fingerprints, no value. */
export interface RosterBatch {
  readonly people: number
  /** Six numbers a row: digest (2), fingerprints (2), owner, type. */
  readonly rows: Uint32Array
  readonly beginnings: Uint32Array
  readonly partStarts: Uint32Array
  readonly parts: Uint32Array
}

/** Collects listed people and makes the tables of them. */
export class RosterBuilder {
  readonly #keys: RosterKeys
  readonly #rows = new Growing()
  readonly #beginnings = new Set<number>()
  readonly #partStarts = new Growing()
  readonly #parts = new Growing()
  #marks = { rows: 0, beginnings: 0, partStarts: 0, parts: 0, people: 0 }
  #people = 0

  constructor(keys: RosterKeys) {
    this.#keys = keys
  }

  get people(): number {
    return this.#people
  }

  /** @returns how many values were given that cannot be used; undefined, and nothing is added, when none can */
  add(person: ListedPerson): number | undefined {
    const { keys, beginnings, joined, inside, parts, unusable } = spellingsOf(person)
    if (keys.length === 0) return undefined
    const [words, first, second] = this.#keys.seeds
    for (const { key, type } of keys) {
      const [high, low] = digestOf(key, this.#keys)
      const prints = [fingerprint(key, first), fingerprint(key, second)] as const
      this.#rows.push(high, low, ...prints, this.#people, LISTED_TYPES.indexOf(type))
    }
    const note = (texts: readonly string[], role: number): void => {
      for (const text of texts) this.#beginnings.add(placeOf(fingerprint(text, words), role))
    }
    note(beginnings, BEGINS)
    note(joined, BEGINS_JOINED)
    note(inside, STANDS_INSIDE)
    this.#partStarts.push(this.#parts.length)
    for (const word of parts) this.#parts.push(fingerprint(word, words))
    this.#people += 1
    return unusable
  }

  /** What was added since the batch before. */
  takeBatch(): RosterBatch {
    const marks = this.#marks
    const batch = {
      people: this.#people - marks.people,
      rows: this.#rows.from(marks.rows),
      beginnings: Uint32Array.from([...this.#beginnings].slice(marks.beginnings)),
      partStarts: this.#partStarts.from(marks.partStarts),
      parts: this.#parts.from(marks.parts),
    }
    this.#mark()
    return batch
  }

  /** Puts back a batch that was taken, in the order in which they were. */
  restore(batch: RosterBatch): void {
    this.#rows.pushAll(batch.rows)
    for (const print of batch.beginnings) this.#beginnings.add(print)
    this.#partStarts.pushAll(batch.partStarts)
    this.#parts.pushAll(batch.parts)
    this.#people += batch.people
    this.#mark()
  }

  tables(): RosterTables {
    const rows = this.#rows
    const count = rows.length / FIELDS
    const order = Uint32Array.from({ length: count }, (_, index) => index).toSorted(
      (a, b) =>
        rows.at(a * FIELDS) - rows.at(b * FIELDS) ||
        rows.at(a * FIELDS + 1) - rows.at(b * FIELDS + 1),
    )
    const digests = new Uint32Array(count * 2)
    const filter = new Uint32Array(wordsFor(count * BITS_PER_KEY))
    for (const [place, row] of order.entries()) {
      digests[place * 2] = rows.at(row * FIELDS)
      digests[place * 2 + 1] = rows.at(row * FIELDS + 1)
      addToFilter(filter, rows.at(row * FIELDS + 2), rows.at(row * FIELDS + 3))
    }
    const beginnings = new Uint32Array(wordsFor(this.#beginnings.size * BITS_PER_BEGINNING))
    for (const print of this.#beginnings) setBit(beginnings, print)
    return {
      digests,
      owners: order.map((row) => rows.at(row * FIELDS + 4)),
      types: order.map((row) => rows.at(row * FIELDS + 5)),
      filter,
      beginnings,
      partStarts: this.#allPartStarts(),
      parts: this.#parts.from(0),
    }
  }

  #allPartStarts(): Uint32Array {
    const starts = new Uint32Array(this.#people + 1)
    starts.set(this.#partStarts.from(0))
    starts[this.#people] = this.#parts.length
    return starts
  }

  #mark(): void {
    this.#marks = {
      rows: this.#rows.length,
      beginnings: this.#beginnings.size,
      partStarts: this.#partStarts.length,
      parts: this.#parts.length,
      people: this.#people,
    }
  }
}

/** 32-bit words for at least so many bits, a power of two of them. */
function wordsFor(bits: number): number {
  let size = SMALLEST
  while (size * 32 < bits) size *= 2
  return size
}

function setBit(bitmap: Uint32Array, print: number): void {
  const bit = print & (bitmap.length * 32 - 1)
  bitmap[bit >>> 5] = (bitmap[bit >>> 5] ?? 0) | (1 << (bit & 31))
}

function addToFilter(filter: Uint32Array, first: number, second: number): void {
  for (let probe = 0; probe < FILTER_PROBES; probe += 1) {
    setBit(filter, first + Math.imul(probe, second | 1))
  }
}
