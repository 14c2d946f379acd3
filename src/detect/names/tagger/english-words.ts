import { ENGLISH } from '../lists/english.ts'

/** Of the filter, as a power of two: one word in two hundred that is none passes. */
const BITS = 20
const LOOKS = 4

const filter = Uint8Array.from(atob(ENGLISH), (character) => character.charCodeAt(0))

/** The bits that a folded word sets. */
function bitsOf(folded: string): readonly number[] {
  let hash = 0x81_1c_9d_c5
  for (let at = 0; at < folded.length; at += 1)
    hash = Math.imul(hash ^ folded.charCodeAt(at), 0x01_00_01_93)
  const first = scatter(hash)
  const step = scatter(first ^ 0x9e_37_79_b9) | 1
  return Array.from({ length: LOOKS }, (_, look) => (first + Math.imul(look, step)) >>> (32 - BITS))
}

function scatter(value: number): number {
  let hash = Math.imul(value ^ (value >>> 16), 0x85_eb_ca_6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35)
  return hash ^ (hash >>> 16)
}

/** The filter of these words: bytes, the low bits first. */
export function filterOf(words: Iterable<string>): Uint8Array {
  const bytes = new Uint8Array(2 ** BITS / 8)
  for (const word of words) {
    for (const bit of bitsOf(word)) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (1 << (bit & 7))
  }
  return bytes
}

/**
 * Whether a folded word stands in an English dictionary and is nobody's name. What is in no dictionary is a name more
 * often than not, most of all where capitals tell nothing.
 */
export function isEnglishWord(folded: string): boolean {
  return bitsOf(folded).every((bit) => ((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0)
}
