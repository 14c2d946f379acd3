import type { EntityType } from '../../schema/index.ts'

/** REF01 (X12 data element 128): what kind of number follows. */
export const REFERENCES: ReadonlyMap<string, EntityType> = new Map([
  ['SY', 'US_SSN'],
  ['EA', 'MEDICAL_RECORD_NUMBER'],
  ['MRN', 'MEDICAL_RECORD_NUMBER'],
  ['EJ', 'ACCOUNT'],
  ['HJ', 'ACCOUNT'],
  ['1L', 'HEALTH_PLAN_ID'],
  ['6P', 'HEALTH_PLAN_ID'],
  ['0F', 'HEALTH_PLAN_ID'],
  ['1W', 'HEALTH_PLAN_ID'],
  ['IG', 'HEALTH_PLAN_ID'],
  ['NQ', 'HEALTH_PLAN_ID'],
  ['F6', 'HEALTH_PLAN_ID'],
  ['18', 'HEALTH_PLAN_ID'],
  ['0B', 'LICENSE'],
  ['1G', 'LICENSE'],
  ['HPI', 'LICENSE'],
  ['EI', 'OTHER_ID'],
  ['D9', 'OTHER_ID'],
  ['F8', 'OTHER_ID'],
  ['G1', 'OTHER_ID'],
  ['9F', 'OTHER_ID'],
  ['X4', 'OTHER_ID'],
])

/** NM108 (data element 66): what kind of number a party has. */
export const PARTY_NUMBERS: ReadonlyMap<string, EntityType> = new Map([
  ['MI', 'HEALTH_PLAN_ID'],
  ['II', 'HEALTH_PLAN_ID'],
  ['34', 'US_SSN'],
  ['XX', 'LICENSE'],
  ['24', 'OTHER_ID'],
])

/** NM101 (data element 98) of the patient's side: insured, patient, dependents and who stands for them. */
export const PATIENTS: ReadonlySet<string> = new Set(['IL', 'QC', '03', '74'])
export const RELATIVES: ReadonlySet<string> = new Set(['GD', 'QD', 'S1', 'S3', 'E1', '31', 'LR'])
/** NM101 of payers and of who sends and receives: no places where anybody is treated. */
export const PAYERS: ReadonlySet<string> = new Set([
  'PR',
  '40',
  '41',
  '2B',
  '36',
  'GP',
  'P5',
  'TTP',
])

/** PER03, PER05, PER07 (data element 365). */
export const CONTACTS: ReadonlyMap<string, EntityType> = new Map([
  ['TE', 'PHONE'],
  ['HP', 'PHONE'],
  ['WP', 'PHONE'],
  ['CP', 'PHONE'],
  ['FX', 'FAX'],
  ['EM', 'EMAIL'],
])
