import { isStopWord } from '../names/index.ts'
import type { Hit, Recognizer } from '../recognizer.ts'
import { anchoredByWords, matchesIn } from '../scan/index.ts'
import { START } from './label.ts'

const JOB = String.raw`(?:works?|worked|working|employed|job|employee|position|shifts?)(?: (?:as|in|an?|of|\p{Ll}{3,14}))`
const WORDS = `${JOB}{0,4} (?:at|by)|employed (?:with|by|at|for)|employer(?:,|:| is| was|'s name is)?|(?:former |retired )?employee (?:of|at)`
const EMPLOYED = anchoredByWords(START, WORDS, ' {1,2}')
/** Up to four words with capitals, joined by little ones. */
const NAME =
  /\p{Lu}[\p{L}\p{M}\p{N}&'’.-]{1,24}(?:(?: (?:&|and|of|the|de))? \p{Lu}[\p{L}\p{M}\p{N}&'’-]{1,24}){0,3}/uy

/** Employers behind "works at", "employed by": names of employers are identifiers (45 CFR 164.514(b)(2)(i)). */
export const EMPLOYER: Recognizer = {
  name: 'employer-cue',
  type: 'FACILITY',
  needs: 'nothing',
  prose: true,
  patterns: [EMPLOYED],
  find: (view) =>
    matchesIn(view, EMPLOYED).flatMap((match): Hit[] => {
      const { text } = view
      const start = match.index + match[0].length
      NAME.lastIndex = start
      const name = NAME.exec(text)?.[0].replace(/['’]s$|[.'’&-]+$/u, '') ?? ''
      const [first = ''] = name.split(' ')
      // In capitals the sentence goes on in capitals: where the name ends is left to the tagger.
      const shouted = match[0] === match[0].toUpperCase()
      if (name.length < 3 || shouted || isStopWord(first.toLowerCase())) return []
      return [{ start, end: start + name.length, score: 0.6, basis: 'cued' }]
    }),
}
