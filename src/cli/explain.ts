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

/** Who else saw something in the place of a finding; strongest first, each recognizer once. */
export function votesFor(finding: Finding, votes: readonly Finding[]): readonly Vote[] {
  const there = votes
    .filter(
      ({ segment, start, end }) =>
        segment === finding.segment && start < finding.end && end > finding.start,
    )
    .toSorted((a, b) => b.score - a.score)
  const byName = new Map(
    there
      .toReversed()
      .map(({ recognizer, type, basis, score }) => [
        `${recognizer} ${type}`,
        { recognizer, type, basis, score },
      ]),
  )
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
