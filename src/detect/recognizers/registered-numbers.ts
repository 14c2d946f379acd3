import { luhn } from '../checks.ts'
import { after, before, type Hit, type Recognizer } from '../recognizer.ts'
import { anchored, matchesIn } from '../scan/index.ts'

const TEN_DIGITS = anchored(
  String.raw`(?<![\p{L}\p{N}_.-])[12]\d{9}(?![\p{L}\p{N}_]|[.-]\d)`,
  'u',
  { tokens: [{ kind: 'digits', least: 10, most: 10 }] },
)
const NPI_NEAR = /(?<!\p{L})(?:npi|national provider)(?!\p{L})/iu
const DEA = anchored(
  String.raw`(?<![\p{L}\p{N}_])[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}(?![\p{L}\p{N}_])`,
  'u',
  { tokens: [{ kind: 'mixed', least: 9, most: 9 }] },
)
const MBI = anchored(
  String.raw`(?<![\p{L}\p{N}_])[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[- ]?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d[- ]?[AC-HJKMNP-RT-Y]{2}\d{2}(?![\p{L}\p{N}_])`,
  'iu',
  {
    tokens: [
      { kind: 'mixed', least: 4, most: 4, next: '- ' },
      { kind: 'mixed', least: 7, most: 7, next: '- ' },
      { kind: 'mixed', least: 11, most: 11 },
    ],
  },
)

/** National provider identifiers: ten digits, Luhn behind 80840, and the word near. */
export const NPI: Recognizer = {
  name: 'npi',
  type: 'LICENSE',
  needs: 'digit',
  patterns: [TEN_DIGITS],
  find: (view) =>
    matchesIn(view, TEN_DIGITS).flatMap((match): Hit[] => {
      const { text } = view
      const end = match.index + match[0].length
      const near = NPI_NEAR.test(`${before(text, match.index, 40)} ${after(text, end, 20)}`)
      return near && luhn(`80840${match[0]}`)
        ? [{ start: match.index, end, score: 0.95, basis: 'labelled' }]
        : []
    }),
}

/** Registration numbers of the Drug Enforcement Administration, by their check digit. */
export const DEA_NUMBER: Recognizer = {
  name: 'dea',
  type: 'LICENSE',
  needs: 'digit',
  patterns: [DEA],
  find: (view) =>
    matchesIn(view, DEA)
      .filter((match) => isDea(match[0].slice(2)))
      .map((match) => whole(match, 0.85)),
}

function isDea(digits: string): boolean {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, check] = Array.from(digits, Number)
  return (a + c + e + 2 * (b + d + f)) % 10 === check
}

/** Medicare beneficiary identifiers: their form alternates letters and digits at fixed places. */
export const MEDICARE_BENEFICIARY: Recognizer = {
  name: 'medicare-beneficiary',
  type: 'HEALTH_PLAN_ID',
  needs: 'digit',
  patterns: [MBI],
  find: (view) => matchesIn(view, MBI).map((match) => whole(match, 0.8)),
}

function whole(match: RegExpExecArray, score: number): Hit {
  return { start: match.index, end: match.index + match[0].length, score, basis: 'validated' }
}
