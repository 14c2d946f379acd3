import { BRANDS, DRUGS } from '../lists/drugs.ts'
import {
  ANATOMY,
  CLINICAL,
  CONDITIONS,
  EPONYMS,
  LABS,
  ORGANISMS,
  PROCEDURES,
} from '../lists/medicine.ts'

const MEDICAL = new Set([
  ...DRUGS,
  ...BRANDS,
  ...CONDITIONS,
  ...ANATOMY,
  ...LABS,
  ...PROCEDURES,
  ...ORGANISMS,
  ...CLINICAL,
])
const NAMES_OF_MEDICINE = new Set(EPONYMS)

/** Whether a folded word is a term of medicine. */
export function isMedicalWord(folded: string): boolean {
  return MEDICAL.has(folded)
}

/** Whether a disease, a sign or a device has its name from a person who is called so. */
export function isEponymWord(folded: string): boolean {
  return NAMES_OF_MEDICINE.has(folded)
}
