import { DIGIT, KIND } from './characters.ts'

/** Before the first and behind the last token. */
export const EDGE = 0
/** Too long to be a word of any language: a key, a hash, a line of base64. */
export const LONG = 1
const RESERVED = 2

/** A word longer than this is `LONG`. */
export const LONGEST_WORD = 30

/** What a word tells of the language around it: nothing, that it is English, or that it is in no dictionary. */
export const UNTOLD = 0
export const PLAIN = 1
export const STRANGE = 2

/** Told of each word that is new: its number, and its characters with every digit written as 0. Gives what it tells. */
export type Describe = (id: number, units: Uint16Array, length: number) => number

/** Numbers words. It is bounded: `makeRoom` forgets all of them where too many have come. */
export interface Vocabulary {
  /** The number of the word at a place of a text, of which `hash` was computed by `step`. */
  idOf(text: string, start: number, end: number, hash: number): number
  /** UNTOLD, PLAIN or STRANGE, by the number of a word. */
  tongueOf(id: number): number
  /** MUST be called before a run of at most `most` words, whose numbers then stay valid to its end. */
  makeRoom(most: number): void
  /** For each word, from `roomOf` its number on, `ROOM` numbers to keep what is computed of it. */
  readonly records: Int32Array
}

/**
 * What is kept of a word stands side by side, so that a word costs one or two lines of the processor's cache, which holds
 * little of a text's words: how long it is and what it tells, room for its user, its characters.
 */
const RECORD = 32
export const ROOM = 11
const UNITS = 2 * RECORD
const LENGTH = 0
const TONGUE = 1
const CHARACTERS = 2 + 2 * ROOM

/** Where in the records the room of a word begins. */
export function roomOf(id: number): number {
  return id * RECORD + 1
}

/** One step of the rolling hash of a word. */
export function step(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01_00_01_93)
}

/** The code unit as the vocabulary sees it: numbers of one length are one word. */
export function unitOf(unit: number): number {
  return KIND[unit] === DIGIT ? 0x30 : unit
}

/**
 * A vocabulary for at most `capacity` words. Words are compared character by character: two words that share a hash
 * are two words. One that is told of each word the first time keeps what it computes of it under the number.
 */
export function vocabularyOf(capacity: number, describe: Describe): Vocabulary {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(capacity * 2)))
  const mask = slots.length - 1
  const records = new Int32Array(capacity * RECORD)
  const units = new Uint16Array(records.buffer)
  let count = RESERVED

  const forgetAll = (): void => {
    slots.fill(0)
    count = RESERVED
  }
  const isAt = (id: number, text: string, start: number, end: number): boolean => {
    if (units[id * UNITS + LENGTH] !== end - start) return false
    const from = id * UNITS + CHARACTERS - start
    for (let at = start; at < end; at += 1) {
      if (units[from + at] !== unitOf(text.charCodeAt(at))) return false
    }
    return true
  }
  const add = (text: string, start: number, end: number): number => {
    const id = count
    count += 1
    const from = id * UNITS + CHARACTERS
    const length = end - start
    for (let at = 0; at < length; at += 1) units[from + at] = unitOf(text.charCodeAt(start + at))
    units[id * UNITS + LENGTH] = length
    units[id * UNITS + TONGUE] = describe(id, units.subarray(from, from + length), length)
    return id
  }

  return {
    records,
    tongueOf: (id) => units[id * UNITS + TONGUE] ?? UNTOLD,
    makeRoom(most) {
      if (count + most > capacity) forgetAll()
    },
    idOf(text, start, end, hash) {
      // Multiplication carries upwards only, so the low bits alone would tell little.
      let slot = (hash ^ (hash >>> 15)) & mask
      for (let id = slots[slot] ?? 0; id !== 0; id = slots[slot] ?? 0) {
        if (isAt(id, text, start, end)) return id
        slot = (slot + 1) & mask
      }
      const id = add(text, start, end)
      slots[slot] = id
      return id
    },
  }
}
