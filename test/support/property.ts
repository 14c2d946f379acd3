import * as fc from 'fast-check'

/** Set it to the seed of a failure, which fast-check prints, to see the failure again. */
const SEED = process.env['PHIGATE_TEST_SEED']

export interface Effort {
  readonly runs: number
  /** After this many milliseconds no further run begins. */
  readonly within?: number
}

/** Checks a property on generated values; a failure prints its seed. */
export async function holds<T>(
  values: fc.Arbitrary<T>,
  property: (value: T) => Promise<void> | void,
  { runs, within = 6000 }: Effort,
): Promise<void> {
  const seed = SEED === undefined ? Date.now() % 2 ** 31 : Number(SEED)
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      await property(value)
    }),
    { seed, numRuns: runs, interruptAfterTimeLimit: within },
  )
}

/** Numbers that follow from a seed, for decisions too many to be generated one by one. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}
