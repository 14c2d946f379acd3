import type { EntityType } from '../../schema/index.ts'

/** What can be listed of a person. The position in the list is stored: entries are added at the end only. */
export const LISTED_TYPES = [
  'PERSON',
  'DATE',
  'MEDICAL_RECORD_NUMBER',
  'US_SSN',
  'PHONE',
  'FAX',
  'EMAIL',
  'LOCATION',
  'HEALTH_PLAN_ID',
  'ACCOUNT',
  'LICENSE',
  'OTHER_ID',
] as const satisfies readonly EntityType[]

export type ListedType = (typeof LISTED_TYPES)[number]

/** One way in which a person is called. */
export interface ListedName {
  /** First and middle names, in order. */
  readonly given: string
  readonly family: string
}

/** Somebody that an operator lists. It holds PHI: it lives from the line it was read from to its digests. */
export interface ListedPerson {
  readonly names: readonly ListedName[]
  /** DATE is the date of birth; LOCATION the line of an address that has the house number. */
  readonly values: readonly {
    readonly type: Exclude<ListedType, 'PERSON'>
    readonly value: string
  }[]
}
