import { TAGGED } from './names/tagger/index.ts'
import type { Recognizer } from './recognizer.ts'
import { PLACE_BY_CUE, STREET_ADDRESS } from './recognizers/address.ts'
import { AGE_OVER_89 } from './recognizers/age.ts'
import { IBAN_ACCOUNT, PAYMENT_CARD } from './recognizers/cards.ts'
import { DATE, DATE_TIMESTAMP } from './recognizers/date.ts'
import { MAC_ADDRESS, UDI_NUMBER } from './recognizers/device.ts'
import {
  ADDRESS_EASTERN,
  DATE_EASTERN,
  PERSON_EASTERN,
  PHONE_EASTERN,
  RECORD_EASTERN,
} from './recognizers/eastern.ts'
import { EMAIL, EMAIL_SPELLED } from './recognizers/email.ts'
import { EMPLOYER } from './recognizers/employer.ts'
import { FACILITY } from './recognizers/facility.ts'
import {
  FOREIGN_HEALTH_PLAN_LABEL,
  FOREIGN_RECORD_LABEL,
  NATIONAL_ID_LABEL,
} from './recognizers/foreign-ids.ts'
import { IP_ADDRESS } from './recognizers/ip.ts'
import {
  ACCOUNT_LABEL,
  BIOMETRIC_LABEL,
  DEVICE_LABEL,
  HEALTH_PLAN_LABEL,
  LAST_FOUR,
  LICENSE_LABEL,
  MEDICAL_RECORD_NUMBER,
  OTHER_ID_LABEL,
  PLATE,
  VEHICLE_LABEL,
} from './recognizers/labelled-ids.ts'
import { LONE_NUMBER } from './recognizers/lone-number.ts'
import { PERSON_CONTEXT, PERSON_NEAR_CLINICAL } from './recognizers/person-context.ts'
import { PERSON_CUE } from './recognizers/person-cue.ts'
import { PERSON_LABEL } from './recognizers/person-label.ts'
import { PERSON_LONE } from './recognizers/person-lone.ts'
import { PERSON_ROLE } from './recognizers/person-role.ts'
import { PERSON_TITLE } from './recognizers/person-title.ts'
import { FAX, PHONE } from './recognizers/phone.ts'
import { PHOTO } from './recognizers/photo.ts'
import { POSTAL_ADDRESS } from './recognizers/postal-address.ts'
import { DEA_NUMBER, MEDICARE_BENEFICIARY, NPI } from './recognizers/registered-numbers.ts'
import { URL_ADDRESS } from './recognizers/url.ts'
import { SPOKEN_NUMBER } from './recognizers/spoken-number.ts'
import { US_ITIN, US_SSN } from './recognizers/us-ssn.ts'
import { USERNAME } from './recognizers/username.ts'
import { VIN_NUMBER } from './recognizers/vin.ts'

/** Every recognizer that reads text. */
export const RECOGNIZERS: readonly Recognizer[] = checked([
  US_SSN,
  US_ITIN,
  LAST_FOUR,
  MEDICAL_RECORD_NUMBER,
  FOREIGN_RECORD_LABEL,
  RECORD_EASTERN,
  HEALTH_PLAN_LABEL,
  FOREIGN_HEALTH_PLAN_LABEL,
  MEDICARE_BENEFICIARY,
  ACCOUNT_LABEL,
  PAYMENT_CARD,
  IBAN_ACCOUNT,
  LICENSE_LABEL,
  NPI,
  DEA_NUMBER,
  VEHICLE_LABEL,
  PLATE,
  VIN_NUMBER,
  DEVICE_LABEL,
  MAC_ADDRESS,
  UDI_NUMBER,
  BIOMETRIC_LABEL,
  PHOTO,
  OTHER_ID_LABEL,
  NATIONAL_ID_LABEL,
  LONE_NUMBER,
  USERNAME,
  PHONE,
  PHONE_EASTERN,
  SPOKEN_NUMBER,
  FAX,
  EMAIL,
  EMAIL_SPELLED,
  URL_ADDRESS,
  IP_ADDRESS,
  DATE,
  DATE_EASTERN,
  DATE_TIMESTAMP,
  AGE_OVER_89,
  STREET_ADDRESS,
  POSTAL_ADDRESS,
  ADDRESS_EASTERN,
  PLACE_BY_CUE,
  FACILITY,
  EMPLOYER,
  PERSON_TITLE,
  PERSON_ROLE,
  PERSON_LABEL,
  PERSON_CUE,
  PERSON_LONE,
  PERSON_CONTEXT,
  PERSON_EASTERN,
  PERSON_NEAR_CLINICAL,
  ...TAGGED,
])

/**
 * The list itself, if it can be trusted to detect anything.
 * @throws Error when it is empty or two recognizers share a name
 */
export function checked(recognizers: readonly Recognizer[]): readonly Recognizer[] {
  if (recognizers.length === 0) throw new Error('the list of recognizers is empty')
  const names = new Set(recognizers.map((recognizer) => recognizer.name))
  if (names.size !== recognizers.length) throw new Error('two recognizers share a name')
  return recognizers
}
