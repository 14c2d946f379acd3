import type { Hit, Recognizer, Recall } from '../recognizer.ts'
import { hitsOfForms, lastGroup } from '../recognizer.ts'
import { anchoredByWords, type Anchored } from '../scan/index.ts'
import type { TextView } from '../normalise/index.ts'
import type { EntityType } from '../../schema/index.ts'

/** What may stand between a label and its value: "number", "is", a colon, quotes, the bars of a table, one line end. */
const NUMBER_WORD = String.raw`(?:['"]?[ _-]{0,2}(?:numbers?|num|no\.?|nr\.?|nbr|identifier|code|ids?|#)(?![\p{L}\p{N}]))`
const GAP = String.raw`['"*_${'`'})\]]{0,3}(?: ?\([^()\n]{0,20}\))?(?: {1,2}(?:is|was|of|at|to|on|ending in|changed to))?\s{0,2}[:=#|-]{0,2}[ \t]{0,3}\n?[ \t]{0,3}[#"'*_${'`'}(\[|]{0,3} ?`

/** No letter or digit stands before. */
export const START = String.raw`(?<![\p{L}\p{N}])`
/** Behind a strong label the value may follow at once. */
export const STRONG_GAP = `${NUMBER_WORD}?${GAP}`
/** A weak label is an ordinary word: "number", "id" or a colon must say that an identifier follows. */
const WEAK_GAP = String.raw`(?:${NUMBER_WORD}${GAP}|['"*_]{0,3} ?(?:[:=]|#:?)[ \t]{0,3}["'*_#]{0,3}| is (?=\p{L}{1,5}-?\d|\d{6}))`
/** Some ordinary words between label and value, and one that says that it comes: "MRN on file is 998877". */
const LOOSE_GAP = String.raw`${NUMBER_WORD}?(?: [\p{L}']{2,12}){1,4}(?: is| was|:| #| ?=) {0,2}#?`
/** Right behind a weak label only what can be nothing else: letters with five digits, or seven digits. */
const TIGHT_GAP = String.raw` {1,2}[#(]?(?:(?=\p{L}{1,5}[- ]?\d{2,}[\p{L}\p{N}-]*|\d[\d-]{6,})(?=(?:[\p{L}-]{0,5}\d){5})|(?=\p{L}{1,3} \d{3,6} \d{3,6}(?!\d)|\d{3,}-\p{L}{1,3}-?\d{3,}|\d{1,2}\p{L}{1,2}\d{5,}|\d{3,4}[ -]\d{3,5}[ -]\d{3,5}(?![\p{L}\d])))`
/** Letters, digits and inner separators. */
export const WRITTEN = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}]|[._/-](?=[\p{L}\p{N}])){1,30}`
/** The same, or up to four short groups of digits, which letters may lead: "GDX 4419 220". */
const VALUE = String.raw`((?:\p{L}?\d{3} \d{3} \d{3}(?![\p{L}\p{N}/-]|\.\p{N})|\d{2,4} \d{2,5}(?: \d{2,5}){0,2}(?![\p{L}\p{N}/-]|\.\p{N})|\p{L}{1,3} \d{3,6}(?: \d{2,6}){0,3}(?![\p{L}\p{N}/-]|\.\p{N})|\p{L}{2,3} \d{5,8}\p{L}(?![\p{L}\p{N}/-])|${WRITTEN}))`
/** Groups of any length, as states write their numbers: "12 34567890 12", "1 85 05 78 006 084 36". */
export const GROUPS = String.raw`(?:\d{1,10}[ .-](?=\d)){1,7}\d{1,10}`

interface Labels {
  readonly name: string
  readonly type: EntityType
  /** Alternatives of a pattern, without groups that capture. */
  readonly strong?: string
  readonly weak?: string
  /** Whether a value that the labels announce is accepted; all need two digits. */
  readonly accepts?: (value: string) => boolean
  /** Another form of the value, as one group that captures. */
  readonly value?: string
}

/** A recognizer of identifiers that a label announces. The label is no part of the span. */
export function byLabel(labels: Labels): Recognizer {
  const { strong, weak, value = VALUE } = labels
  const forms = [
    { words: strong, gap: STRONG_GAP, digits: 2, score: 0.9 },
    { words: strong, gap: LOOSE_GAP, digits: 5, score: 0.7 },
    { words: weak, gap: WEAK_GAP, digits: 3, score: 0.75 },
    { words: weak, gap: TIGHT_GAP, digits: 5, score: 0.65 },
  ]
  const patterns = forms.flatMap(({ words, gap, digits, score }) =>
    words === undefined ? [] : [{ pattern: labelPattern(words, gap, value), digits, score }],
  )
  const find = (view: TextView): readonly Hit[] =>
    hitsOfForms(view, patterns, (match, { digits, score }) => {
      const { start, end, text } = lastGroup(match)
      if (!isIdentifier(text, digits) || labels.accepts?.(text) === false) return undefined
      if (labels.value === undefined && !isLed(text)) return undefined
      return { start, end, score, basis: 'labelled' }
    })
  return {
    name: labels.name,
    type: labels.type,
    needs: 'digit',
    patterns: patterns.map(({ pattern }) => pattern),
    find: (view, _recall: Recall) => apart(find(view)),
  }
}

function labelPattern(labels: string, gap: string, value: string): Anchored {
  return anchoredByWords(START, labels, String.raw`${gap}(?<![\p{L}\p{N}])${value}`)
}

function isIdentifier(value: string, digits: number): boolean {
  return value.length >= 3 && value.replace(/\D/g, '').length >= digits && !DATE_LIKE.test(value)
}

/** Letters apart from the figures are capitals, and no word that stands before any number. */
function isLed(value: string): boolean {
  if (!/^\p{L}+ /u.test(value)) return true
  return value.replace(/\D/g, '').length >= 6 && /^\p{Lu}+ /u.test(value) && !SMALL.test(value)
}

const SMALL =
  /^(?:ON|IN|OF|TO|AT|BY|NO|IS|AS|OR|PER|FOR|AND|THE|WAS|DOB|SSN|MRN|TEL|FAX|AGE|SEX|BED|RM|PH|NPI|DEA|EXT|ZIP|DOS) /

const DATE_LIKE = /^(?:\d{1,2}\/\d{1,2}\/\d{2,4}|(?:19|20)\d\d-\d\d-\d\d)$/

/** Hits in order; those that overlap become one, so that none loses a character to another. */
export function apart(hits: readonly Hit[]): readonly Hit[] {
  if (hits.length < 2) return hits
  const kept: Hit[] = []
  for (const hit of hits.toSorted((a, b) => a.start - b.start || b.score - a.score)) {
    const last = kept.at(-1)
    if (last === undefined || hit.start >= last.end) kept.push(hit)
    else {
      const better = hit.score > last.score ? hit : last
      kept[kept.length - 1] = { ...better, start: last.start, end: Math.max(last.end, hit.end) }
    }
  }
  return kept
}
