import { AMBIGUOUS } from '../words.ts'
import { DIGIT, FOLD, IDEOGRAPH, KIND, LOWER, NEWLINE, UNCASED, UPPER } from './characters.ts'
import { CUE_WORDS } from './cue-words.ts'
import { isCommonWord } from './common-words.ts'
import { isEnglishWord } from './english-words.ts'
import { isEponymWord, isMedicalWord } from './medical-words.ts'
import { EDGE, LONGEST_WORD, type LONG, PLAIN, STRANGE, UNTOLD } from './vocabulary.ts'

/** Features fall into so many buckets by their hash. */
export const BUCKETS = 2 ** 17
const MASK = BUCKETS - 1

/** Tokens beside one that its features look at: itself, the one before, behind, and two away. */
const OFFSETS = 5
/** More features than any word has. */
const MOST = 120

/** The features of one word as a neighbour sees them: bucket and position, side by side. */
export interface WordFeatures {
  count: number
  readonly buckets: Int32Array
  /** 0: the word itself · 1: as the next word's left neighbour · 2: as the one before's right neighbour · 3, 4: two away. */
  readonly offsets: Uint8Array
  /** How the feature tells of the word: IDENTITY and LIST features can be left out in training. */
  readonly kinds: Uint8Array
  /** What conjunctions know of the word: a cue by itself, else its shape and the list it is in. */
  group: number
  /** The group without what the lists say, for training. */
  bareGroup: number
  /** What the word tells of its line's language: UNTOLD, PLAIN or STRANGE. */
  tongue: number
  /** Whether it is a word of three letters and more that stands in no list, of names that are words neither. */
  unlisted: boolean
}

const FORM = 0
export const IDENTITY = 1
export const LIST = 2

export function emptyFeatures(): WordFeatures {
  return {
    count: 0,
    buckets: new Int32Array(MOST),
    offsets: new Uint8Array(MOST),
    kinds: new Uint8Array(MOST),
    group: 0,
    bareGroup: 0,
    tongue: UNTOLD,
    unlisted: false,
  }
}

const SHAPES = 40
const GROUP_EDGE = 0
const GROUP_LONG = 1
const FIRST_SHAPE = 2
const LISTS = 5
const FIRST_CUE = FIRST_SHAPE + SHAPES * LISTS + 128

/** One bucket for several numbers. */
export function mix(a: number, b: number): number {
  let hash =
    Math.imul(a ^ 0x9e_37_79_b9, 0x85_eb_ca_6b) ^ Math.imul(b + 0x7f_4a_7c_15, 0xc2_b2_ae_35)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c_1b_3c_6d)
  return hash ^ (hash >>> 13)
}

export function bucketOf(hash: number): number {
  return hash & MASK
}

/** The two words that are none. */
export function describeReserved(id: typeof EDGE | typeof LONG, into: WordFeatures): void {
  into.count = 0
  into.group = id === EDGE ? GROUP_EDGE : GROUP_LONG
  into.bareGroup = into.group
  into.tongue = UNTOLD
  into.unlisted = false
  for (let offset = 0; offset < OFFSETS; offset += 1) put(into, offset, FORM, 1, into.group)
}

const folded = new Uint16Array(LONGEST_WORD + 2)

