import type { Subtype } from '../../domain/index.ts'
import { takeName } from '../names/index.ts'
import type { Hit, Recognizer } from '../recognizer.ts'
import { anchored, firstWords, matchesIn } from '../scan/index.ts'

const START = String.raw`(?<![\p{L}\p{N}_])`
// Without its dot "MR" is magnetic resonance and "MS" multiple sclerosis: capitals alone are no title there.
const CLINICIAN = 'Drs?|DRS?|dr|[Dd]octor|DOCTOR|Nurse|NURSE|nurse'
const DOTTED = 'Mr|MR|mr|Mrs|MRS|mrs|Ms|MS|ms|Mx|Prof|PROF|prof|Rev|Hon|Sra|Fr|Capt|Sgt'
const PLAIN =
  'Mr|Mrs|MRS|mrs|Ms|Mx|Miss|MISS|Prof|Professor|professor|Judge|Sir|Madam|Rev|Herr|Frau|Señora?|Monsieur|Madame'
const TITLE = anchored(
  String.raw`${START}(?:(${CLINICIAN})(?:\.| ) ?|(?:(?:${DOTTED})\. ?|(?:${PLAIN}) ))(?:(?:Dr|DR)\. ?)?(?:med\. ?(?:dent\. ?|vet\. ?)?|rer\. ?nat\. ?)?`,
  'u',
  { words: firstWords(`${CLINICIAN}|${DOTTED}|${PLAIN}`) },
)
/** A title in lower case before a name in lower case, or how a letter begins; "ms" and "mr" need their dot, and no number before. */
const LOWER_TITLE = anchored(
  String.raw`(?<![\p{L}\p{N}_]|\d )(?:mrs\.?|mr\.|ms\.|dear (?:dr|mr|mrs|ms|miss|prof)\.?) (?=\p{Ll})`,
  'u',
  { words: new Set(['mrs', 'mr', 'ms', 'dear']) },
)

/** Names behind a title: "Dr. Ng" is a clinician, "Mrs. O'Neil" may be the patient. The title is no part of the span. */
export const PERSON_TITLE: Recognizer = {
  name: 'person-title',
  type: 'PERSON',
  needs: 'nothing',
  patterns: [TITLE, LOWER_TITLE],
  find(view) {
    const { text } = view
    const hits: Hit[] = []
    let free = 0
    for (const match of matchesIn(view, TITLE)) {
      const from = match.index + match[0].length
      // Written in capitals throughout, the words behind the name look like names too.
      const max = /^[A-Z]{2}/.test(match[0]) ? 2 : 3
      const name = from < free ? undefined : takeName(text, from, { max, titled: true })
      if (name === undefined) continue
      const subtype: Subtype = match[1] === undefined ? 'unknown' : 'clinician'
      hits.push({ start: name.start, end: name.end, score: 0.85, basis: 'cued', subtype })
      free = name.end
    }
    for (const match of matchesIn(view, LOWER_TITLE)) {
      const name = takeName(text, match.index + match[0].length, {
        max: 1,
        lower: true,
        titled: true,
      })
      if (name === undefined) continue
      hits.push({ start: name.start, end: name.end, score: 0.6, basis: 'cued', subtype: 'unknown' })
    }
    return hits.toSorted((a, b) => a.start - b.start)
  },
}
