import { anchored, matchesIn } from '../scan/index.ts'
import type { Edit } from './edits.ts'
import type { TextView } from './view.ts'

/** Single letters with one blank or sign between them, four and more to a word: "J o h n   R o e", "T.h.e.o", "T*h*e*o". */
const SPACED = anchored(
  String.raw`(?<![\p{L}\p{N}][.*'_-]?)\p{L}([ ._*-])\p{L}(?:\1\p{L}){1,24}(?:(?: {2,4}|(?<!\p{L} \p{L}) )\p{L}(?:\1\p{L}){2,24}){0,4}(?![\p{L}\p{N}]|[._*-]\p{L})`,
  'u',
  { tokens: [{ kind: 'letters', least: 1, most: 1, next: ' ._*-' }] },
)
/** What parts the groups of a number or the words of a name in the manner of programs: "ssn=418_22_9037". */
const UNDERSCORE = anchored(String.raw`_`, 'u', { characters: '_' })
const NUMBER = /(?<![\p{L}\p{N}_])\d{3}_\d{2,3}_\d{4}(?![\p{L}\p{N}_])/u
const NAME_KEY =
  /(?<![\p{L}\p{N}])(?:(?:patient|pt|full|member|client)[_ ]?)?(?:name|patient)["']?[=:]["' ]{0,2}\p{Lu}\p{Ll}{1,20}(?:_\p{Lu}\p{Ll}{0,20}){0,3}$/iu
/** The longest of both on either side. */
const AROUND = 12
const NAME_LEAD = 100

/** What joins letters that were spaced out, and makes underscores what they stand for. */
export function letterEdits(view: TextView): readonly Edit[] {
  const { text } = view
  return [
    ...matchesIn(view, SPACED).flatMap(joined),
    ...matchesIn(view, UNDERSCORE).flatMap(({ index }): Edit[] => {
      const by = partOf(text, index)
      return by === undefined ? [] : [{ start: index, end: index + 1, text: by }]
    }),
  ]
}

/** One word is nothing, letters in the order of the alphabet are a list, and so are those of one to a word. */
function joined(match: RegExpExecArray): Edit[] {
  const [written, separator = ' '] = match
  const words = written.split(separator === ' ' ? / {2,}/ : / +/)
  const plain = words.map((word) => word.replaceAll(separator, ''))
  const letters = plain.join('')
  if (letters.length < 4 || /^(?:abcd|ABCD)/.test(letters) || new Set(letters).size < 3) return []
  return [{ start: match.index, end: match.index + written.length, text: plain.join(' ') }]
}

function partOf(text: string, at: number): string | undefined {
  const number = /\d/.test(text.charAt(at - 1)) && /\d/.test(text.charAt(at + 1))
  if (number)
    return NUMBER.test(text.slice(Math.max(0, at - AROUND), at + AROUND)) ? '-' : undefined
  if (!/\p{Lu}/u.test(text.charAt(at + 1))) return undefined
  return NAME_KEY.test(text.slice(Math.max(0, at - NAME_LEAD), at)) ? ' ' : undefined
}
