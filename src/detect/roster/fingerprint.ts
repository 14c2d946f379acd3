/**
 * Fast keyed fingerprints of 32 bits, to rule words out before anything is digested. They are no digests: nothing rests
 * on them alone, and they leave the process inside a sealed file only.
 */

const PRIME = 0x01000193

/** Adds one UTF-16 code unit. */
export function mixed(state: number, unit: number): number {
  return Math.imul(state ^ unit, PRIME)
}

/** Spreads the state over all bits (the finaliser of MurmurHash3). */
export function finished(state: number): number {
  let hash = state ^ (state >>> 16)
  hash = Math.imul(hash, 0x85ebca6b)
  hash ^= hash >>> 13
  hash = Math.imul(hash, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The fingerprint of a folded text under a seed. */
export function fingerprint(text: string, seed: number): number {
  let state = seed
  for (let at = 0; at < text.length; at += 1) state = mixed(state, text.charCodeAt(at))
  return finished(state)
}

/**
 * One bitmap tells three things of a word: whether a name or address may begin with it, whether an identifier or a
 * mail address may, whether it may stand inside of one. Each has a place of its own for the word's fingerprint.
 */
export const BEGINS = 0
export const BEGINS_JOINED = 0x9e3779b9
export const STANDS_INSIDE = 0x3c6ef372

export function placeOf(hash: number, role: number): number {
  return role === BEGINS ? hash : finished(hash ^ role)
}
