import type { TextView } from '../normalise/index.ts'
import { hitsIn, type Hit, type Recognizer } from '../recognizer.ts'
import { anchored, firstWords } from '../scan/index.ts'
import { apart } from './label.ts'

const HEAD =
  '(?:Hospital|Clinic|Medical Cent(?:er|re)|Health Cent(?:er|re)|Cancer Cent(?:er|re)|Surgery Cent(?:er|re)|Nursing Home|Hospice|Infirmary|Medical Group|Health System|Healthcare|Rehabilitation Cent(?:er|re)|Urgent Care|Dialysis Cent(?:er|re)|Family Practice|Pediatrics Associates)'
const NAMED = anchored(
  String.raw`(?<![\p{L}\p{N}_@/-])(?:(?:St|Mt)\.? )?(?:\p{Lu}[\p{L}\p{M}'-]{1,24} (?:of |the |and |& )?){1,5}?${HEAD}(?![\p{L}\p{N}])`,
  'u',
  // The name is at most five words, a St. and the words between before its head.
  { words: firstWords(HEAD), back: 11, starts: 'A' },
)
// "The Clinic", "Outpatient Clinic", "Children's Hospital policy": kinds of places, not places.
const KIND =
  /^(?:(?:The|A|An|Our|Your|This|That|Each|Every|Any|In|At|From|To|For|Local|Community|Outpatient|Inpatient|Primary|Care|Urgent|General|Public|Private|Rural|Urban|Teaching|University|Regional|Pediatric|Surgical|Diabetes|Pain|Wound|Eye|Dental|Cardiology|Oncology|Neurology|Orthopedic|Dermatology|Specialty|Walk-In|Free|Day|Home|Mental|Behavioral|Anticoagulation|Memory|Sleep|Women's|Children's|Men's|Health|Medical|Level|Trauma|Acute|Long-Term|Skilled|State|Federal|Field|Virtual|Telehealth|Federally|Qualified|Critical|Access|Ambulatory|Comprehensive|Integrated|Designated|Accredited|Certified|Assisted|Transplant|Stroke|Burn|Birth|Birthing|Academic|Tertiary|Safety-Net|Nonprofit|For-Profit|Large|Small|Major|Hospital|Clinic|Emergency|Psychiatric|Family|Cancer|Travel|Fertility|Post-Op|Pre-Op|Follow-Up) )+/u

const SHORT_HEAD =
  '(?:General|GENERAL|Memorial|MEMORIAL|Regional|REGIONAL|Methodist|METHODIST|Presbyterian|PRESBYTERIAN)'
/** Without the word for a house, as it is spoken of: "transferred from Elmwood General". */
const SHORT = anchored(
  String.raw`(?<![\p{L}\p{N}_@/-])(?:(?!(?:FROM|AT|TO|VIA|BY|ALS|THE|IN|OF) )\p{Lu}[\p{L}\p{M}'-]{1,24} ){1,3}?${SHORT_HEAD}(?![\p{L}\p{N}]| \p{Lu}\p{Ll}| of )`,
  'u',
  { words: firstWords(SHORT_HEAD), back: 3 },
)
const CAME_FROM = /(?<!\p{L})(?:from|at|to|via|by|als|@) {0,1}(?:the )?$/iu
const OFFICE =
  /^(?:attorney|surgeon|dollar|brigadier|major|lieutenant|director|inspector|secretary|postmaster|governor|consul|solicitor|auditor|adjutant|lincoln|war|in|a|the|under|more|very|any|its|their) /i

/** Named hospitals and clinics, by the word that ends their name. */
export const FACILITY: Recognizer = {
  name: 'facility',
  type: 'FACILITY',
  needs: 'nothing',
  patterns: [NAMED, SHORT],
  find: (view) => apart([...namedIn(view), ...shortIn(view)]),
}

function shortIn(view: TextView): readonly Hit[] {
  return hitsIn(view, SHORT, (match) => {
    const lead = view.text.slice(Math.max(0, match.index - 12), match.index)
    if (!CAME_FROM.test(lead) || OFFICE.test(match[0]) || KIND.test(match[0])) return undefined
    const end = match.index + match[0].length
    return { start: match.index, end, score: 0.55, basis: 'cued' }
  })
}

function namedIn(view: TextView): readonly Hit[] {
  return hitsIn(view, NAMED, (match) => {
    const bare = match[0].replace(KIND, '')
    if (
      /^(?:Hospital|Clinic|Medical|Health|Cancer|Surgery|Nursing|Hospice|Healthcare|Rehab|Urgent|Dialysis|Family|Pediatrics|Infirmary|Cent(?:er|re)|Home|Group|System|Care|Practice|Associates)/.test(
        bare,
      )
    )
      return undefined
    const openers =
      /^(?:(?:The|A|An|Our|Your|This|That|In|At|From|To|For) )+/.exec(match[0])?.[0].length ?? 0
    const start = match.index + openers
    return { start, end: match.index + match[0].length, score: 0.6, basis: 'cued' }
  })
}
