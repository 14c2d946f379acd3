import type { Anchored } from './anchored.ts'
import type { Anchors } from './scan.ts'

/** A text with the places where patterns can begin. */
interface Scanned {
  readonly text: string
  anchors(): Anchors
}

const NOTHING: readonly RegExpExecArray[] = []

/** All matches of a pattern, in order and apart, as a search of the whole text would give them. */
export function matchesIn(view: Scanned, one: Anchored): readonly RegExpExecArray[] {
  const positions = view.anchors().positions[one.id]
  if (positions === undefined) return NOTHING
  const { text } = view
  const { pattern } = one
  let found: RegExpExecArray[] | undefined
  let free = 0
  for (const position of positions) {
    if (position < free) continue
    pattern.lastIndex = position
    const match = pattern.exec(text)
    if (match === null) continue
    if (found === undefined) found = [match]
    else found.push(match)
    free = position + match[0].length
  }
  return found ?? NOTHING
}
