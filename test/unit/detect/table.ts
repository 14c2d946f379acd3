import assert from 'node:assert/strict'
import { viewOf } from '../../../src/detect/normalise/index.ts'
import type { Recall, Recognizer } from '../../../src/detect/recognizer.ts'
import { detect, type DetectOptions } from '../../../src/detect/index.ts'
import type { Basis, Finding, Segment, Subtype } from '../../../src/domain/index.ts'

export const BALANCED: DetectOptions = { recall: 'balanced', fields: [] }

/** A text with its expected spans between guillemets, the least score they must have, and what they rest on. */
export type Row = readonly [marked: string, score?: number, basis?: Basis, subtype?: Subtype]

export function segment(text: string, rest: Partial<Segment> = {}): Segment {
  return { path: '/messages/0/content', role: 'user', place: 'text', text, keys: [], ...rest }
}

interface Expected {
  readonly text: string
  readonly spans: readonly (readonly [start: number, end: number])[]
}

export function unmark(marked: string): Expected {
  const spans: [number, number][] = []
  let text = ''
  let start = 0
  for (const character of marked) {
    if (character === '«') start = text.length
    else if (character === '»') spans.push([start, text.length])
    else text += character
  }
  return { text, spans }
}

/** Asserts that the recognizer finds exactly the marked spans in each text. Rows are named by number only. */
export function assertRows(
  recognizer: Recognizer,
  rows: readonly Row[],
  recall: Recall = 'balanced',
) {
  for (const [index, [marked, score, basis, subtype]] of rows.entries()) {
    const { text, spans } = unmark(marked)
    const view = viewOf(text)
    const hits = recognizer.find(view, recall)
    const found = hits
      .map((hit) => view.origin(hit.start, hit.end))
      .map((one) => [one.start, one.end])
    assert.deepEqual(found, spans, `spans of row ${index}`)
    for (const hit of hits) {
      assert.ok(hit.score > 0 && hit.score <= 1, `score of row ${index}`)
      if (score !== undefined) assert.equal(hit.score, score, `score of row ${index}`)
      if (basis !== undefined) assert.equal(hit.basis, basis, `basis of row ${index}`)
      if (subtype !== undefined) assert.equal(hit.subtype, subtype, `subtype of row ${index}`)
    }
  }
}

/** What a whole detection gives for one text: type and text of each finding. */
export function typed(
  text: string,
  options: DetectOptions = BALANCED,
  rest: Partial<Segment> = {},
) {
  return shown([segment(text, rest)], detect([segment(text, rest)], options))
}

export function shown(
  segments: readonly Segment[],
  findings: readonly Finding[],
): readonly string[] {
  return findings.map(
    (finding) =>
      `${finding.type} ${segments[finding.segment]?.text.slice(finding.start, finding.end)}`,
  )
}
