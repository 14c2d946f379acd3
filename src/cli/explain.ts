import type { Basis, Finding } from '../domain/index.ts'

/** One recognizer's word on a place. */
export interface Vote {
  readonly recognizer: string
  readonly type: Finding['type']
  readonly basis: Basis
  readonly score: number
}

const MEANING: Readonly<Record<Basis, string>> = {
  validated: 'its form has a check (digits, ranges), which holds',
  labelled: 'a label or key name stands beside it',
  cued: 'a word announces it: a title, a kinship, a verb',
  pattern: 'its form alone',
  guess: 'words and shape around it, weighed together',
  propagated: 'the same value was found elsewhere in this text',
  field: 'a configured field',
  listed: 'a person of the roster',
}

/**
 * For each finding (by segment and start, as detection gives them) who saw something in its place: strongest first,
 * each recognizer once.
 */
export function votesFor(
  findings: readonly Finding[],
  votes: readonly Finding[],
): readonly (readonly Vote[])[] {
  const sorted = votes.toSorted((a, b) => a.segment - b.segment || a.start - b.start)
  let first = 0
  return findings.map((finding) => {
    const { segment, start, end } = finding
    const isBefore = (vote: Finding): boolean =>
      vote.segment < segment || (vote.segment === segment && vote.end <= start)
    for (let vote = sorted[first]; vote !== undefined && isBefore(vote); vote = sorted[first]) {
      first += 1
    }
    const there: Finding[] = []
    for (let at = first; at < sorted.length; at += 1) {
      const vote = sorted[at]
      if (vote === undefined || vote.segment > segment || vote.start >= end) break
      if (!isBefore(vote)) there.push(vote)
    }
    return eachOnce(there)
  })
}

function eachOnce(votes: readonly Finding[]): readonly Vote[] {
  const byName = new Map<string, Vote>()
  for (const { recognizer, type, basis, score } of votes.toSorted((a, b) => a.score - b.score)) {
    byName.set(`${recognizer} ${type}`, { recognizer, type, basis, score })
  }
  return [...byName.values()].toSorted((a, b) => b.score - a.score)
}

/** One line on a finding: where, what, how sure, and why. It holds no text but names of ours. */
export function explanation(finding: Finding, votes: readonly Vote[], offset: number): string {
  const { start, end, type, subtype, score, recognizer, basis } = finding
  const what = subtype === undefined ? type : `${type}.${subtype}`
  const told = votes.map((vote) => {
    const as = vote.type === type ? '' : ` as ${vote.type}`
    return `${vote.recognizer}${as} ${vote.score.toFixed(2)} (${vote.basis})`
  })
  return [
    `  ${offset + start}-${offset + end}`,
    `${what} ${score.toFixed(2)}`,
    `by ${recognizer}: ${MEANING[basis]}`,
    `votes: ${told.join(', ')}`,
  ].join('  ')
}
