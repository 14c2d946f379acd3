import { isCommonWord } from './common-words.ts'
import { isEnglishWord } from './english-words.ts'
import { isMedicalWord } from './medical-words.ts'

/** Whether a folded word is an ordinary one, a medical one, or a rarer one that nobody is called. */
export function isKnownWord(folded: string): boolean {
  return isCommonWord(folded) || isMedicalWord(folded) || isEnglishWord(folded)
}

export { isEponymWord, isMedicalWord } from './medical-words.ts'
export { surelyTagged, TAGGED } from './recognizers.ts'
