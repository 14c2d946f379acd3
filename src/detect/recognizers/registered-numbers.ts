import { matchesOf } from '../matches.ts'
import { luhn } from '../checks.ts'
import { after, before, type Hit, type Recognizer } from '../recognizer.ts'

const TEN_DIGITS = /(?<![\p{L}\p{N}_.-])[12]\d{9}(?![\p{L}\p{N}_]|[.-]\d)/gu
const NPI_NEAR = /(?<!\p{L})(?:npi|national provider)(?!\p{L})/iu
const DEA = /(?<![\p{L}\p{N}_])[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}(?![\p{L}\p{N}_])/gu
const MBI =
  /(?<![\p{L}\p{N}_])[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}(?![\p{L}\p{N}_])/gu

/** National provider identifiers: ten digits, Luhn behind 80840, and the word near. */
export const NPI: Recognizer = {
  name: 'npi',
  type: 'LICENSE',
  needs: 'digit',
  find: ({ text }) =>
    matchesOf(text, TEN_DIGITS).flatMap((match): Hit[] => {
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
  find: ({ text }) =>
    matchesOf(text, DEA)
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
  find: ({ text }) => matchesOf(text, MBI).map((match) => whole(match, 0.8)),
}

function whole(match: RegExpExecArray, score: number): Hit {
  return { start: match.index, end: match.index + match[0].length, score, basis: 'validated' }
}
