import type { Anchored } from './anchored.ts'
import { hasStandIn, type Copy } from './one-byte.ts'
import type { Anchors } from './scan.ts'

/** A text with the places where patterns can begin. */
interface Scanned {
  readonly text: string
  /** The text in one byte a character, where there is such a copy. */
  oneByte(): Copy | undefined
  anchors(): Anchors
}

const NOTHING: readonly RegExpExecArray[] = []

/** All matches of a pattern, in order and apart, as a search of the whole text would give them. */
export function matchesIn(view: Scanned, one: Anchored): readonly RegExpExecArray[] {
  const positions = view.anchors().positions[one.id]
  if (positions === undefined) return NOTHING
  const copy = view.oneByte()
  const oneByte = copy === undefined ? undefined : one.oneByte()
  if (copy === undefined || oneByte === undefined) return search(view.text, one.pattern, positions)
  const matches = search(copy.text, oneByte, positions)
  return copy.hasStandIns ? matches.map((match) => onText(view.text, one, match)) : matches
}

function search(
  text: string,
  pattern: RegExp,
  positions: readonly number[],
): readonly RegExpExecArray[] {
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

/** What was found in a copy, as it is in the text. */
function onText(text: string, { pattern }: Anchored, match: RegExpExecArray): RegExpExecArray {
  if (!match.some((group) => group !== undefined && hasStandIn(group))) return match
  pattern.lastIndex = match.index
  return pattern.exec(text) ?? match
}
