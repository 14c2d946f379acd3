import type { Hit, Recognizer } from '../recognizer.ts'
import { anchored, matchesIn } from '../scan/index.ts'

const WORDS = 'zero|oh|one|two|three|four|five|six|seven|eight|nine'
const ONE = String.raw`(?:(?:double|triple) )?(?:${WORDS})`
/** Seven figures in a row, with the pauses of who reads them out: as many as a telephone number has at least. */
const SPOKEN = anchored(
  String.raw`(?<![\p{L}\p{N}-])${ONE}(?:[ ,.;-]{1,3}(?:and |dash |area )?${ONE}){6,15}(?![\p{L}\p{N}])`,
  'iu',
  { words: new Set([...WORDS.split('|'), 'double', 'triple']) },
)

/** Telephone numbers, and other numbers as long, that are spelled out: "five five five, oh one four two ...". */
export const SPOKEN_NUMBER: Recognizer = {
  name: 'spoken-number',
  type: 'PHONE',
  needs: 'nothing',
  patterns: [SPOKEN],
  find: (view) => {
    const hits: Hit[] = []
    let free = 0
    for (const match of matchesIn(view, SPOKEN)) {
      if (match.index < free) continue
      free = match.index + match[0].length
      // "One two three four five six seven": whoever counts calls nobody.
      if (/^one[ ,]+two[ ,]+three[ ,]+four/i.test(match[0])) continue
      hits.push({ start: match.index, end: free, score: 0.6, basis: 'pattern' })
    }
    return hits
  },
}
