import { base, de, en, es, Faker, fr, pl, vi, zh_CN } from '@faker-js/faker'
import { Roster, RosterBuilder, rosterKeys, type ListedPerson } from '../../src/detect/index.ts'

/** Somebody who does not exist. */
export interface InventedPerson {
  readonly given: string
  readonly middle: string
  readonly family: string
  /** RFC 3339 date. */
  readonly born: string
  /** Eight digits, some of them leading zeros. */
  readonly mrn: string
  /** Ten digits. */
  readonly phone: string
  readonly email: string
  /** "123 Maple Street" */
  readonly address: string
}

const LOCALES = [en, es, en, de, en, fr, pl, vi, zh_CN]

/** The same people for the same seed. */
export function inventPeople(count: number, seed = 1): readonly InventedPerson[] {
  const fakers = LOCALES.map((locale, index) => {
    const faker = new Faker({ locale: [locale, en, base] })
    faker.seed(seed * 100 + index)
    return faker
  })
  const numbers = new Faker({ locale: [en, base] })
  numbers.seed(seed)
  return Array.from({ length: count }, (_, index) => {
    const faker = fakers[index % fakers.length] ?? numbers
    const given = faker.person.firstName()
    return {
      given,
      middle: index % 2 === 0 ? faker.person.firstName() : '',
      family: faker.person.lastName(),
      born: numbers.date.birthdate().toISOString().slice(0, 10),
      mrn: String(numbers.number.int({ min: 100_000, max: 9_999_999 })).padStart(8, '0'),
      phone: `${numbers.number.int({ min: 201, max: 989 })}${numbers.number.int({ min: 2_000_000, max: 9_999_999 })}`,
      email: `${numbers.internet.username()}.${index}@example.org`,
      address: `${numbers.number.int({ min: 1, max: 9999 })} ${numbers.person.lastName()} Street`,
    }
  })
}

export function listed(person: InventedPerson): ListedPerson {
  const given = `${person.given} ${person.middle}`.trim()
  return {
    names: [{ given, family: person.family }],
    values: [
      { type: 'DATE', value: person.born },
      { type: 'MEDICAL_RECORD_NUMBER', value: person.mrn },
      { type: 'PHONE', value: person.phone },
      { type: 'EMAIL', value: person.email },
      { type: 'LOCATION', value: person.address },
    ],
  }
}

const ROSTER_SECRET = new Uint8Array(32).fill(5)

export function rosterOf(people: readonly ListedPerson[]): Roster {
  const keys = rosterKeys(ROSTER_SECRET)
  const builder = new RosterBuilder(keys)
  for (const person of people) builder.add(person)
  return new Roster('test', builder.tables(), keys)
}
