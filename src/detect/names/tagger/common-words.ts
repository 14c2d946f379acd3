import { EVERYDAY } from '../lists/everyday.ts'
import { NOT_NAMES } from '../words.ts'

const COMMON = new Set(EVERYDAY)

/** Whether a folded word is an ordinary one. Some of these are names as well. */
export function isCommonWord(folded: string): boolean {
  return COMMON.has(folded) || NOT_NAMES.has(folded)
}
