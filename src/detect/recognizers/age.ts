import { matchesOf } from '../matches.ts'
import type { Hit, Recognizer } from '../recognizer.ts'

const AGE = '(?:9\\d|1[0-2]\\d)'
const UNITS = 'one|two|three|four|five|six|seven|eight|nine'
const SPOKEN = `(?:ninety(?:[- ](?:${UNITS}))?|(?:a|one) hundred(?: and)?(?: (?:${UNITS}|ten|eleven|twelve))?)`
const OLD = String.raw`(?=[ -]{0,2}(?:(?:years?|yrs?\.?)(?:[ -]{0,2}old|[ -]of[ -]age|[ -](?:female|male|woman|man|lady|gentleman|patient|pt))|y\.?\/?o\.?(?![\p{L}])|yrs?\.?[ -]?o(?:ld)?(?![\p{L}])))`
const BEFORE_OLD = new RegExp(String.raw`(?<![\p{L}\p{N}.,/-])(?:${AGE}|${SPOKEN})${OLD}`, 'giu')
const LABELLED = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:aged?|age of|age is|turn(?:s|ed|ing)|(?:his|her|their) age)(?:['"*_]{0,3} ?[:=] ?["'*_]{0,2}| | is | was | of )(${AGE}|${SPOKEN})(?![\p{L}\p{N}]|[.,/]\d|-\d|[ ]?%)`,
  'giu',
)
const SEXED = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,/-])${AGE}(?=[ ]?(?:M|F|yo[MF]|y\/o[MF])(?![\p{L}\p{N}/]))`,
  'gu',
)

/** Ages that Safe Harbor does not let stay: 90 and more. Only the number is the span. */
export const AGE_OVER_89: Recognizer = {
  name: 'age-over-89',
  type: 'AGE_OVER_89',
  needs: 'nothing',
  find({ text }) {
    const hits = [
      ...matchesOf(text, BEFORE_OLD).map((match) => hit(match, match[0].length, 0.9)),
      ...matchesOf(text, LABELLED).map((match) => hit(match, match.at(-1)?.length ?? 0, 0.85)),
      ...matchesOf(text, SEXED).map((match) => hit(match, match[0].length, 0.6)),
    ].toSorted((a, b) => a.start - b.start)
    return hits.filter((one, index) => one.start >= (hits[index - 1]?.end ?? 0))
  },
}

function hit(match: RegExpExecArray, length: number, score: number): Hit {
  const end = match.index + match[0].length
  return { start: end - length, end, score, basis: score > 0.8 ? 'labelled' : 'pattern' }
}
