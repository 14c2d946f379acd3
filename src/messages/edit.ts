/** Replaces `[start, end)` of a text; offsets in UTF-16 code units. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/**
 * Applies edits that do not overlap.
 * @throws Error when they do, or lie outside the text
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = []
  let at = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < at || edit.end < edit.start || edit.end > text.length) {
      throw new Error('edits overlap or lie outside the text')
    }
    parts.push(text.slice(at, edit.start), edit.text)
    at = edit.end
  }
  parts.push(text.slice(at))
  return parts.join('')
}

/**
 * Turns edits of a string's value into edits of the text that holds its JSON literal: offsets are mapped through the
 * escapes, replacements are escaped; the rest of the literal keeps its own spelling.
 * @param literalStart offset of the opening quote in `text`
 */
export function liftEdits(text: string, literalStart: number, edits: readonly Edit[]): Edit[] {
  const lifted: Edit[] = []
  let raw = literalStart + 1
  let decoded = 0
  const advance = (target: number): number => {
    while (decoded < target) {
      raw += unitLength(text, raw)
      decoded += 1
    }
    return raw
  }
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    const start = advance(edit.start)
    const end = advance(edit.end)
    lifted.push({ start, end, text: JSON.stringify(edit.text).slice(1, -1) })
  }
  return lifted
}

/** Length in the literal of one UTF-16 code unit of the value. */
function unitLength(text: string, at: number): number {
  if (text.charCodeAt(at) !== 0x5c) return 1
  return text.charCodeAt(at + 1) === 0x75 ? 6 : 2
}
