import type { Knowledge } from './knowledge.ts'
import { HASH_START, hashOf, hashStep } from './scan/index.ts'

/** A part of a text in which a token may begin something known. */
export interface Start {
  readonly start: number
  readonly end: number
}

const SLOTS = 2 ** 15
const MASK = SLOTS - 1
const APOSTROPHE = 0x27
const BEYOND_ASCII = 0x80

/** What an ASCII code is to the search: 0 for what parts words, else its lower case. */
const FOLDED = new Uint8Array(BEYOND_ASCII)
for (let code = 0x30; code <= 0x39; code += 1) FOLDED[code] = code
for (let code = 0x61; code <= 0x7a; code += 1) {
  FOLDED[code] = code
  FOLDED[code - 0x20] = code
}
const LAST_DIGIT = 0x39

const filters = new WeakMap<Knowledge, Uint8Array>()

/**
 * Where something known may begin: one pass that rules out most words by a hash, so that they need not be cut out and
 * folded. Words with apostrophes or letters beyond ASCII are never ruled out.
 */
export function startsIn(text: string, known: Knowledge): readonly Start[] {
  const filter = filters.get(known) ?? filterOf(known)
  filters.set(known, filter)
  const starts: Start[] = []
  const length = text.length
  for (let at = 0; at < length;) {
    const code = text.charCodeAt(at)
    if (code < BEYOND_ASCII && FOLDED[code] === 0) {
      at += 1
      continue
    }
    const start = at
    const isNumber = code <= LAST_DIGIT
    let hash = HASH_START
    let odd = false
    for (; at < length; at += 1) {
      const next = text.charCodeAt(at)
      const folded = next < BEYOND_ASCII ? (FOLDED[next] ?? 0) : 0
      if (folded === 0) {
        if (next < BEYOND_ASCII && (next !== APOSTROPHE || isNumber)) break
        odd = true
      } else if (!odd && folded <= LAST_DIGIT !== isNumber) break
      hash = hashStep(hash, folded)
    }
    if (odd || filter[slotOf(hash)] === 1) starts.push({ start, end: at })
  }
  return starts
}

function filterOf({ longest, parts, beginnings }: Knowledge): Uint8Array {
  const filter = new Uint8Array(SLOTS)
  for (const words of [longest.keys(), parts.keys(), beginnings]) {
    for (const word of words) filter[slotOf(hashOf(word))] = 1
  }
  return filter
}

/** Multiplication carries upwards only, so the low bits alone would tell little. */
function slotOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & MASK
}
