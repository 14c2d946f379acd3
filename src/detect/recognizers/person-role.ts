import { foldWord, isNamedAfter, takeName, type NameSpan } from '../names/index.ts'
import { isEponymWord, isKnownWord } from '../names/tagger/index.ts'
import { hitsIn, type Recognizer } from '../recognizer.ts'
import { anchored, firstWords } from '../scan/index.ts'
import { apart } from './label.ts'

const ROLES = String.raw`RN|SW|Neph|Cards|Ortho|Onc|Uro|Pulm|Neuro|SPI|LPN|LVN|CNA|NP|ARNP|PA-C|PMD|PCP|CRNA|CNM|CNS|LCSW|LICSW|MSW|RDH|RRT|PharmD|Medic|Paramedic|EMT|Officer|Ofc\.|Deputy|Det\.|Detective|Trooper|Sgt|Sister|Matron|Pastor|Rabbi|Imam|Chaplain|Deacon|Coach|Principal|Attorney|Adjuster|Hr\.|Fr\.|Sig\.|Sig\.ra|Sra\.?|Mme|Mlle|Dhr\.|Mw\.|Pan|Pani`
const ROLE = anchored(String.raw`(?<![\p{L}\p{N}_.-])(?:${ROLES}) (?=\p{Lu})`, 'u', {
  words: firstWords(ROLES),
})

/** Names right behind what somebody does or is, in short: "RN K. Pflueger", "Officer Tran", "Hr. Kuznik". */
export const PERSON_ROLE: Recognizer = {
  name: 'person-role',
  type: 'PERSON',
  needs: 'nothing',
  patterns: [ROLE],
  find: (view) =>
    apart(
      hitsIn(view, ROLE, (match) => {
        const name = takeName(view.text, match.index + match[0].length, { max: 3 })
        if (name === undefined || !isName(view.text, name)) return undefined
        if (isNamedAfter(view.text, name.end)) return undefined
        return { start: name.start, end: name.end, score: 0.6, basis: 'cued', subtype: 'unknown' }
      }),
    ),
}

/** In a heading a role has other words behind it: one that nobody is called, or one in capitals, is none. */
function isName(text: string, { start, end }: NameSpan): boolean {
  const words = text
    .slice(start, end)
    .split(/[ .]+/)
    .filter((word) => word.length > 1)
  return words.every((word) => {
    const folded = foldWord(word)
    const shouted = words.length < 2 && /^\p{Lu}{2}/u.test(word)
    return !isKnownWord(folded) && !isEponymWord(folded) && !shouted
  })
}
