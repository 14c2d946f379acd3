import type { ForwardVerdict, HoldVerdict } from '../inspect/index.ts'

type ForForward = 'body' | 'pieces' | 'marks' | 'facts'

/** What is known of a request whose body is out. */
export interface Sent extends Omit<ForwardVerdict, ForForward> {
  readonly bodyBytes: number
}

export function sentOf(verdict: ForwardVerdict): Sent {
  const { body, pieces: _pieces, marks: _marks, facts: _facts, ...rest } = verdict
  return { ...rest, bodyBytes: body.byteLength }
}

/**
 * Takes from a verdict what nobody needs who has it as Sent. Whoever called holds the verdict until the exchange ends, an
 * answer may take minutes, and its body is megabytes.
 */
export function letGo(verdict: ForwardVerdict | HoldVerdict): void {
  const emptied: { -readonly [Name in ForForward]?: unknown } = verdict
  delete emptied.body
  delete emptied.pieces
  delete emptied.marks
  delete emptied.facts
}
