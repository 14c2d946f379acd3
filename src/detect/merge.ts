import type { Basis, Finding } from '../domain/index.ts'

const STRENGTH: Readonly<Record<Basis, number>> = {
  field: 7,
  listed: 6,
  labelled: 5,
  validated: 4,
  cued: 3,
  propagated: 2,
  pattern: 1,
  guess: 0,
}
/** A rest this short beside a stronger finding is a quote or a dot: it goes with its neighbour. */
const CRUMB = 2

/**
 * Merges findings into one list, by segment and start, that never overlaps.
 *
 * Every character that a finding covers MUST stay covered, with a score no lower than the highest one over it. Where
 * findings overlap, the stronger basis, then the higher score, then the longer one keeps its span; what the weaker one
 * covers beside it stays the weaker one's, so that an identifier inside a kept URL is masked all the same. Overlapping
 * findings of one type become one.
 */
export function mergeFindings(...lists: readonly (readonly Finding[])[]): readonly Finding[] {
  if (lists.every((list) => list.length === 0)) return []
  const all = lists
    .flat()
    .filter((finding) => finding.end > finding.start)
    .toSorted((a, b) => a.segment - b.segment || a.start - b.start || b.end - a.end)
  const merged: Finding[] = []
  let cluster: Finding[] = []
  let reach = 0
  for (const finding of all) {
    const apart = finding.segment !== cluster[0]?.segment || finding.start >= reach
    if (apart) {
      for (const resolved of resolve(cluster)) merged.push(resolved)
      cluster = []
      reach = 0
    }
    cluster.push(finding)
    reach = Math.max(reach, finding.end)
  }
  for (const resolved of resolve(cluster)) merged.push(resolved)
  return merged
}

function resolve(cluster: readonly Finding[]): readonly Finding[] {
  return cluster.length < 2 ? cluster : absorbCrumbs(joinSameType(sweep(cluster)))
}

interface Piece extends Finding {
  /** Whether the piece before it, touching, was covered by a finding that covers this one too. */
  readonly tied: boolean
}

/** Cuts a cluster at every start and end; each piece goes to the strongest finding over it. */
function sweep(cluster: readonly Finding[]): readonly Piece[] {
  const cuts = [...new Set(cluster.flatMap((finding) => [finding.start, finding.end]))].toSorted(
    (a, b) => a - b,
  )
  const pieces: Piece[] = []
  let active: Finding[] = []
  let next = 0
  for (const [index, start] of cuts.entries()) {
    const end = cuts[index + 1]
    if (end === undefined) break
    const lasting = active.filter((finding) => finding.end > start)
    active = [...lasting]
    for (let finding = cluster[next]; finding?.start === start; finding = cluster[next]) {
      active.push(finding)
      next += 1
    }
    const winner = active.reduce((best, finding) => (stronger(finding, best) ? finding : best))
    const score = Math.max(...active.map((finding) => finding.score))
    const tied = lasting.some((finding) => finding.type === winner.type)
    pieces.push({ ...winner, start, end, score, tied })
  }
  return pieces
}

function stronger(a: Finding, b: Finding): boolean {
  const order =
    STRENGTH[a.basis] - STRENGTH[b.basis] ||
    a.score - b.score ||
    a.end - a.start - (b.end - b.start)
  return order > 0
}

function joinSameType(pieces: readonly Piece[]): readonly Finding[] {
  const joined: Finding[] = []
  for (const { tied, ...piece } of pieces) {
    const last = joined.at(-1)
    if (tied && last?.type === piece.type && last.end === piece.start) {
      joined[joined.length - 1] = union(last, piece)
    } else {
      joined.push(piece)
    }
  }
  return joined
}

function absorbCrumbs(pieces: readonly Finding[]): readonly Finding[] {
  const kept: Finding[] = []
  for (const piece of pieces) {
    const last = kept.at(-1)
    const small = (finding: Finding) => finding.end - finding.start <= CRUMB
    if (last?.end === piece.start && (small(piece) || small(last))) {
      kept[kept.length - 1] = union(last, piece)
    } else {
      kept.push(piece)
    }
  }
  return kept
}

function union(left: Finding, right: Finding): Finding {
  const winner = stronger(right, left) ? right : left
  return { ...winner, start: left.start, end: right.end, score: Math.max(left.score, right.score) }
}
