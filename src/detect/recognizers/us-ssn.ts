import { digitsOf } from '../checks.ts'
import { after, before, hitsIn, hitsOfForms, lastGroup, type Recognizer } from '../recognizer.ts'
import { anchored, anchoredByWords } from '../scan/index.ts'
import { apart, START, STRONG_GAP } from './label.ts'

const SHAPED = anchored(
  String.raw`(?<![\p{L}\p{N}]|[\p{N}][-.])(\d{3})([-. ])\d{2}\2\d{4}(?![\p{L}\p{N}]|[-.]\d)`,
  'u',
  { tokens: [{ kind: 'digits', least: 3, most: 3, next: '-. ', beyond: ['digit'] }] },
)
const LABEL = String.raw`s\.?s\.?n\.?|ss ?#|soc(?:ial)?\.? ?sec(?:urity)?(?: card)?`
const LABELLED = anchoredByWords(
  START,
  LABEL,
  String.raw`${STRONG_GAP}(?<!\d)(\d{3}[-. ]?\d{2}[-. ]?\d{4})(?!\d)`,
)
/** The last four digits, which are as good as the number to who knows the place and year of birth. */
const LAST_FOUR_OF = String.raw`(?:ssn|ss ?#|social(?: security)?)(?: number)?(?: \(last (?:4|four)\)| last ?(?:4|four)(?: digits)?)?(?: is| was)?(?: ending(?: in| with)?|:)? {0,2}(?:[x*#]{3}-?[x*#]{2}-?)?`
const LAST_FOUR = anchored(
  String.raw`(?<![\p{L}\p{N}])${LAST_FOUR_OF}(\d{4})(?![\p{L}\p{N}]|[-.]\d)`,
  'iu',
  { words: new Set(['ssn', 'ss', 'social']) },
)
const HIDDEN = anchored(
  String.raw`(?<![\p{L}\p{N}*#])[x*#]{3}-[x*#]{2}-(\d{4})(?![\p{L}\p{N}]|[-.]\d)`,
  'iu',
  { characters: '*#' },
  { words: new Set(['xxx']) },
)
/** A part of it is hidden, and more than the last four digits are not. */
const HALF_HIDDEN = anchored(
  String.raw`(?<![\p{L}\p{N}*#.-])((?:\d{3}-[x*#]{2}|[x*#]{3}-\d{2})-\d{4})(?![\p{L}\p{N}]|[-.]\d)`,
  'iu',
  { characters: '*#' },
  { words: new Set(['xxx']) },
  { tokens: [{ kind: 'digits', least: 3, most: 3, next: '-', beyond: ['letter', 'other'] }] },
)
const ENDINGS = [{ pattern: LAST_FOUR }, { pattern: HIDDEN }, { pattern: HALF_HIDDEN }]
const BARE = anchored(String.raw`(?<![\p{L}\p{N}._-])\d{9}(?![\p{L}\p{N}_]|[-.]\d)`, 'u', {
  tokens: [{ kind: 'digits', least: 9, most: 9 }],
})
const LABEL_AFTER = /^\s?\(?(?:ssn|social security)/i
const SCORES: Readonly<Record<string, number>> = { '-': 0.9, ' ': 0.7, '.': 0.5 }

/** Social security numbers, checked against the ranges that were never issued. */
export const US_SSN: Recognizer = {
  name: 'us-ssn',
  type: 'US_SSN',
  needs: 'digit',
  patterns: [LABELLED, LAST_FOUR, HIDDEN, HALF_HIDDEN, SHAPED, BARE],
  find(view, recall) {
    const { text } = view
    const labelled = hitsIn(view, LABELLED, (match) => {
      const { start, end, text: value } = lastGroup(match)
      // Behind its label even a number that was never issued is somebody's mistake, not a safe one.
      return { start, end, score: isIssued(value) ? 0.98 : 0.7, basis: 'labelled' }
    })
    const endings = hitsOfForms(view, ENDINGS, (match) => {
      const { start, end } = lastGroup(match)
      return { start, end, score: 0.8, basis: 'labelled' }
    })
    const shaped = hitsIn(view, SHAPED, (match) =>
      isIssued(match[0])
        ? { ...span(match), score: SCORES[match[2] ?? ''] ?? 0.5, basis: 'validated' }
        : undefined,
    )
    const bare = hitsIn(view, BARE, (match) => {
      if (!isIssued(match[0])) return undefined
      if (LABEL_AFTER.test(after(text, match.index + 9, 20))) {
        return { ...span(match), score: 0.9, basis: 'labelled' }
      }
      return recall === 'strict' ? { ...span(match), score: 0.45, basis: 'pattern' } : undefined
    })
    return apart([...labelled, ...endings, ...shaped, ...bare])
  },
}

/** Tax numbers of persons without a social security number: area 9xx and certain groups. */
export const US_ITIN: Recognizer = {
  name: 'us-itin',
  type: 'OTHER_ID',
  needs: 'digit',
  patterns: [SHAPED],
  find: (view) =>
    hitsIn(view, SHAPED, (match) =>
      match[2] !== '.' &&
      isItin(digitsOf(match[0])) &&
      !/\bv(?:ersion)?\s?$/i.test(before(view.text, match.index, 9))
        ? { ...span(match), score: 0.7, basis: 'validated' }
        : undefined,
    ),
}

function span(match: RegExpExecArray): { readonly start: number; readonly end: number } {
  return { start: match.index, end: match.index + match[0].length }
}

function isIssued(value: string): boolean {
  const digits = digitsOf(value)
  const area = digits.slice(0, 3)
  return (
    area !== '000' &&
    area !== '666' &&
    !area.startsWith('9') &&
    digits.slice(3, 5) !== '00' &&
    digits.slice(5) !== '0000'
  )
}

function isItin(digits: string): boolean {
  const group = Number(digits.slice(3, 5))
  const assigned =
    (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 && group !== 93)
  return digits.startsWith('9') && assigned
}
