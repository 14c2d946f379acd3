import type { Finding, Segment, Subtype } from '../domain/index.ts'
import type { EntityType, Role } from '../schema/index.ts'
import { foldWord, isStopWord } from './names/index.ts'

/** In tool schemas key names describe, and in system text they are the application's own. */
const ROLES: ReadonlySet<Role> = new Set([
  'tool_use',
  'tool_result',
  'user',
  'assistant',
  'metadata',
])
const LONGEST = 300
const EMPTY =
  /^(?:n\/?a|none|null|undefined|unknown|true|false|yes|no|-+|\?+|redacted|string|number|xxx+|\*+)$/i

interface KeyRule {
  readonly type: EntityType
  readonly subtype?: Subtype
  /** What a value must look like; without it any value that says something is taken. */
  readonly fits?: RegExp
}

const WORDS = /\p{L}{2}/u
const DIGITS = /\d[^\d]*\d/
const DATE = /\d{1,4}[-/. ]?\d|\p{L}{3,9}\.? \d/u
const PHONE = /(?:\d[^\d]*){7}/
const PLACE = /\p{L}.*[ ,].*|^\p{L}[\p{L}\p{M}'-]+$/su

const named = (type: EntityType, keys: string, rest: Omit<KeyRule, 'type'> = {}) =>
  keys.split(/\s+/).map((key): readonly [string, KeyRule] => [key, { type, ...rest }])

/** Key names in lower case, letters and digits only. */
const RULES: ReadonlyMap<string, KeyRule> = new Map([
  ...named(
    'PERSON',
    `firstname lastname middlename fullname givenname familyname surname maidenname preferredname patientname
     membername subscribername displayname legalname insuredname guarantorname patientfirstname patientlastname`,
    { fits: WORDS, subtype: 'patient' },
  ),
  ...named(
    'PERSON',
    `doctorname physicianname providername attendingphysician attendingname nursename cliniciantname clinicianname
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

const PERSONS: ReadonlyMap<string, Subtype> = new Map([
  ...'patient person subject member subscriber insured guarantor beneficiary resident client human individual participant donor cardholder'
    .split(' ')
    .map((key): readonly [string, Subtype] => [key, 'patient']),
  ...'relatedperson relative contact emergencycontact nextofkin guardian mother father spouse wife husband son daughter brother sister parent caregiver child family'
    .split(' ')
    .map((key): readonly [string, Subtype] => [key, 'relative']),
  ...'practitioner provider physician doctor clinician attending nurse surgeon pcp performer'
    .split(' ')
    .map((key): readonly [string, Subtype] => [key, 'clinician']),
])
/** Parts of a name that say nothing without a person or a name above them ("family" is also a font's). */
const NAME_PARTS = new Set(['name', 'given', 'family', 'first', 'last', 'middle', 'text', 'value'])

/** The whole scalar is a finding where its key names what it is. */
export function findByKey(segment: Segment, index: number): Finding | undefined {
  if (!ROLES.has(segment.role) || (segment.place !== 'text' && segment.place !== 'number'))
    return undefined
  const value = segment.text.trim()
  if (value === '' || value.length > LONGEST || EMPTY.test(value)) return undefined
  const keys = segment.keys.map(plainKey)
  const rule = personRule(keys, value) ?? RULES.get(keys.at(-1) ?? '')
  if (rule === undefined || rule.fits?.test(value) === false) return undefined
  const start = segment.text.indexOf(value)
  return {
    segment: index,
    start,
    end: start + value.length,
    type: rule.type,
    ...(rule.subtype === undefined ? {} : { subtype: rule.subtype }),
    score: 0.9,
    recognizer: 'key-name',
    basis: 'labelled',
  }
}

function plainKey(key: string): string {
  return foldWord(key).replace(/[^\p{L}\p{N}]/gu, '')
}

function personRule(keys: readonly string[], value: string): KeyRule | undefined {
  const last = keys.at(-1) ?? ''
  const parents = keys.slice(-4, -1)
  const subtype = [last, ...parents.toReversed()]
    .map((key) => PERSONS.get(key) ?? PERSONS.get(key.replace(/s$/, '')))
    .find((found) => found !== undefined)
  if (last === 'id' && PERSONS.get(parents.at(-1) ?? '') === 'patient') {
    return { type: 'MEDICAL_RECORD_NUMBER', fits: /\d/ }
  }
  if (PERSONS.has(last)) return looksLikeName(value) ? person(subtype) : undefined
  if (!NAME_PARTS.has(last)) return undefined
  const inName = parents.at(-1) === 'name'
  if (last === 'text' || last === 'value') {
    return inName && (subtype !== undefined || looksLikeName(value)) ? person(subtype) : undefined
  }
  if (
    subtype !== undefined &&
    (inName || PERSONS.has(parents.at(-1) ?? '') || isPlural(parents.at(-1)))
  ) {
    return person(subtype)
  }
  if (last === 'name') return looksLikeName(value) ? person('unknown') : undefined
  return inName && /^\p{Lu}/u.test(value) ? person('unknown') : undefined
}

function isPlural(key: string | undefined): boolean {
  return key !== undefined && PERSONS.has(key.replace(/s$/, ''))
}

function person(subtype: Subtype | undefined): KeyRule {
  return { type: 'PERSON', subtype: subtype ?? 'unknown', fits: WORDS }
}

/** Two to five words with a capital, none of which names a thing: "get_weather" and "Build Report" are no persons. */
function looksLikeName(value: string): boolean {
  const words = value.replaceAll(',', ' ').trim().split(/\s+/)
  const shaped = words.every((word) =>
    /^(?:\p{Lu}\p{M}*\.?|\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*\.?|de|la|del|van|der|von|da|di|bin|al|el)$/u.test(
      word,
    ),
  )
  return (
    shaped &&
    words.length >= 2 &&
    words.length <= 5 &&
    !words.some(
      (word) => isStopWord(foldWord(word.replace('.', ''))) || TECHNICAL.has(foldWord(word)),
    )
  )
}

const TECHNICAL = new Set(
  `build report data web file test server client api service search node cloud code tool app git docker python java type
   script visual studio google amazon azure microsoft apple claude open source default main github linux windows manager
   editor reader writer parser loader runner bash shell read edit task todo notebook multi blood complete panel metabolic
   count culture smart team project production staging database cluster queue release pipeline workflow action job
   step stage config setting settings north south east west new york san los saint united states`.split(
    /\s+/,
  ),
)
