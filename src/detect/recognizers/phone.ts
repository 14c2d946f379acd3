import { digitsOf } from '../checks.ts'
import type { TextView } from '../normalise/index.ts'
import { before, hitsIn, hitsOfForms, lastGroup, type Hit, type Recognizer } from '../recognizer.ts'
import { anchored, anchoredByWords, firstWords, type Anchored } from '../scan/index.ts'
import { apart, START, STRONG_GAP } from './label.ts'

const EXTENSION = String.raw`(?:,? ?(?:x|ext\.?|extension|#) ?\d{1,6})?`
const NANP = anchored(
  String.raw`(?<![\p{L}\p{N}_+]|(?<!\p{Ll})=|\d[-.])(?:(?:\+|00|011[ -]?)?1[ .-]{0,2})?(?:\( ?(\d{3}) ?\) {0,2}-? ?|(\d{3})([ .\/-]| - ))(\d{3})(?:[ .-]| - )(\d{4})${EXTENSION}(?![\p{L}\p{N}_]|[-.]\d)`,
  'iu',
  {
    tokens: [{ kind: 'digits', least: 1, most: 1, next: ' .-(', beyond: ['digit', 'other'] }],
    starts: '1',
  },
  {
    tokens: [{ kind: 'digits', least: 3, most: 3, next: ' .-/', beyond: ['digit', 'other'] }],
    characters: '(+',
  },
)
const INTERNATIONAL = anchored(
  String.raw`(?<![\p{L}\p{N}_+/]|(?<!\p{Ll})=|\d[.,])(?:\+ ?[1-9]|(?!\d{4,5}-\d{3,4}-\d\d?(?!\d)|\d+\.\.)00[1-9](?=\d{0,12}[ .(/-]))[\d ().\-/]{6,22}\d${EXTENSION}(?![\p{L}\p{N}_/=])`,
  'iu',
  {
    characters: '+',
    tokens: [{ kind: 'digits', least: 3, most: 15, next: ' .-(/' }],
    starts: '+0',
  },
)
/** With the zero that is dialled inside a country: "020 7946 0958", "06 12 34 56 78", "0171/1234567", "0751 / 88 41 20", "(02) 9876 5432". */
const NATIONAL = anchored(
  String.raw`(?<![\p{L}\p{N}_+/=.,:-])(?:0[1-9](?:[ .-]\d\d){4}|0\d{2,4}(?: \d{3,4}){2}|07\d{3} \d{6}|0\d{3} (?:\d{3}|\d\d) \d\d \d\d|0\d{2,4}\/\d{5,8}|0\d{2,4} ?\/ ?\d{2,4}(?: \d{2,4}){1,3}|\(0\d{1,4}\) ?\d{3,4}[ -]?\d{3,4}|\([1-9]\d\) ?9?\d{4}[ -]\d{4})(?![\p{L}\p{N}_/=]|[-.]\d)`,
  'u',
  {
    characters: '(',
    tokens: [{ kind: 'digits', least: 2, most: 5, next: ' .-/', beyond: ['digit', 'other'] }],
    starts: '(0',
  },
)
/** Bytes as programs print them: "00 10  08 06 …". */
const HEX_AFTER = /^(?: [\da-f]{2}){2}(?![\p{L}\p{N}])/iu
const HEX_BEFORE = /(?:^|\s)[\da-f]{2}\s{1,2}[\da-f]{2}\s{1,2}$/iu
/** The same parted by dashes: "08-555 01 23", "03-5550142", "8 (495) 555-01-42". A date has fewer digits; 4-4-2 and the like are a drug's. */
const DASHED = anchored(
  String.raw`(?<![\p{L}\p{N}_+/=.,:-])(?=(?:\D{0,2}\d){9,11}(?!\d))(?!\d{4}-\d{4}-\d\d(?!\d))(?!\d{3}-\d\d-)(?:0[1-9]\d{0,2}-\d{2,4}(?:[ -]\d{2,4}){1,2}|0[1-9]\d{0,2}-\d{6,8}|8 ?\(\d{3}\) ?\d{3}-\d\d-\d\d)(?![\p{L}\p{N}_/=]|[-.]\d)`,
  'u',
  {
    tokens: [
      { kind: 'digits', least: 2, most: 4, next: '-', beyond: ['digit'] },
      { kind: 'digits', least: 1, most: 1, next: ' (' },
    ],
    starts: '08',
  },
)
const NATIONALS = [{ pattern: NATIONAL }, { pattern: DASHED }]
/** As it was scanned: letters for figures, "(6l7) 555-Ol88". */
const SCANNED = anchored(
  String.raw`(?<![\p{L}\p{N}_+-])(?=[^\n]{0,13}[OIl])(?=(?:[^\d\n]{0,4}\d){6})\(?[2-9Il][\dOIl]{2}(?:\) ?|[-. ])[\dOIl]{3}[-.][\dOIl]{4}(?![\p{L}\p{N}_]|[-.]\d)`,
  'u',
  {
    characters: '(',
    tokens: [
      { kind: 'mixed', least: 3, most: 3, next: '-. )' },
      { kind: 'digits', least: 3, most: 3, next: '-. )', beyond: ['digit', 'letter', 'other'] },
    ],
  },
)
/** Seven or ten digits without an area in its place: only near a word that says somebody is called. */
const SHORT = anchored(
  String.raw`(?<![\p{L}\p{N}_.,/+=-])(?:[2-9]\d{2}[-. ]\d{4}|[2-9]\d{9}|1[2-9]\d{9})(?:,? ?(?:x|ext\.?|extension) ?\d{1,6})?(?![\p{L}\p{N}_/%]|[-.,]\d)`,
  'iu',
  {
    tokens: [
      { kind: 'digits', least: 3, most: 3, next: '-. ', beyond: ['digit'] },
      { kind: 'digits', least: 10, most: 11 },
    ],
  },
)
const NEAR =
  /(?<!\p{L})(?:phones?|telephone|tel|call(?:ed|s|ing)?|cell(?:phone|ular)?|mobile|reach(?:ed|able)?|contact(?:ed)?|dial(?:ed)?|text(?:ed)?|pager|callback|voicemail|number is|(?:home|work|office|emergency|her|his|my|their) (?:number|#)|whatsapp)(?!\p{L})[^\n]{0,40}$/iu
const NUMBER = String.raw`([+(]?\d[\d ().\-/]{4,20}\d${EXTENSION})(?![\p{L}\p{N}])`
const PHONE_LABEL = String.raw`(?:tele)?phones?|telephone|tel\.?|ph\.?|cell(?:ular)?(?: ?phone)?|mobile|(?:call(?:ed|ing)?|text(?:ed)?|reach(?:ed|able)?|contact(?:ed)?|dial(?:ed)?)(?: (?:back|him|her|them|me|us|pt|patient|family))?|callback|pager|whatsapp|hotline|phone/fax|t[ée]l[ée]phone|t[ée]l\.?|t(?:elé)?fno?\.?|tel[ée]fono|telef[oó]n|telefone|telefoon|telefonn(?:ummer|r)|rufnummer|handy(?:nummer)?|m[óo]vil|celular|portable|gsm|mobil(?:nummer|telefon)?|puhelin|puh\.?|тел\.?|телефон|моб\.?|τηλ\.?|τηλέφωνο|κιν\.?|κινητό|הטלפון|טלפון|טל|נייד|هاتف|الهاتف|جوال|تلفن|फोन|मोबाइल|โทร|โทรศัพท์|전화|전화번호|연락처|휴대폰|điện thoại`
const FAX_LABEL = String.raw`fax(?:ed)?|facsimile|telefax`
/** A line inside a house, and what a clinician carries: few digits, right behind their word. */
const EXTENSION_ALONE = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:ext\.?|extension|bleep|beeper|pager|dect)(?: no\.?| number| #)?[: #]{1,3}(\d{1,2}-\d{3,5}|\d{4,6})(?![\p{L}\p{N}]|[-./:]\d)`,
  'iu',
  { words: firstWords('ext|extension|bleep|beeper|pager|dect') },
)
/** "Caseworker Ann Roe x4418": behind somebody's name, at the end of a clause. */
const EXTENSION_BEHIND = anchored(
  String.raw`(?<=\p{Lu}\p{Ll}{2,20},? \(?)x(\d{4,5})(?=[.,;)\n]|$)`,
  'u',
  {
    tokens: [{ kind: 'mixed', least: 5, most: 6 }],
    starts: 'x',
  },
)
const LABELLED_PHONE = labelled(PHONE_LABEL)
const LABELLED_FAX = labelled(FAX_LABEL)
/** "Contact numbers: (h) …, (w) …", "Tel (home): …" stand before the number they name. */
const KIND = anchored(String.raw`\((?:h|w|c|m|o|home|work|cell|mobile|office)\) ?${NUMBER}`, 'iu', {
  characters: '(',
})
/** Behind a number it makes it one for faxes; where neither stands, no number is looked at for it. */
const FAX_BEHIND = anchored(String.raw`${START}f(?![\p{L}\p{N}])`, 'iu', { words: new Set(['f']) })
const FAX_BEFORE =
  /(?<!\p{L})(?:fax(?:ed)?|facsimile|telefax)[^\p{L}\p{N}]{0,6}(?:(?:number|no|to|at|is|it|line)[^\p{L}\p{N}]{0,4}){0,2}$/iu
const FAX_AFTER = /^ ?\(?(?:fax|f\b)/i

function labelled(labels: string): Anchored {
  return anchoredByWords(START, labels, String.raw`${STRONG_GAP}(?<![\p{N}])${NUMBER}`)
}

/** Telephone numbers: North American ones by shape, international ones by their +, short ones behind a label. */
export const PHONE: Recognizer = {
  name: 'phone',
  type: 'PHONE',
  needs: 'digit',
  patterns: [
    LABELLED_PHONE,
    EXTENSION_ALONE,
    EXTENSION_BEHIND,
    KIND,
    NANP,
    INTERNATIONAL,
    NATIONAL,
    DASHED,
    SHORT,
    SCANNED,
  ],
  find(view) {
    const lines = [EXTENSION_ALONE, EXTENSION_BEHIND].flatMap((pattern) =>
      hitsIn(view, pattern, (match) => {
        const { start, end } = lastGroup(match)
        return { start, end, score: 0.7, basis: 'labelled' }
      }),
    )
    const hits = [
      ...byLabel(view, LABELLED_PHONE),
      ...lines,
      ...byLabel(view, KIND),
      ...byShape(view),
    ]
    return apart(hits.filter((hit) => !isFax(view.text, hit)))
  },
}

/** Fax numbers: telephone numbers that a label calls so. */
export const FAX: Recognizer = {
  name: 'fax',
  type: 'FAX',
  needs: 'digit',
  patterns: [LABELLED_FAX, FAX_BEHIND],
  find(view) {
    const called = byShape(view)
      .filter((hit) => isFax(view.text, hit))
      .map((hit): Hit => ({ ...hit, score: 0.9, basis: 'labelled' }))
    return apart([...byLabel(view, LABELLED_FAX), ...called])
  },
}

function isFax(text: string, hit: Hit): boolean {
  return (
    FAX_BEFORE.test(before(text, hit.start, 30)) || FAX_AFTER.test(text.slice(hit.end, hit.end + 7))
  )
}

/** A date or a range of years is no number to call: "Copyright (c) 2012-2019". */
const DAYS_OR_YEARS = /^(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|(?:19|20)\d\d ?- ?(?:19|20)\d\d)$/

/** "(555) 555-5555": how a form shows what it wants. */
const ONE_DIGIT = /^1?(\d)\1{6,9}/

function byLabel(view: TextView, pattern: Anchored): readonly Hit[] {
  return hitsIn(view, pattern, (match) => {
    const { start, end, text: value } = lastGroup(match)
    const digits = digitsOf(value.replace(/[a-z#].*$/i, '')).length
    // Seven digits are the least, written together or once parted.
    if (digits < 7 || digits > 15 || DAYS_OR_YEARS.test(value)) return undefined
    return { start, end, score: 0.9, basis: 'labelled' }
  })
}

function byShape(view: TextView): readonly Hit[] {
  const nanp = hitsIn(view, NANP, (match) => {
    const area = match[1] ?? match[2] ?? ''
    if (isNanp(area, match[4] ?? '')) return shaped(match, 0.85, 'validated')
    // The shape alone, for numbers that nobody has (555-123-4567) but people write; groups parted by spaces are not enough.
    return match[3] === ' ' ? undefined : shaped(match, 0.55, 'pattern')
  })
  const international = hitsIn(view, INTERNATIONAL, (match) => {
    const digits = digitsOf(match[0]).length
    return digits >= 8 && digits <= 15 + (/[x#e]/i.test(match[0]) ? 6 : 0)
      ? shaped(match, 0.8, 'validated')
      : undefined
  })
  const national = hitsOfForms(view, NATIONALS, (match) =>
    isInBytes(view.text, match.index, match.index + match[0].length)
      ? undefined
      : shaped(match, 0.5, 'pattern'),
  )
  const short = hitsIn(view, SHORT, (match) => {
    if (NEAR.test(before(view.text, match.index, 60))) return shaped(match, 0.7, 'cued')
    // No exchange is called 555; people write it where they mean a telephone number.
    return /^555[-.]\d{4}/.test(match[0]) ? shaped(match, 0.5, 'pattern') : undefined
  })
  const scanned = hitsIn(view, SCANNED, (match) => shaped(match, 0.6, 'pattern'))
  const hits = [...nanp, ...international, ...national, ...short, ...scanned]
  return apart(
    hits.filter(({ start, end }) => !ONE_DIGIT.test(digitsOf(view.text.slice(start, end)))),
  )
}

/** Whether two further bytes stand before a place or behind it. */
function isInBytes(text: string, start: number, end: number): boolean {
  return HEX_BEFORE.test(before(text, start, 8)) || HEX_AFTER.test(text.slice(end, end + 7))
}

function shaped(match: RegExpExecArray, score: number, basis: Hit['basis']): Hit {
  return { start: match.index, end: match.index + match[0].length, score, basis }
}

/** Area and exchange of the North American plan: neither begins with 0 or 1, neither ends in 11. */
function isNanp(area: string, exchange: string): boolean {
  return (
    [area, exchange].every((part) => /^[2-9]/.test(part) && !part.endsWith('11')) && area[1] !== '9'
  )
}
