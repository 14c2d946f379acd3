import { matchesOf } from '../matches.ts'
import { signsOf } from './signs.ts'

/** What parts a passage from the syntax around it; the apostrophe of "it's" parts nothing, nor does a hyphen in a word. */
const EDGE =
  /[\n\t"`<>{}|=;[\]]|(?<!\p{L})'|'(?!\p{L})|\/\/|\/\*|\*\/|(?<!\S)(?:#|--|-) |\\[nrt]|[\p{L}\d)]: /gu
/** A passage is looked at so far to each side. */
const FARTHEST = 200
/** A word of a sentence: no name in a program, nor the key of a value. */
const WORD = /(?<![\p{L}\p{N}_.$/@-])\p{Ll}{2,}(?![\p{L}\p{N}_=(@/:-]|\.\p{L})/gu
/** Fewer are a caption. */
const FEWEST = 2

/**
 * Whether a place is in a sentence that stands in a program's writing: the text of a string, a comment, a message. Whoever
 * wrote it, it was no program, unless it is about programs.
 */
export function isInSentence(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - FARTHEST), start)
  const after = text.slice(end, end + FARTHEST)
  let from = 0
  for (const edge of matchesOf(before, EDGE)) from = edge.index + edge[0].length
  const to = after.search(EDGE)
  const others = `${before.slice(from)}X${to === -1 ? after : after.slice(0, to)}`
  if ((others.match(WORD)?.length ?? 0) < FEWEST) return false
  const { machine, people } = signsOf(others)
  return machine === 0 || people > machine
}
