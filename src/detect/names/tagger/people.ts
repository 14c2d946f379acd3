import type { Subtype } from '../../../domain/index.ts'

const CLINICIAN_BEFORE =
  /(?:^|[^\p{L}])(?:drs?\.?|doctor|prof\.?|professor|nurse|rn|attending|physician|surgeon|provider|pcp|consultant|cardiologist|oncologist|neurologist|hospitalist|radiologist|psychiatrist|therapist|resident|fellow|signed|dictated|consulted|seen|evaluated|referred|reviewed|by)[ :,]{1,3}(?:by )?$/iu
const CLINICIAN_AFTER =
  /^,? ?(?:MD|M\.D\.|DO|RN|NP|PA(?:-C)?|PhD|PharmD|LCSW|DPT|DDS|FNP|CRNA)(?![\p{L}])/u
const RELATIVE_BEFORE =
  /(?:^|[^\p{L}])(?:mother|father|mom|dad|wife|husband|spouse|partner|son|daughter|dtr|brother|sister|aunt|uncle|niece|nephew|cousin|grandmother|grandfather|friend|neighbor|caregiver|guardian|kin|contact|parents?)[ :,(]{1,3}$/iu
const RELATIVE_AFTER =
  /^[ ,]{0,2}\(?(?:his|her|the patient's)? ?(?:mother|father|wife|husband|spouse|partner|son|daughter|brother|sister|aunt|uncle|friend|neighbor|caregiver|guardian)(?![\p{L}])/iu
const PATIENT_BEFORE =
  /(?:^|[^\p{L}])(?:patient|pt|name|named|client|veteran|baby|male|female|man|woman|boy|girl|gentleman|lady)(?:'s name)?[ :,]{1,3}(?:is |, )?$/iu
const PATIENT_AFTER = /^,? ?(?:is )?\(?(?:an? )?\d{1,3} ?-?(?:year|yo|y\.?o|y\/o|[MF](?![\p{L}]))/iu

/** Whose name stands at a place, as far as the words beside it tell. */
export function subtypeOf(text: string, start: number, end: number): Subtype {
  const before = text.slice(Math.max(0, start - 32), start)
  const after = text.slice(end, end + 28)
  if (CLINICIAN_AFTER.test(after)) return 'clinician'
  if (RELATIVE_BEFORE.test(before) || RELATIVE_AFTER.test(after)) return 'relative'
  if (CLINICIAN_BEFORE.test(before)) return 'clinician'
  return PATIENT_BEFORE.test(before) || PATIENT_AFTER.test(after) ? 'patient' : 'unknown'
}
