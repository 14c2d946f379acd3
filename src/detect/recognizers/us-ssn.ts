import { matchesOf } from '../matches.ts'
import { after, before, lastGroup, type Hit, type Recognizer } from '../recognizer.ts'
import { digitsOf } from '../checks.ts'
import { apart, STRONG_GAP } from './label.ts'

const SHAPED = /(?<![\p{L}\p{N}]|[\p{N}][-.])(\d{3})([- ])\d{2}\2\d{4}(?![\p{L}\p{N}]|[-.]\d)/gu
const LABEL = String.raw`s\.?s\.?n\.?|ss ?#|soc(?:ial)?\.? ?sec(?:urity)?(?: card)?`
const LABELLED = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:${LABEL})${STRONG_GAP}(?<!\d)(\d{3}[-. ]?\d{2}[-. ]?\d{4})(?!\d)`,
  'giu',
)
const BARE = /(?<![\p{L}\p{N}._-])\d{9}(?![\p{L}\p{N}_]|[-.]\d)/gu
const LABEL_AFTER = /^\s?\(?(?:ssn|social security)/i

/** Social security numbers, checked against the ranges that were never issued. */
export const US_SSN: Recognizer = {
  name: 'us-ssn',
  type: 'US_SSN',
  needs: 'digit',
  find({ text }, recall) {
    const labelled = matchesOf(text, LABELLED).map((match): Hit => {
      const { start, end, text: value } = lastGroup(match)
      // Behind its label even a number that was never issued is somebody's mistake, not a safe one.
      return { start, end, score: isIssued(value) ? 0.98 : 0.7, basis: 'labelled' }
    })
    const shaped = matchesOf(text, SHAPED)
      .filter((match) => isIssued(match[0]))
      .map((match): Hit => ({
        ...span(match),
        score: match[2] === '-' ? 0.9 : 0.7,
        basis: 'validated',
      }))
    const bare = matchesOf(text, BARE).flatMap((match): Hit[] => {
      if (!isIssued(match[0])) return []
      if (LABEL_AFTER.test(after(text, match.index + 9, 20))) {
        return [{ ...span(match), score: 0.9, basis: 'labelled' }]
      }
      return recall === 'strict' ? [{ ...span(match), score: 0.45, basis: 'pattern' }] : []
    })
    return apart([...labelled, ...shaped, ...bare])
  },
}

/** Tax numbers of persons without a social security number: area 9xx and certain groups. */
export const US_ITIN: Recognizer = {
  name: 'us-itin',
  type: 'OTHER_ID',
  needs: 'digit',
  find: ({ text }) =>
    matchesOf(text, SHAPED)
      .filter(
        (match) =>
          isItin(digitsOf(match[0])) && !/\bv(?:ersion)?\s?$/i.test(before(text, match.index, 9)),
      )
      .map((match): Hit => ({ ...span(match), score: 0.7, basis: 'validated' })),
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
