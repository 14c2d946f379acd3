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
  for (let first = 0; first < all.length;) {
    const behind = clusterEnd(all, first)
    const alone = behind === first + 1 ? all[first] : undefined
    if (alone !== undefined) merged.push(alone)
    else for (const resolved of resolve(all.slice(first, behind))) merged.push(resolved)
    first = behind
  }
  return merged
}

/** Where the findings end that overlap one behind the other, from a first one on. */
function clusterEnd(sorted: readonly Finding[], first: number): number {
  const segment = sorted[first]?.segment
  let reach = sorted[first]?.end ?? 0
  let behind = first + 1
  for (let next = sorted[behind]; next !== undefined; next = sorted[behind]) {
    if (next.segment !== segment || next.start >= reach) break
    reach = Math.max(reach, next.end)
    behind += 1
  }
  return behind
}

function resolve(cluster: readonly Finding[]): readonly Finding[] {
  const [first] = cluster
  if (cluster.every(({ start, end }) => start === first?.start && end === first.end)) {
    return [{ ...strongestOf(cluster), score: highestScore(cluster) }]
  }
  return absorbCrumbs(joinSameType(sweep(cluster))).map(({ winner, start, end, score }) => ({
    ...winner,
    start,
    end,
    score,
  }))
}

/** A stretch of a cluster. */
interface Piece {
  /** The strongest finding over it. */
  readonly winner: Finding
  readonly start: number
  readonly end: number
  /** The highest over it. */
  readonly score: number
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
    const winner = strongestOf(active)
    const score = highestScore(active)
    const tied = lasting.some((finding) => finding.type === winner.type)
    pieces.push({ winner, start, end, score, tied })
  }
  return pieces
}

function strongestOf(findings: readonly Finding[]): Finding {
  return findings.reduce((best, finding) => (isStronger(finding, best) ? finding : best))
}

function highestScore(findings: readonly Finding[]): number {
  return Math.max(...findings.map(({ score }) => score))
}

function isStronger(a: Finding, b: Finding): boolean {
  const order =
    STRENGTH[a.basis] - STRENGTH[b.basis] ||
    a.score - b.score ||
    a.end - a.start - (b.end - b.start)
  return order > 0
}

function joinSameType(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (piece.tied && last?.winner.type === piece.winner.type && last.end === piece.start) {
      joined[joined.length - 1] = union(last, piece)
    } else {
      joined.push(piece)
    }
  }
  return joined
}

function absorbCrumbs(pieces: readonly Piece[]): readonly Piece[] {
  const kept: Piece[] = []
  for (const piece of pieces) {
    const last = kept.at(-1)
    const small = ({ start, end }: Piece) => end - start <= CRUMB
    if (last?.end === piece.start && (small(piece) || small(last))) {
      kept[kept.length - 1] = union(last, piece)
    } else {
      kept.push(piece)
    }
  }
  return kept
}

/** Of two pieces the stronger one gives its name to both; where they are equally strong, the longer one. */
function union(left: Piece, right: Piece): Piece {
  const order =
    STRENGTH[right.winner.basis] - STRENGTH[left.winner.basis] ||
    right.score - left.score ||
    right.end - right.start - (left.end - left.start)
  const { winner } = order > 0 ? right : left
  return { ...left, winner, end: right.end, score: Math.max(left.score, right.score) }
}
