import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { nameParts } from '../../../src/detect/index.ts'
import { GatewayError } from '../../../src/domain/index.ts'
import {
  applyOperator,
  crockford,
  foldValue,
  PLACEHOLDER,
  placeholderBook,
  sessionKeys,
  withheldText,
  type PlaceholderBook,
  type SessionScope,
} from '../../../src/mask/index.ts'
import type { EntityType } from '../../../src/schema/index.ts'
import { collidingKeys } from '../../support/colliding-keys.ts'
import { MASK_KEY } from '../../support/inspection.ts'
import { holds } from '../../support/property.ts'

const SCOPE: SessionScope = { principal: 'p', connection: 'c', session: 's' }

function bookOf(change: Partial<SessionScope> = {}, maskKey = MASK_KEY): PlaceholderBook {
  return placeholderBook(sessionKeys(maskKey, { ...SCOPE, ...change }), nameParts)
}

const named = (type: EntityType, value: string, book = bookOf()): string =>
  book.name(type, value, false).placeholder

/** The grammar of design.md, letter for letter. */
const GRAMMAR = /^\[[A-Z][A-Z0-9_]*_[0-9A-HJKMNP-TV-Z]{7,13}(\.[0-9A-HJKMNP-TV-Z]{7,13})*\]$/

const TYPES: readonly EntityType[] = [
  'PERSON',
  'LOCATION',
  'DATE',
  'AGE_OVER_89',
  'PHONE',
  'FAX',
  'US_SSN',
  'MEDICAL_RECORD_NUMBER',
  'ACCOUNT',
  'OTHER_ID',
]

describe('a placeholder', () => {
  it('fits the grammar, whatever it stands for', async () => {
    await holds(
      fc.tuple(
        fc.constantFrom(...TYPES),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.boolean(),
      ),
      ([type, value, wide]) => {
        const { placeholder } = bookOf().name(type, value, wide)
        assert.match(placeholder, GRAMMAR)
        assert.deepEqual(placeholder.match(PLACEHOLDER), [placeholder])
        assert.ok(placeholder.startsWith(`[${type}_`))
      },
      { runs: 300 },
    )
  })

  it('has ten characters, for a name seven a part', () => {
    assert.match(named('MEDICAL_RECORD_NUMBER', '48210377'), /^\[MEDICAL_RECORD_NUMBER_\w{10}\]$/)
    assert.match(named('PERSON', 'John Smith'), /^\[PERSON_\w{7}\.\w{7}\]$/)
  })

  it('shows that names share a part', () => {
    const [john, smith] = named('PERSON', 'John Smith').slice(8, -1).split('.')
    assert.equal(named('PERSON', 'Mr. Smith'), `[PERSON_${smith}]`)
    assert.equal(named('PERSON', 'SMITH, JOHN'), `[PERSON_${john}.${smith}]`)
    assert.equal(named('PERSON', "Smith's"), `[PERSON_${smith}]`)
    assert.equal(named('PERSON', 'john'), `[PERSON_${john}]`)
    assert.notEqual(named('PERSON', 'Smithe'), `[PERSON_${smith}]`)
  })

  it('is one for a name without any part', () => {
    assert.match(named('PERSON', '***'), /^\[PERSON_\w{7}\]$/)
    assert.notEqual(named('PERSON', '***'), named('PERSON', '---'))
  })

  it('carries the year of a date and nothing else', () => {
    for (const date of ['03/14/1961', 'March 14, 1961', '1961-03-14']) {
      assert.match(named('DATE', date), /^\[DATE_1961_\w{10}\]$/)
    }
    assert.match(named('DATE', '03/14/61'), /^\[DATE_\w{10}\]$/)
    assert.match(named('DATE', '1961-1962'), /^\[DATE_\w{10}\]$/)
    assert.match(named('DATE', '03141961'), /^\[DATE_\w{10}\]$/)
    assert.match(named('DATE', '14.03.1799'), /^\[DATE_\w{10}\]$/)
    assert.match(named('OTHER_ID', '1961'), /^\[OTHER_ID_\w{10}\]$/)
  })

  it('is the same for spellings of one value', () => {
    const same: readonly (readonly [EntityType, ...string[]])[] = [
      ['PHONE', '(617) 555-0142', '617.555.0142', '+1 617 555 0142', '16175550142'],
      ['US_SSN', '219-09-9941', '219 09 9941', '219099941'],
      ['MEDICAL_RECORD_NUMBER', '4821-0377', '4821 0377', '48210377'],
      ['EMAIL', 'A.Roe@X.example', 'a.roe@x.example', ' a.roe@x.example '],
      ['LOCATION', '12 Elm  St', '12 elm st', '12\nElm St'],
      ['LOCATION', 'Caf\u00e9 Row', 'Cafe\u0301 Row'],
    ]
    for (const [type, ...spellings] of same) {
      assert.equal(new Set(spellings.map((value) => named(type, value))).size, 1)
    }
    assert.notEqual(named('US_SSN', '11234567890'), named('US_SSN', '1234567890'))
    assert.notEqual(
      named('PHONE', '6175550142'),
      named('FAX', '6175550142').replace('FAX', 'PHONE'),
    )
  })

  it('is another in another session, connection, for another principal, under another key', () => {
    const others = [
      bookOf(),
      bookOf({ session: 't' }),
      bookOf({ connection: 'd' }),
      bookOf({ principal: 'q' }),
      bookOf({}, { ...MASK_KEY, id: 'other' }),
      bookOf({}, { ...MASK_KEY, secret: new Uint8Array(32).fill(8) }),
      // Not what one gets by moving a letter from one to the next.
      bookOf({ principal: 'pc', connection: '' }),
    ]
    for (const type of ['PERSON', 'DATE', 'OTHER_ID'] as const) {
      const all = others.map((book) => named(type, 'one value', book))
      assert.equal(new Set(all).size, others.length)
    }
    assert.equal(named('PERSON', 'Roe'), named('PERSON', 'Roe'))
  })
})

