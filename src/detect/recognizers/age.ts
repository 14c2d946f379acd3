import { before, hitsOfForms, type Recognizer } from '../recognizer.ts'
import { anchored, firstWords } from '../scan/index.ts'
import { apart } from './label.ts'

const AGE = '(?:9\\d|1[0-2]\\d)'
const UNITS = 'one|two|three|four|five|six|seven|eight|nine'
const SPOKEN = `(?:ninety(?:[- ]?(?:${UNITS}))?|(?:a|one) hundred(?: and)?(?: (?:${UNITS}|ten|eleven|twelve))?)`
const OLD = String.raw`(?=[ -]{0,2}(?:(?:years?|yrs?\.?)(?:[ -]{0,2}old|[ -]of[ -]age|[ -](?:female|male|woman|man|lady|gentleman|patient|pt|widow|veteran))|y\.? ?\/?o\.?(?![\p{L}])|y\/?o?[mf](?![\p{L}])|yrs?\.?[ -]?o(?:ld)?(?![\p{L}])|y ?\/ ?o(?![\p{L}])))`
const BEFORE_OLD = anchored(
  String.raw`(?<![\p{L}\p{N}.,/-])(?:${AGE}|${SPOKEN})${OLD}`,
  'iu',
  { tokens: [{ kind: 'digits', least: 2, most: 3, next: ' -a' }], starts: '91' },
  { words: new Set(['ninety']) },
  { words: new Set(['hundred']), back: 1 },
)
const LABELS = String.raw`aged?|age of|age is|age at death|turn(?:s|ed|ing)|(?:his|her|their) age|died at|dead at|lived to(?: be| the age of)?|passed away at|years? old at`
const LABELLED = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:${LABELS})(?:[ /]{0,3}(?:sex|gender))?(?:['"*_]{0,3} {0,2}[:=|] {0,2}["'*_]{0,2}| is | was | of | about | approximately | nearly | almost | )(${AGE}|${SPOKEN})(?![\p{L}\p{N}]|[.,/]\d|-\d|[ ]?%|[ ]?(?:weeks?|days?|months?|mg|ml|degrees))`,
  'iu',
  { words: firstWords(LABELS) },
)
const SEXED = anchored(
  String.raw`(?<![\p{L}\p{N}.,/-])${AGE}(?=[ ]?(?:M|F|yo[MF]|y\/o[MF])(?![\p{L}\p{N}/°\t]| [./~]|  )|\/[MF](?![\p{L}\p{N}/])|[ ](?:male|female)(?!\p{L})|, (?:male|female|[MF])(?![\p{L}\p{N}]))`,
  'u',
  { tokens: [{ kind: 'digits', least: 2, most: 3, next: ' a/,' }], starts: '91' },
)
/** "She is 94", "who turned 91 in May": a person and a number, and nothing that it counts. */
const SUBJECTS =
  'he|she|patient|pt|who|mother|father|grandmother|grandfather|mom|dad|husband|wife|they'
const TOLD = anchored(
  String.raw`(?<![\p{L}\p{N}])(?:${SUBJECTS})(?:'s| (?:is|was|just turned|turned|will be|will turn|turns|is now|is almost))(?: now| already| about)? (${AGE}|ninety(?:[- ](?:${UNITS}))?)(?=[.,;!?)]?(?:$|\s)|[,;] )(?! ?(?:%|kg|lbs?|pounds|bpm|mm|cm|percent|degrees|minutes?|days?|weeks?|months?|feet|miles|over)(?!\p{L}))`,
  'iu',
  { words: firstWords(SUBJECTS) },
)
/** "In her nineties", "in his mid-90s". */
const DECADE = anchored(
  String.raw`(?<![\p{L}\p{N}])in (?:his|her|their) (?:early |mid |late |mid-)?((?:90'?s|nineties|100'?s))(?![\p{L}\p{N}])`,
  'iu',
  { words: new Set(['in']) },
)
/** The age is the last group, or all of the match. */
const FORMS = [
  { pattern: BEFORE_OLD, score: 0.9 },
  { pattern: LABELLED, score: 0.85 },
  { pattern: TOLD, score: 0.6 },
  { pattern: DECADE, score: 0.7 },
  { pattern: SEXED, score: 0.6 },
]
/** A temperature in Fahrenheit looks like a woman's age. */
const TEMPERATURE = /(?:temp(?:erature)?|tmax|fever|(?<!\p{L})t|°|of|to)[^\p{L}\p{N}]{0,3}$/iu

/** Ages that Safe Harbor does not let stay: 90 and more. Only the number is the span. */
export const AGE_OVER_89: Recognizer = {
  name: 'age-over-89',
  type: 'AGE_OVER_89',
  needs: 'nothing',
  patterns: FORMS.map(({ pattern }) => pattern),
  find(view) {
    return apart(
      hitsOfForms(view, FORMS, (match, { pattern, score }) => {
        if (pattern === SEXED && TEMPERATURE.test(before(view.text, match.index, 14)))
          return undefined
        const end = match.index + match[0].length
        const age = match[1] ?? match[0]
        return { start: end - age.length, end, score, basis: score > 0.8 ? 'labelled' : 'pattern' }
      }),
    )
  },
}
