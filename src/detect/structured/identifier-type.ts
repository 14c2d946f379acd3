import type { EntityType } from '../../schema/index.ts'

const codes = (type: EntityType, list: string): readonly (readonly [string, EntityType])[] =>
  list.split(' ').map((code) => [code, type])

/** HL7 table 0203, which HL7 v2 (CX-5) and FHIR (Identifier.type) share. */
const BY_CODE: ReadonlyMap<string, EntityType> = new Map([
  ...codes('MEDICAL_RECORD_NUMBER', 'MR MRN PI PT MRT PN PHR EI-MR CN-MR PHE'),
  ...codes('US_SSN', 'SS SB SSN'),
  ...codes('HEALTH_PLAN_ID', 'MB MA MC MI SN-P HC NI-P PC NIIP MCN MCD WP NH XV SUB'),
  ...codes('ACCOUNT', 'AN AM DI BA GI CC VISA ANON ANC AND ANT BC'),
  ...codes(
    'LICENSE',
    'DL MD LN NPI UPIN DEA DN RN NP PA DDS DO DPM LCSW SL FI OD PHC PRN BRN TPR TAX-L',
  ),
  ...codes('DEVICE', 'SNO UDI SER'),
  ...codes('VEHICLE', 'VP VIN LP'),
])

/** What naming systems say of themselves in a URL or OID: SSN, MBI, NPI, DEA and the like. */
const BY_SYSTEM: readonly (readonly [RegExp, EntityType])[] = [
  [/us-ssn|\bssn\b|social-?security|2\.16\.840\.1\.113883\.4\.1$/iu, 'US_SSN'],
  [
    /us-npi|\bnpi\b|us-dea|\bdea\b|licen[cs]e|driver|2\.16\.840\.1\.113883\.4\.(?:6|814|3)(?:\.|$)/iu,
    'LICENSE',
  ],
  [
    /us-mbi|\bmbi\b|us-medicare|medicaid|hicn|member|subscriber|insur|health-?plan|policy|payer|coverage|beneficiary|2\.16\.840\.1\.113883\.4\.(?:572|927|338)$/iu,
    'HEALTH_PLAN_ID',
  ],
  [/\bmrn?\b|medical-?record|patient|hospital|\bpid\b|chart/iu, 'MEDICAL_RECORD_NUMBER'],
  [/account|acct|billing|invoice|guarantor/iu, 'ACCOUNT'],
  [/serial|\budi\b|device|imei/iu, 'DEVICE'],
  [/vehicle|\bvin\b|plate/iu, 'VEHICLE'],
]

/** The type of an identifier by its type code (HL7 table 0203). */
export function typeByCode(code: string | undefined): EntityType | undefined {
  return code === undefined ? undefined : BY_CODE.get(code.trim().toUpperCase())
}

/** The type of an identifier by the name of its system, or by words that describe it. */
export function typeBySystem(system: string | undefined): EntityType | undefined {
  if (system === undefined || system === '') return undefined
  return BY_SYSTEM.find(([pattern]) => pattern.test(system))?.[1]
}