describe('the operator hash', () => {
  it('gives 26 characters that are equal in all sessions and for all principals', () => {
    const one = bookOf().hash('OTHER_ID', 'A-17')
    assert.match(one, /^\[OTHER_ID_[0-9A-HJKMNP-TV-Z]{26}\]$/)
    assert.equal(bookOf({ session: 't', principal: 'q' }).hash('OTHER_ID', 'a-17'), one)
    assert.notEqual(bookOf({ connection: 'd' }).hash('OTHER_ID', 'A-17'), one)
    assert.equal(one.match(PLACEHOLDER), null)
  })

  it('takes all parts of a name', () => {
    const hash = (name: string): string => bookOf().hash('PERSON', name)
    assert.equal(hash('SMITH, JOHN'), hash('Mr. John Smith'))
    assert.notEqual(hash('Smith'), hash('John Smith'))
  })
})

describe('two values with the same digest', () => {
  it('do not share a placeholder: the later one takes the long form', () => {
    const book = placeholderBook(collidingKeys(12), nameParts)
    const first = book.name('OTHER_ID', 'alpha', false)
    const second = book.name('OTHER_ID', 'another', false)
    assert.equal(first.wide, false)
    assert.match(first.placeholder, /^\[OTHER_ID_\w{10}\]$/)
    assert.equal(second.wide, true)
    assert.match(second.placeholder, /^\[OTHER_ID_\w{13}\]$/)
    assert.deepEqual(book.name('OTHER_ID', 'another', false), second)
    assert.deepEqual(book.name('OTHER_ID', 'alpha', false), first)
    // Another type is another name.
    assert.equal(book.name('ACCOUNT', 'another', false).wide, false)
  })

  it('keep the long form that was remembered, whoever comes first then', () => {
    const first = placeholderBook(collidingKeys(12), nameParts)
    first.name('OTHER_ID', 'alpha', false)
    const { placeholder } = first.name('OTHER_ID', 'another', false)
    const later = placeholderBook(collidingKeys(12), nameParts)
    assert.deepEqual(later.name('OTHER_ID', 'another', true), { placeholder, wide: true })
    assert.equal(later.name('OTHER_ID', 'alpha', false).wide, false)
  })

  it('are kept apart from the names that an answer finds in its request', () => {
    const keys = collidingKeys(12)
    const last = 'MX-1'
    const type = 'MEDICAL_RECORD_NUMBER'
    const asked = placeholderBook(keys, nameParts).name(type, last, false)
    const book = placeholderBook(keys, nameParts, [{ type, last, wide: asked.wide }])
    const found = book.name(type, 'MX-2', false)
    assert.equal(found.wide, true)
    assert.notEqual(found.placeholder, asked.placeholder)
    assert.equal(book.name(type, last, false).placeholder, asked.placeholder)
  })

  it('take the long form for all parts of a name', () => {
    const book = placeholderBook(collidingKeys(8), nameParts)
    assert.equal(book.name('PERSON', 'Ann Roe', false).wide, false)
    const second = book.name('PERSON', 'Tom Rye', false)
    assert.match(second.placeholder, /^\[PERSON_\w{13}\.\w{13}\]$/)
    assert.match(second.placeholder, GRAMMAR)
  })

  it('stop the exchange when the long form is the same too', () => {
    const book = placeholderBook(collidingKeys(20), nameParts)
    book.name('OTHER_ID', 'alpha', false)
    book.name('OTHER_ID', 'another', false)
    for (const wide of [true, false]) {
      assert.throws(
        () => book.name('OTHER_ID', 'a third', wide),
        (error) =>
          error instanceof GatewayError &&
          error.code === 'inspection-failed' &&
          !/third/.test(error.message),
      )
    }
  })
})

describe('foldValue', () => {
  it('leaves something of every value', () => {
    assert.equal(foldValue('PHONE', 'none given'), 'none given')
    assert.equal(foldValue('MEDICAL_RECORD_NUMBER', '- -'), '- -')
    assert.equal(foldValue('PHONE', '2 617 555 0142'), '26175550142')
  })
})

describe('crockford', () => {
  it('writes five bits a character, without I, L, O and U', () => {
    assert.equal(crockford(Uint8Array.of(0, 0, 0, 0, 0), 8), '00000000')
    assert.equal(crockford(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff), 8), 'ZZZZZZZZ')
    assert.equal(crockford(Uint8Array.of(0b00001_000, 0b10_00011_0), 3), '123')
    const all = Uint8Array.from({ length: 256 }, (_, index) => index)
    assert.match(crockford(all, 400), /^[0-9A-HJKMNP-TV-Z]{400}$/)
  })
})

describe('applyOperator', () => {
  const apply = (operator: Parameters<typeof applyOperator>[0]) =>
    applyOperator(operator, 'US_SSN', '219-09-9941', false, bookOf())

  it('does what each operator says', () => {
    assert.equal(apply('keep'), undefined)
    assert.deepEqual(apply('redact'), { text: '[US_SSN]', wide: false })
    assert.deepEqual(apply('withhold'), { text: '[US_SSN]', wide: false })
    assert.match(apply('placeholder')?.text ?? '', /^\[US_SSN_\w{10}\]$/)
    assert.match(apply('hash')?.text ?? '', /^\[US_SSN_\w{26}\]$/)
  })

  it('says of a withheld source what it was, and no more', () => {
    assert.equal(withheldText('image', 'ABC'), 'image withheld by policy [UNINSPECTABLE_ABC]')
  })
})
