import type { Source, Values } from './corpus.ts'

/** Values of every kind, for one sample: a person keeps their name in it. */
export function valuesOf(source: Source, names: 'english' | 'foreign' = 'english'): Values {
  const { faker } = source
  const pick = <T>(items: readonly T[]): T => source.pick(items)
  const people = names === 'english' ? faker : source.foreign
  const [first, last] = [people.person.firstName(), people.person.lastName()]
  const doctor = people.person.lastName()
  const digits = (count: number): string =>
    faker.string.numeric({ length: count, allowLeadingZeros: false })
  const when = faker.date.past({ years: 3, refDate: '2026-01-01' })
  const born = faker.date.birthdate({ refDate: '2026-01-01' })
  const us = (date: Date): string =>
    `${String(date.getUTCMonth() + 1).padStart(2, '0')}/${String(date.getUTCDate()).padStart(2, '0')}/${date.getUTCFullYear()}`
  const spelled = (date: Date): string =>
    `${faker.helpers.arrayElement(MONTHS)} ${date.getUTCDate()}, ${date.getUTCFullYear()}`
  return {
    name: () => [`${first} ${last}`, 'PERSON'],
    turned: () => [`${last}, ${first}`, 'PERSON'],
    first: () => [first, 'PERSON'],
    last: () => [last, 'PERSON'],
    doctor: () => [doctor, 'PERSON'],
    relative: () => [people.person.firstName(), 'PERSON'],
    date: () => [pick([us, spelled])(when), 'DATE'],
    iso: () => [when.toISOString().slice(0, 10), 'DATE'],
    dob: () => [us(born), 'DATE'],
    mrn: () => [digits(pick([6, 7, 8])), 'MEDICAL_RECORD_NUMBER'],
    ssn: () => [
      `${pick(['219', '457', '561'])}-${pick(['18', '44', '62'])}-${pick(['2048', '7731', '5160'])}`,
      'US_SSN',
    ],
    phone: () => [`(${pick(['212', '415', '617'])}) 555-0${digits(3)}`, 'PHONE'],
    fax: () => [`${pick(['312', '503'])}-555-0${digits(3)}`, 'FAX'],
    email: () => [`${faker.internet.username().toLowerCase()}@example.org`, 'EMAIL'],
    street: () => [
      `${faker.number.int({ min: 2, max: 9800 })} ${faker.person.lastName()} ${pick(['Street', 'Ave', 'Road', 'Lane'])}`,
      'LOCATION',
    ],
    city: () => [people.location.city(), 'LOCATION'],
    zip: () => [digits(5), 'LOCATION'],
    hospital: () => [
      `${faker.person.lastName()} ${pick(['General Hospital', 'Medical Center', 'Family Clinic'])}`,
      'FACILITY',
    ],
    plan: () => [`${pick(['XQF', 'HMB', 'KPL'])}${digits(9)}`, 'HEALTH_PLAN_ID'],
    account: () => [digits(10), 'ACCOUNT'],
    url: () => [`https://portal.example.org/p/${faker.string.alphanumeric(8)}`, 'URL'],
    ip: () => [faker.internet.ipv4(), 'IP'],
    old: () => [String(faker.number.int({ min: 90, max: 104 })), 'AGE_OVER_89'],
    serial: () => [`SN${digits(8)}`, 'DEVICE'],
    // Not identifying.
    age: () => [String(faker.number.int({ min: 2, max: 88 })), undefined],
    drug: () => [pick(DRUGS), undefined],
    illness: () => [pick(ILLNESSES), undefined],
    lab: () => [
      `${pick(LABS)} ${faker.number.float({ min: 0.4, max: 14, fractionDigits: 1 })}`,
      undefined,
    ],
  }
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'June',
  'July',
  'August',
  'October',
  'December',
]
const DRUGS = [
  'apixaban',
  'metoprolol',
  'Keppra',
  'insulin glargine',
  'cefepime',
  'Humira',
  'tacrolimus',
]
const ILLNESSES = [
  "Crohn's disease",
  'atrial fibrillation',
  "Graves' disease",
  'COPD',
  'sickle cell anemia',
  "Bell's palsy",
  'a Colles fracture',
]
const LABS = ['creatinine', 'K', 'Hgb', 'INR', 'TSH', 'lactate']
