/** One kind of change, named by a line that reads like a sentence, and how often it would happen. */
export interface Change {
  /** `request: mask -> deny (bulk-text)`: the name under which a change can be accepted. */
  readonly change: string
  readonly count: number
  /** Where to look: the first few ids. */
  readonly samples: readonly string[]
}

/** Counts changes by name; memory grows with the kinds of change, not with their number. */
export interface Tally {
  /** @param times how often it happened in this sample */
  add(change: string, sample: string, times?: number): void
  /** The most frequent first. */
  changes(): readonly Change[]
}

const SAMPLES = 3

export function newTally(): Tally {
  const counts = new Map<string, { count: number; samples: string[] }>()
  return {
    add(change, sample, times = 1) {
      const entry = counts.get(change) ?? { count: 0, samples: [] }
      entry.count += times
      if (entry.samples.length < SAMPLES && !entry.samples.includes(sample)) {
        entry.samples.push(sample)
      }
      counts.set(change, entry)
    },
    changes: () =>
      [...counts]
        .map(([change, { count, samples }]) => ({ change, count, samples }))
        .toSorted((a, b) => b.count - a.count || (a.change < b.change ? -1 : 1)),
  }
}
