import { isCommonWord } from './common-words.ts'
import { isMedicalWord } from './medical-words.ts'

/** Whether a folded word is an ordinary or a medical one. */
export function isKnownWord(folded: string): boolean {
  return isCommonWord(folded) || isMedicalWord(folded)
}

export { isEponymWord, isMedicalWord } from './medical-words.ts'
export { surelyTagged, TAGGED } from './recognizers.ts'