/** Writes down what a word tells by itself, whatever stands around it. */
export function describeWord(units: Uint16Array, length: number, into: WordFeatures): void {
  into.count = 0
  for (let at = 0; at < length; at += 1) folded[at] = FOLD[units[at] ?? 0] ?? 0
  const word = String.fromCharCode(...folded.subarray(0, length))
  const shape = shapeOf(units, length)
  const letters = (KIND[units[0] ?? 0] ?? 0) > DIGIT
  const list = letters ? listOf(word) : 0
  const cue = CUE_WORDS.get(word)
  const isCue = cue !== undefined && shape !== SINGLE_UPPER
  into.tongue = tongueOf(shape, length, list)
  into.unlisted = letters && list === 0 && length >= 3 && !AMBIGUOUS.has(word)
  into.bareGroup = isCue ? FIRST_CUE + cue : FIRST_SHAPE + shape
  into.group = isCue || shape >= SHAPES ? into.bareGroup : into.bareGroup + SHAPES * list
  const identity = hashOf(0, length)
  for (let offset = 0; offset < OFFSETS; offset += 1) {
    put(into, offset, IDENTITY, 2, identity)
    put(into, offset, FORM, 3, shape)
    if (letters) put(into, offset, LIST, 4, list)
  }
  if (!letters) return
  put(into, 0, FORM, 5, Math.min(length, 12))
  for (let size = 1; size <= 4 && size < length; size += 1) {
    const suffix = hashOf(length - size, length)
    put(into, 0, FORM, 6 + size, suffix)
    if (size === 3) {
      put(into, 1, FORM, 11, suffix)
      put(into, 2, FORM, 11, suffix)
    }
    if (size >= 2) put(into, 0, FORM, 12 + size, hashOf(0, size))
  }
  for (let at = 0; at + 3 <= length && at < 14; at += 1) put(into, 0, FORM, 20, hashOf(at, at + 3))
  if (hasAccent(units, length)) put(into, 0, FORM, 21, 0)
  put(into, 0, IDENTITY, 22, mix(identity, shape))
}

function put(into: WordFeatures, offset: number, kind: number, type: number, value: number): void {
  into.buckets[into.count] = bucketOf(mix(mix(type, offset), value))
  into.offsets[into.count] = offset
  into.kinds[into.count] = kind
  into.count += 1
}

function hashOf(from: number, to: number): number {
  let hash = 0x81_1c_9d_c5
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (folded[at] ?? 0), 0x01_00_01_93)
  return hash
}

function hasAccent(units: Uint16Array, length: number): boolean {
  for (let at = 0; at < length; at += 1) {
    if ((units[at] ?? 0) >= 0xc0) return true
  }
  return false
}

/** 0: in no list · 1: a common word · 2: a medical word · 3: one after whom something is named · 4: a rarer word. */
function listOf(word: string): number {
  if (isMedicalWord(word)) return 2
  if (isEponymWord(word)) return 3
  if (isCommonWord(word)) return 1
  return isEnglishWord(word) ? 4 : 0
}

/** Short words are much the same in many languages, and a word with a capital may be a name in any. */
function tongueOf(shape: number, length: number, list: number): number {
  if (length < 4 || (shape !== SMALL && shape !== SHOUTED)) return UNTOLD
  return list === 0 ? STRANGE : PLAIN
}

const SINGLE_UPPER = 0
const SMALL = 22
/** Of five letters and more; those of four are abbreviations mostly. */
const SHOUTED = 28

/** The shape of a word by its capitals, digits and script; a mark of punctuation is a shape of its own. */
function shapeOf(units: Uint16Array, length: number): number {
  const first = units[0] ?? 0
  const kind = KIND[first] ?? 0
  if (kind === NEWLINE) return 1
  if (kind < DIGIT) return first < 128 ? SHAPES * LISTS + first : 2
  if (kind === IDEOGRAPH) return 3
  let upper = 0
  let lower = 0
  let digits = 0
  let other = 0
  for (let at = 0; at < length; at += 1) {
    const one = KIND[units[at] ?? 0]
    if (one === UPPER) upper += 1
    else if (one === LOWER) lower += 1
    else if (one === DIGIT) digits += 1
    else if (one !== UNCASED) other += 1
    if (units[at] === 0x5f) return 4
  }
  if (digits === length) return 5 + Math.min(length, 9)
  if (digits > 0) return mixedShape(kind, upper, lower, length)
  if (other === 0 && upper + lower === 0) return 20
  if (upper === 0) return length === 1 ? 21 : SMALL
  if (lower === 0) return length === 1 ? SINGLE_UPPER : 23 + Math.min(length, 5)
  if (kind === UPPER && upper === 1) return length === 2 ? 30 : 31
  if (kind === UPPER && upper === 2 && other > 0) return 32
  return kind === UPPER ? (upper === 2 && lower >= 3 ? 33 : 34) : 35
}

function mixedShape(kind: number, upper: number, lower: number, length: number): number {
  if (length > 12) return 36
  if (kind === DIGIT) return upper > 0 ? 37 : 38
  return lower > 0 ? 39 : 15
}
