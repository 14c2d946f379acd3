import { matchesOf } from '../matches.ts'
import { digitsOf } from '../checks.ts'
import { before, lastGroup, type Hit, type Recognizer } from '../recognizer.ts'
import { apart, STRONG_GAP } from './label.ts'

const EXTENSION = String.raw`(?:,? ?(?:x|ext\.?|extension) ?\d{1,6})?`
const NANP = new RegExp(
  String.raw`(?<![\p{L}\p{N}_+=]|\d[-.])(?:\+?1[ .-]?)?(?:\((\d{3})\) ?-?|(\d{3})([ .-]))(\d{3})[ .-](\d{4})${EXTENSION}(?![\p{L}\p{N}_]|[-.]\d)`,
  'giu',
)
const INTERNATIONAL = /(?<![\p{L}\p{N}_+/=])\+[1-9][\d ().\-/]{6,22}\d(?![\p{L}\p{N}_/=])/gu
const NUMBER = String.raw`([+(]?\d[\d ().\-/]{4,20}\d${EXTENSION})(?![\p{L}\p{N}])`
const PHONE_LABEL = String.raw`(?:tele)?phones?|tel\.?|ph\.?|cell(?:ular)?(?: ?phone)?|mobile|(?:call(?:ed|ing)?|text(?:ed)?|reach(?:ed|able)?|contact(?:ed)?|dial(?:ed)?)(?: (?:back|him|her|them|me|us|pt|patient|family))?|callback|pager|whatsapp|hotline|phone/fax`
const FAX_LABEL = String.raw`fax(?:ed)?|facsimile|telefax`
const LABELLED_PHONE = labelled(PHONE_LABEL)
const LABELLED_FAX = labelled(FAX_LABEL)
const FAX_BEFORE =
  /(?<!\p{L})(?:fax(?:ed)?|facsimile|telefax)[^\p{L}\p{N}]{0,6}(?:(?:number|no|to|at|is)[^\p{L}\p{N}]{0,4}){0,2}$/iu
const FAX_AFTER = /^ ?\(?(?:fax|f\b)/i

function labelled(labels: string): RegExp {
  return new RegExp(
    String.raw`(?<![\p{L}\p{N}])(?:${labels})${STRONG_GAP}(?<![\p{N}])${NUMBER}`,
    'giu',
  )
}

/** Telephone numbers: North American ones by shape, international ones by their +, short ones behind a label. */
export const PHONE: Recognizer = {
  name: 'phone',
  type: 'PHONE',
  needs: 'digit',
  find({ text }) {
    const hits = [...byLabel(text, LABELLED_PHONE), ...byShape(text)]
    return apart(hits.filter((hit) => !isFax(text, hit)))
  },
}

/** Fax numbers: telephone numbers that a label calls so. */
export const FAX: Recognizer = {
  name: 'fax',
  type: 'FAX',
  needs: 'digit',
  find({ text }) {
    const shaped = byShape(text)
      .filter((hit) => isFax(text, hit))
      .map((hit): Hit => ({ ...hit, score: 0.9, basis: 'labelled' }))
    return apart([...byLabel(text, LABELLED_FAX), ...shaped])
  },
}

function isFax(text: string, hit: Hit): boolean {
  return (
    FAX_BEFORE.test(before(text, hit.start, 30)) || FAX_AFTER.test(text.slice(hit.end, hit.end + 7))
  )
}

function byLabel(text: string, pattern: RegExp): readonly Hit[] {
  return matchesOf(text, pattern).flatMap((match): Hit[] => {
    const { start, end, text: value } = lastGroup(match)
    const digits = digitsOf(value.replace(/[a-z].*$/i, '')).length
    // A date or a range is no number to call; seven digits are the least, written together or once parted.
    if (digits < 7 || digits > 15 || /^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}$/.test(value)) return []
    return [{ start, end, score: 0.9, basis: 'labelled' }]
  })
}

function byShape(text: string): readonly Hit[] {
  const nanp = matchesOf(text, NANP).flatMap((match): Hit[] => {
    const span = { start: match.index, end: match.index + match[0].length }
    const area = match[1] ?? match[2] ?? ''
    if (isNanp(area, match[4] ?? '')) return [{ ...span, score: 0.85, basis: 'validated' }]
    // The shape alone, for numbers that nobody has (555-123-4567) but people write; groups parted by spaces are not enough.
    return match[3] === ' ' ? [] : [{ ...span, score: 0.55, basis: 'pattern' }]
  })
  const international = matchesOf(text, INTERNATIONAL).flatMap((match): Hit[] => {
    const digits = digitsOf(match[0]).length
    const span = { start: match.index, end: match.index + match[0].length }
    return digits >= 8 && digits <= 15 ? [{ ...span, score: 0.8, basis: 'validated' }] : []
  })
  return apart([...nanp, ...international])
}

/** Area and exchange of the North American plan: neither begins with 0 or 1, neither ends in 11. */
function isNanp(area: string, exchange: string): boolean {
  return (
    [area, exchange].every((part) => /^[2-9]/.test(part) && !part.endsWith('11')) && area[1] !== '9'
  )
}
