import type { Finding } from '../../domain/index.ts'
import { matchesOf } from '../matches.ts'
import { signsOf } from './signs.ts'

/** What parts a passage from the syntax around it; the apostrophe of "it's" parts nothing, nor does a hyphen in a word. */
const EDGE =
  /[\n\t"`<>{}|=;[\]]|(?<!\p{L})'|'(?!\p{L})|\/\/|\/\*|\*\/|(?<!\S)(?:#|--|-) |\\[nrt]|[\p{L}\d)]: /gu
/** An edge that says that somebody's words begin: a quote, a mark of a comment, a tag before them. */
const OPENING = /["'>]|\/\/|\/\*|#|--/
/** A passage is looked at so far to each side. */
const FARTHEST = 200
/** A word of a sentence: no name in a program, nor the key of a value. */
const WORD = /(?<![\p{L}\p{N}_.$/@-])\p{Ll}{2,}(?![\p{L}\p{N}_=(@/:-]|\.\p{L})/gu
/** Fewer are a caption. */
const FEWEST = 2
/** What people do and programs hardly, and the words of who speaks of himself or asks. */
const ACTS = new RegExp(
  String.raw`(?<!\p{L})(?:${[
    'call(?:s|ed|ing)?|ask(?:s|ed|ing)?|say(?:s|ing)?|said|tell(?:s|ing)?|told|speaks?|spoke(?:n)?|talk(?:s|ed|ing)?|phone[sd]?',
    'wants?|wanted|needs?|feels?|felt|complain(?:s|ed|ing)?|den(?:y|ies|ied)|refuse[sd]?|thank(?:s|ed)?|remind(?:s|ed)?',
    'c[ao]mes?|coming|visit(?:s|ed|ing)?|meet(?:s|ing)?|met|s[ae]w|sees|seen|lives?|lived|arrive[sd]?|moved|left',
    'contact(?:ed)?|wait(?:s|ed|ing)|brings?|brought|cancel(?:s|ed|led)?',
    `can(?:no|')t|who|whose|we|I|my|our|please`,
  ].join('|')})(?!\p{L})`,
  'u',
)

/**
 * Whether a finding is in a sentence about people that stands in a program's writing: the text of a string, a comment, a
 * message. It has words for them or for what they do; of a person a sentence is told wherever somebody's words begin,
 * unless it is about programs.
 */
export function isInSentence(text: string, { type, start, end }: Finding): boolean {
  const before = text.slice(Math.max(0, start - FARTHEST), start)
  const after = text.slice(end, end + FARTHEST)
  let from = 0
  let opening = '\n'
  for (const edge of matchesOf(before, EDGE)) {
    from = edge.index + edge[0].length
    opening = edge[0]
  }
  const to = after.search(EDGE)
  const others = `${before.slice(from)}X${to === -1 ? after : after.slice(0, to)}`
  if ((others.match(WORD)?.length ?? 0) < FEWEST) return false
  const { machine, people } = signsOf(others)
  if (people > machine) return true
  return machine === 0 && ((type === 'PERSON' && OPENING.test(opening)) || ACTS.test(others))
}
