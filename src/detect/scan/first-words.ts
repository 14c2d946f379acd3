/**
 * The words that a match of a pattern can begin with, in lower case: the letters up to the first character that is no
 * letter. So the places where a pattern is tried follow from the pattern itself and cannot fall behind it.
 *
 * It reads literals, escaped punctuation, classes of single characters, groups that do not capture, look-arounds
 * (which take no room), and the quantifiers ? and {n,m} on what is no letter.
 * @throws Error where the pattern uses anything else before its first word is complete
 */
export function firstWords(source: string): ReadonlySet<string> {
  const reader: Reader = { source, at: 0 }
  const { open, closed } = alternatives(reader, start())
  if (reader.at < source.length) throw new Error('a group is closed that was not opened')
  const words = new Set([...closed, ...open])
  if (words.has('')) throw new Error('the pattern can begin without a word')
  return words
}

interface Reader {
  readonly source: string
  at: number
}

/** Beginnings that a letter may still follow, and words that are complete. */
interface Beginnings {
  readonly open: ReadonlySet<string>
  readonly closed: ReadonlySet<string>
}

const start = (): Beginnings => ({ open: new Set(['']), closed: new Set() })
const LETTER = /^\p{L}$/u

function alternatives(reader: Reader, from: Beginnings): Beginnings {
  let all: Beginnings = { open: new Set(), closed: new Set() }
  for (;;) {
    all = union(all, sequence(reader, from))
    if (reader.source[reader.at] !== '|') return all
    reader.at += 1
  }
}

function sequence(reader: Reader, from: Beginnings): Beginnings {
  let now = from
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at] ?? '')) {
    const taken = item(reader, now)
    now = optional(reader) ? union(now, taken) : taken
  }
  return now
}

function item(reader: Reader, from: Beginnings): Beginnings {
  const character = reader.source[reader.at] ?? ''
  if (character === '(') return group(reader, from)
  if (character === '[') return oneOf(reader, from)
  reader.at += 1
  if (character !== '\\') return append(from, character.toLowerCase())
  const escaped = reader.source[reader.at] ?? ''
  reader.at += 1
  if (escaped === 'd' || escaped === 's' || escaped === 'W' || !LETTER.test(escaped))
    return append(from, ' ')
  if (from.open.size === 0) return from
  throw new Error('an escape before the first word is complete')
}

function group(reader: Reader, from: Beginnings): Beginnings {
  const lookAround = /^\(\?(?:<?[=!])/.exec(reader.source.slice(reader.at))?.[0]
  const opening = lookAround ?? /^\(\?:/.exec(reader.source.slice(reader.at))?.[0]
  if (opening === undefined) throw new Error('a group that captures before the first word')
  reader.at += opening.length
  if (lookAround === undefined) {
    const inside = alternatives(reader, from)
    reader.at += 1
    return inside
  }
  for (let depth = 1; depth > 0; reader.at += 1) {
    const character = reader.source[reader.at]
    if (character === undefined) throw new Error('a look-around that does not end')
    if (character === '\\') reader.at += 1
    else if (character === '(') depth += 1
    else if (character === ')') depth -= 1
  }
  return from
}

function oneOf(reader: Reader, from: Beginnings): Beginnings {
  const written = /^\[((?:\\.|[^\\\]])*)\]/.exec(reader.source.slice(reader.at))
  if (written === null) throw new Error('a class that does not end')
  reader.at += written[0].length
  if (from.open.size === 0) return from
  const inside = (written[1] ?? '').replaceAll(/\\(?=\W)/g, '')
  if (inside.startsWith('^') || /\\|\p{L}-\p{L}/u.test(inside))
    throw new Error('a class that is no list of characters')
  const each = Array.from(inside, (character) => append(from, character.toLowerCase()))
  return each.reduce((all, one) => union(all, one))
}

/** Whether the item just read may be left out; moves behind its quantifier. */
function optional(reader: Reader): boolean {
  const quantifier = /^(?:\?|\{\d+,?\d*\}|[*+])\??/.exec(reader.source.slice(reader.at))?.[0]
  if (quantifier === undefined) return false
  reader.at += quantifier.length
  return /^[?*]|^\{0/.test(quantifier)
}

function append({ open, closed }: Beginnings, character: string): Beginnings {
  if (!LETTER.test(character)) return { open: new Set(), closed: new Set([...closed, ...open]) }
  return { open: new Set([...open].map((word) => word + character)), closed }
}

function union(a: Beginnings, b: Beginnings): Beginnings {
  return {
    open: new Set([...a.open, ...b.open]),
    closed: new Set([...a.closed, ...b.closed]),
  }
}
