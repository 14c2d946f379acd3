import { digitsOf, luhn, mod97 } from '../checks.ts'
import { before, type Hit, type Recognizer } from '../recognizer.ts'
import { anchored, matchesIn } from '../scan/index.ts'

const CARD = anchored(
  String.raw`(?<![\p{L}\p{N}_.-])(?:\d{12,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|3\d{3}([ -])\d{6}\2\d{4,5})(?![\p{L}\p{N}_]|[.-]\d)`,
  'u',
  {
    tokens: [
      { kind: 'digits', least: 4, most: 4, next: ' -', beyond: ['digit'] },
      { kind: 'digits', least: 12, most: 19 },
    ],
  },
)
const ISSUERS: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|2(?:2[2-9][1-9]|2[3-9]|[3-6]|7[01]|720))/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65|62)/, [16, 17, 18, 19]],
  [/^(?:30[0-5]|36|38|39)/, [14, 15, 16, 17, 18, 19]],
  [/^(?:352[89]|35[3-8])/, [16, 17, 18, 19]],
  [/^(?:5018|5020|5038|5[68]|6304|6759|676[1-3]|60)/, [12, 13, 14, 15, 16, 17, 18, 19]],
]
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const IBAN = anchored(
  String.raw`(?<![\p{L}\p{N}_])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}_])`,
  'iu',
  { tokens: [{ kind: 'mixed', least: 4, most: 40 }], starts: LETTERS },
)
const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27
   GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LI21 LT20 LU20 LV21 MC27 MD24
   ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29 VG24
   XK20`
    .split(/\s+/)
    .map((entry): readonly [string, number] => [entry.slice(0, 2), Number(entry.slice(2))]),
)
const CARD_CUE =
  /(?<!\p{L})(?:cards?|credit|debit|visa|mastercard|amex|maestro|payment)(?!\p{L})[^\n]{0,30}$/iu

/** Payment cards: issuer, length and Luhn check. */
export const PAYMENT_CARD: Recognizer = {
  name: 'payment-card',
  type: 'ACCOUNT',
  needs: 'digit',
  patterns: [CARD],
  find: (view) =>
    matchesIn(view, CARD).flatMap((match): Hit[] => {
      const span = { start: match.index, end: match.index + match[0].length }
      const cued = CARD_CUE.test(before(view.text, match.index, 40))
      if (isCard(digitsOf(match[0]))) {
        return [{ ...span, score: cued ? 0.98 : 0.8, basis: 'validated' }]
      }
      // A digit was mistyped, or the number is made up: behind the word it is a card's all the same.
      return cued ? [{ ...span, score: 0.6, basis: 'cued' }] : []
    }),
}

function isCard(digits: string): boolean {
  const issued = ISSUERS.some(
    ([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length),
  )
  return issued && luhn(digits) && !/^(\d)\1+$/.test(digits)
}

/** International bank account numbers: the country's length and the mod-97 check. */
export const IBAN_ACCOUNT: Recognizer = {
  name: 'iban',
  type: 'ACCOUNT',
  needs: 'digit',
  patterns: [IBAN],
  find: (view) =>
    matchesIn(view, IBAN).flatMap((match): Hit[] => {
      const length = IBAN_LENGTHS.get(match[0].slice(0, 2).toUpperCase())
      const taken = length === undefined ? undefined : lettersAndDigits(match[0], length)
      if (taken === undefined || !mod97(taken.replaceAll(' ', ''))) return []
      return [
        { start: match.index, end: match.index + taken.length, score: 0.95, basis: 'validated' },
      ]
    }),
}

/** The beginning of a text that holds so many characters that are not spaces. */
function lettersAndDigits(text: string, count: number): string | undefined {
  let seen = 0
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] !== ' ') seen += 1
    if (seen === count) return text.slice(0, index + 1)
  }
  return undefined
}
