/** What stands in the place of a range of a text. Ranges are in order and apart. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

export interface Range {
  readonly start: number
  readonly end: number
}

/** A text that was made from another one, with the way back. */
export interface Mapped {
  readonly text: string
  /** The range of the other text that a range of this one came from: whole edits, never a part of one. */
  origin(start: number, end: number): Range
}

/** The edits by position; of two that overlap the first, which is the longer one where they begin together. */
export function inOrder(edits: readonly Edit[]): readonly Edit[] {
  if (edits.length < 2) return edits
  const kept: Edit[] = []
  for (const edit of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start >= (kept.at(-1)?.end ?? 0)) kept.push(edit)
  }
  return kept
}

/** Replaces the ranges. What a replaced range holds is mapped to all of it. */
export function edited(original: string, edits: readonly Edit[]): Mapped {
  if (edits.length === 0) return { text: original, origin: (start, end) => ({ start, end }) }
  const pieces: string[] = []
  // Where each replacement begins in the new text.
  const begins = new Uint32Array(edits.length)
  let at = 0
  let length = 0
  for (const [index, edit] of edits.entries()) {
    pieces.push(original.slice(at, edit.start), edit.text)
    length += edit.start - at
    begins[index] = length
    length += edit.text.length
    at = edit.end
  }
  pieces.push(original.slice(at))
  const back = (position: number, side: 'start' | 'end'): number => {
    const index = lastAtMost(begins, position)
    const edit = edits[index]
    if (edit === undefined) return position
    const inside = position - (begins[index] ?? 0)
    return inside < edit.text.length ? edit[side] : edit.end + inside - edit.text.length
  }
  return {
    text: pieces.join(''),
    origin(start, end) {
      const first = back(start, 'start')
      if (end <= start) return { start: first, end: first }
      const last = lastAtMost(begins, end - 1)
      const edit = edits[last]
      const replaced = edit !== undefined && end - 1 < (begins[last] ?? 0) + edit.text.length
      return { start: first, end: replaced ? edit.end : back(end - 1, 'end') + 1 }
    },
  }
}

/** The last index whose value is at most the given one, or -1; of equal ones the last. */
function lastAtMost(sorted: Uint32Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}
