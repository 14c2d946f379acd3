import { randomFillSync } from 'node:crypto'

const pool = Buffer.allocUnsafeSlow(4096)
let used = pool.length

/**
 * Random bytes for what is no secret, that are drawn many at a time: asked for by the dozen, each call costs as much as
 * an encryption.
 * @returns a view that is overwritten later: to be used at once
 */
export function randomView(length: number): Uint8Array {
  if (used + length > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += length
  return pool.subarray(used - length, used)
}
