import type { Subtype } from '../domain/index.ts'
import type { EntityType } from '../schema/index.ts'

/** What a key name says of its value. */
export interface KeyRule {
  readonly type: EntityType
  readonly subtype?: Subtype
  /** What a value must look like; without it any value that says something is taken. */
  readonly fits?: RegExp
}

const WORDS = /\p{L}{2}/u
const DIGITS = /\d[^\d]*\d/
const DATE = /^(?!\d{4}$).*\d{1,4}[-/. ]?\d|\p{L}{3,9}\.? \d/u
const PHONE = /(?:\d[^\d]*){7}/
const PLACE = /\p{L}.*[ ,].*|^\p{L}[\p{L}\p{M}'-]+$/su

const named = (type: EntityType, keys: string, rest: Omit<KeyRule, 'type'> = {}) =>
  keys.split(/\s+/).map((key): readonly [string, KeyRule] => [key, { type, ...rest }])

/** Key names in lower case, letters and digits only. */
export const KEY_RULES: ReadonlyMap<string, KeyRule> = new Map([
  ...named(
    'PERSON',
    `firstname lastname middlename fullname givenname familyname surname maidenname preferredname patientname
     membername subscribername displayname legalname insuredname guarantorname patientfirstname patientlastname`,
    { fits: WORDS, subtype: 'patient' },
  ),
  ...named(
    'PERSON',
    `doctorname physicianname providername attendingphysician attendingname nursename clinicianname
     practitionername referringphysician primarycareprovider pcpname`,
    { fits: WORDS, subtype: 'clinician' },
  ),
  ...named(
    'PERSON',
    'contactname emergencycontactname nextofkinname guardianname mothersmaidenname spousename',
    {
      fits: WORDS,
      subtype: 'relative',
    },
  ),
  ...named('US_SSN', 'ssn socialsecuritynumber socialsecurity ssnnumber', { fits: DIGITS }),
  ...named(
    'MEDICAL_RECORD_NUMBER',
    'mrn medicalrecordnumber medicalrecord mrnumber patientid patientnumber patientmrn patientidentifier chartnumber',
    { fits: /\d/ },
  ),
  ...named(
    'DATE',
    'dob birthdate dateofbirth birthday deceaseddate dateofdeath deathdate deceaseddatetime admissiondate dischargedate admitdate visitdate servicedate dateofservice',
    {
      fits: DATE,
    },
  ),
  ...named(
    'PHONE',
    'phone telephone mobile phonenumber telephonenumber mobilenumber cell cellphone homephone workphone mobilephone tel contactnumber contactphone',
    {
      fits: PHONE,
    },
  ),
  ...named('FAX', 'fax faxnumber', { fits: PHONE }),
  ...named('EMAIL', 'email emailaddress mail contactemail', { fits: /@/ }),
  ...named(
    'LOCATION',
    'address street streetaddress homeaddress mailingaddress addressline addressline1 addressline2 address1 address2 city hometown birthplace placeofbirth',
    { fits: PLACE },
  ),
  ...named('LOCATION', 'zip zipcode postalcode postcode', {
    fits: /^[A-Z]{0,2}\d[A-Z\d -]{2,9}$/i,
  }),
  ...named(
    'ACCOUNT',
    'account accountnumber accountno acct acctnumber bankaccount iban cardnumber creditcard creditcardnumber',
    {
      fits: DIGITS,
    },
  ),
  ...named(
    'HEALTH_PLAN_ID',
    'policynumber policyid memberid membernumber subscriberid subscribernumber insuranceid insurancenumber healthplanid planmemberid medicareid medicaidid beneficiaryid mbi',
    { fits: /\d/ },
  ),
  ...named(
    'LICENSE',
    'licensenumber licencenumber license medicallicense driverslicense dea deanumber npi',
    {
      fits: /(?:\d[^\d]*){4}/,
    },
  ),
  ...named('VEHICLE', 'vin licenseplate platenumber', { fits: /\d/ }),
  ...named('DEVICE', 'serialnumber deviceid deviceserial deviceserialnumber udi', { fits: DIGITS }),
  ...named('IP', 'ip ipaddress clientip remoteip ipv4 ipv6', { fits: /[.:][^.:]*[.:]/ }),
  ...named('AGE_OVER_89', 'age ageyears ageinyears patientage', {
    fits: /^(?:9\d|1[0-2]\d)(?:\.\d+)?(?!\d)/,
  }),
])

/** Keys that stand for a person, in the singular. */
export const PERSONS: ReadonlyMap<string, Subtype> = new Map([
  ...'patient person subject member subscriber insured guarantor beneficiary resident client human individual participant donor cardholder'
    .split(' ')
    .map((key): readonly [string, Subtype] => [key, 'patient']),
  ...'relatedperson relative contact emergencycontact nextofkin guardian mother father spouse wife husband son daughter brother sister parent caregiver child'
    .split(' ')
    .map((key): readonly [string, Subtype] => [key, 'relative']),
  ...'practitioner provider physician doctor clinician attending nurse surgeon pcp performer'
    .split(' ')
    .map((key): readonly [string, Subtype] => [key, 'clinician']),
])
