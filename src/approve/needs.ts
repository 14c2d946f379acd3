import type { ApprovalObligation, Review, Vote } from '../schema/index.ts'

/** Groups whose members may answer a need now: after its escalation those of the escalation as well. */
function groupsOf(need: ApprovalObligation, since: number, now: number): readonly string[] {
  const { groups, escalate } = need
  const escalated = escalate !== undefined && now - since >= escalate.afterSeconds * 1000
  return escalated ? [...groups, ...escalate.groups] : groups
}

/** Whether a member of these groups may answer the review now. */
export function entitled(review: Review, groups: readonly string[], now: number): boolean {
  const asked = new Set(review.needs.flatMap((need) => groupsOf(need, review.createdAt, now)))
  return groups.some((group) => asked.has(group))
}

/** A need and how many approvals it still lacks. */
export interface OpenNeed {
  readonly groups: readonly string[]
  readonly missing: number
}

/**
 * What is still needed. Each person counts for one place of one need, whatever groups they are in, so that two needs
 * always mean two persons; places are given out so that as many as possible are taken.
 * @param votes those that count; approvals when not given
 */
export function openNeeds(
  review: Review,
  now: number,
  votes: readonly Vote[] = review.approvals.filter(({ verdict }) => verdict === 'approve'),
): readonly OpenNeed[] {
  const places = review.needs.flatMap((need, index) =>
    Array.from({ length: need.min }, () => ({
      index,
      groups: groupsOf(need, review.createdAt, now),
    })),
  )
  const taken = new Map<number, Vote>()
  for (const vote of latestByPerson(votes)) seat(vote, places, taken, new Set())
  return review.needs.map((need, index) => ({
    groups: groupsOf(need, review.createdAt, now),
    missing: places.filter((place, at) => place.index === index && !taken.has(at)).length,
  }))
}

interface SeatPlace {
  readonly groups: readonly string[]
}

/** Gives a person a place, moving others to places that they may take as well (an augmenting path). */
function seat(
  vote: Vote,
  places: readonly SeatPlace[],
  taken: Map<number, Vote>,
  tried: Set<number>,
): boolean {
  for (const [at, { groups }] of places.entries()) {
    if (tried.has(at) || !vote.groups.some((group) => groups.includes(group))) continue
    tried.add(at)
    const other = taken.get(at)
    if (other === undefined || seat(other, places, taken, tried)) {
      taken.set(at, vote)
      return true
    }
  }
  return false
}

function latestByPerson(votes: readonly Vote[]): readonly Vote[] {
  return [...new Map(votes.map((vote) => [vote.by, vote])).values()]
}
