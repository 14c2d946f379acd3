import { bucketOf, mix } from './features.ts'

/** How many features join a token with its neighbours. */
export const CONJUNCTIONS = 9

/**
 * Writes the buckets of the features that join a token with its neighbours: the groups of the two before it, its own,
 * those of the two behind it, and the look of its line and of its sides.
 */
export function conjunctionsOf(
  before2: number,
  before: number,
  here: number,
  after: number,
  after2: number,
  line: number,
  into: Int32Array,
): void {
  const left = mix(before + 0x1_00_00, here)
  const right = mix(here + 0x2_00_00, after)
  into[0] = bucketOf(left)
  into[1] = bucketOf(right)
  into[2] = bucketOf(mix(left, after + 0x3_00_00))
  into[3] = bucketOf(mix(left, before2 + 0x4_00_00))
  into[4] = bucketOf(mix(right, after2 + 0x5_00_00))
  into[5] = bucketOf(mix(before + 0x6_00_00, after))
  into[6] = bucketOf(mix(line + 0x7_00_00, here))
  into[7] = bucketOf(mix(left, line + 0x8_00_00))
  into[8] = bucketOf(mix(right, line + 0x9_00_00))
}
