import type { PolicyInput, Profile } from '../../schema/index.ts'
import type { Policy } from '../policy.ts'
import { profileFacts } from './case-facts.ts'
import { describeDecision, profileDifferences } from './describe.ts'
import type { RecordedDecision, Undecidable } from './recorded.ts'
import { newTally, type Change, type Tally } from './tally.ts'

/** What a log says about two policies. */
export interface Redecided {
  readonly records: number
  readonly decided: number
  /** Records that could not be decided again, by why. */
  readonly undecidable: Readonly<Record<Undecidable['kind'], number>>
  /** Decided otherwise when it was recorded than the old policy decides now: the log is of yet another policy. */
  readonly recordedOtherwise: number
  /** Of outcomes and reasons, and of profiles: `profile claude request: entities.DATE placeholder -> keep`. */
  readonly changes: readonly Change[]
}

/**
 * Decides recorded facts under two policies, one record at a time.
 *
 * The facts hold what was found under the profile of then: the operators in them, what would be masked and withheld.
 * So a profile that changed is told of as a change of its own, and what it does to texts is `policy diff --text`.
 */
export async function redecide(
  records: AsyncIterable<RecordedDecision | Undecidable>,
  before: Policy,
  after: Policy,
): Promise<Redecided> {
  const tally = newTally()
  const noteProfiles = profileTally(before, after, tally)
  const undecidable = emptyCounts()
  let decided = 0
  let recordedOtherwise = 0
  for await (const record of records) {
    if (record.kind !== 'decision') {
      undecidable[record.kind] += 1
      continue
    }
    decided += 1
    const { facts, decisionId, result } = record
    const old = describeDecision(before.decide(facts))
    const now = describeDecision(after.decide(facts))
    if (old !== now) tally.add(`${facts.direction}: ${old} -> ${now}`, decisionId)
    if (result !== undefined && describeDecision(result) !== old) recordedOtherwise += 1
    noteProfiles(facts, decisionId)
  }
  const skipped = Object.values(undecidable).reduce((sum, count) => sum + count, 0)
  return {
    records: decided + skipped,
    decided,
    undecidable,
    recordedOtherwise,
    changes: tally.changes(),
  }
}

function emptyCounts(): Record<Undecidable['kind'], number> {
  return {
    'no-decision': 0,
    'refused-before-facts': 0,
    'facts-of-another-version': 0,
    torn: 0,
  }
}

function profileTally(
  before: Policy,
  after: Policy,
  tally: Tally,
): (facts: PolicyInput, sample: string) => void {
  // A policy gives equal inputs the same object, so that profiles are compared once.
  const known = new WeakMap<Profile, WeakMap<Profile, readonly string[]>>()
  const differences = (old: Profile | undefined, now: Profile | undefined): readonly string[] => {
    if (old === undefined || now === undefined) return profileDifferences(old, now)
    const byOld = known.get(old) ?? new WeakMap<Profile, readonly string[]>()
    known.set(old, byOld)
    const found = byOld.get(now) ?? profileDifferences(old, now)
    byOld.set(now, found)
    return found
  }
  return (facts, sample) => {
    const old = profileOf(before, facts)
    const now = profileOf(after, facts)
    for (const difference of differences(old, now)) {
      tally.add(`profile ${facts.connection.name} ${facts.direction}: ${difference}`, sample)
    }
  }
}

function profileOf(policy: Policy, facts: PolicyInput): Profile | undefined {
  try {
    return policy.profile(profileFacts(facts))
  } catch {
    return undefined
  }
}
