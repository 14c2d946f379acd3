import { base, de, en, en_US, es, Faker, fr, nl, pl, pt_BR, vi } from '@faker-js/faker'

const LOCALES = [en_US, en_US, en_US, de, es, fr, nl, pl, pt_BR, vi]

export interface Someone {
  readonly first: string
  readonly middle: string
  readonly last: string
  readonly street: string
  readonly city: string
  readonly state: string
  readonly zip: string
  readonly county: string
  readonly phone: string
  readonly email: string
  /** ISO 8601, a date. */
  readonly birth: string
  readonly ssn: string
  readonly mrn: string
  readonly plan: string
}

/** The same people for the same seed. */
export function crowd(seed: number): { readonly faker: Faker; readonly next: () => Someone } {
  const fakers = LOCALES.map((locale) => new Faker({ locale: [locale, en, base] }))
  const faker = new Faker({ locale: [en_US, en, base] })
  for (const [index, one] of fakers.entries()) one.seed(seed * 100 + index)
  faker.seed(seed)
  const next = (): Someone => {
    const names = faker.helpers.arrayElement(fakers)
    return {
      first: names.person.firstName(),
      middle: names.person.firstName(),
      last: names.person.lastName(),
      street: faker.location.streetAddress(),
      city: faker.location.city(),
      state: faker.location.state({ abbreviated: true }),
      zip: faker.location.zipCode('#####'),
      county: faker.location.county(),
      phone: faker.helpers.fromRegExp('[2-9][0-8][1-9]-[2-9][0-9]{2}-[0-9]{4}'),
      email: faker.internet.email().toLowerCase(),
      birth: faker.date.birthdate({ refDate: '2026-01-01T00:00:00Z' }).toISOString().slice(0, 10),
      ssn: faker.helpers.fromRegExp('[1-6][0-9]{2}-[1-9][0-9]-[1-9][0-9]{3}'),
      mrn: faker.helpers.arrayElement([
        faker.string.numeric(7),
        `MRN${faker.string.numeric(6)}`,
        `H-${faker.string.numeric(5)}`,
      ]),
      plan: `${faker.string.alpha({ length: 3, casing: 'upper' })}${faker.string.numeric(8)}`,
    }
  }
  return { faker, next }
}
