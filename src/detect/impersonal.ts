import type { Finding } from '../domain/index.ts'
import type { TextView } from './normalise/index.ts'
import { foldWord } from './names/index.ts'
import { isEponymWord, isMedicalWord, surelyTagged } from './names/tagger/index.ts'
import type { Recall } from './recognizer.ts'

const WORDS = /(?<![\p{L}\p{M}])\p{L}[\p{L}\p{M}]{2,24}/gu
/** Doses, results and grades, and codes of diagnoses. */
const VALUES =
  /\d ?(?:mg|mcg|µg|g|kg|mL|ml|dL|L|mmol|mEq|units?|IU|mm|cm|Fr|mmHg|bpm|%)(?![A-Za-z])|(?<![A-Za-z])[A-TV-Z]\d\d\.\d|(?<![A-Za-z])(?:BID|TID|QID|PRN|q\d{1,2}h|qHS|IV|PO|SC|IM)(?![A-Za-z])/gu
/** Words of those who ask about medicine, its rules and its bills, of nobody in particular. */
const TRADE = new Set(
  `algorithm analysis antibiotic antibiotics biopsy billing clinical clinician clinicians cms code codes coding cohort contraindicated contraindications
  coverage cpt criteria deductible diagnosis diagnostic differential differentials disease diseases documentation dosage dose doses dosing
  drg drug drugs ehr emr evidence fda fhir formulary guideline guidelines hcc hcpcs health healthcare hipaa hospitals icd immunization incidence
  indication indications infection infections interaction interactions interpretation interval intervals lab labs loinc medicaid medical
  medicare medication medications medicine mnemonic modifier mortality ncd npi nurses nursing outcome outcomes pathophysiology patients payer
  pediatric pharmacist pharmacists pharmacology phi physicians physiology prevalence prevention privacy prognosis prophylaxis protocol
  reimbursement residents score scores screening sensitivity shingles snomed specificity studies surgery surgeons symptom symptoms syndrome
  telehealth test tests therapies therapy titration toxicity transfusion treatment treatments trial trials triage vaccination vaccine vaccines
  virus viruses vitamin vitamins workup`.split(/\s+/),
)
/** So many of them make a text about medicine. */
const FEWEST = 2
/** In a longer text something else would be found as well, were it about somebody. */
const LONGEST = 4000

/**
 * Takes out votes of the tagger that it would not stand by if names were rarer, where a short text of medicine holds
 * nothing but such votes. Who writes of somebody gives dates, numbers or ages as well, or a word that announces the name.
 */
export function withoutIdleGuesses(
  view: TextView,
  findings: readonly Finding[],
  recall: Recall,
): readonly Finding[] {
  if (recall === 'strict' || findings.length === 0 || view.text.length > LONGEST) return findings
  if (findings.some(({ basis }) => basis !== 'guess') || !isMedicine(view.text)) return findings
  const sure = surelyTagged(view.text, recall).map(({ start, end }) => view.origin(start, end))
  return findings.filter(
    (one) =>
      // The tagger says nothing of numbers.
      one.type === 'OTHER_ID' || sure.some(({ start, end }) => start < one.end && one.start < end),
  )
}

function isMedicine(text: string): boolean {
  let count = text.match(VALUES)?.length ?? 0
  WORDS.lastIndex = 0
  for (let match = WORDS.exec(text); match !== null && count < FEWEST; match = WORDS.exec(text)) {
    const word = foldWord(match[0])
    if (isMedicalWord(word) || isEponymWord(word) || TRADE.has(word)) count += 1
  }
  return count >= FEWEST
}
