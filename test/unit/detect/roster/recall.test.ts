import assert from 'node:assert/strict'
import { findListed, type Roster } from '../../../../src/detect/roster/index.ts'
import { isOrdinary } from '../../../../src/detect/roster/ordinary.ts'
import type { Place, Segment } from '../../../../src/domain/index.ts'
import {
  inventPeople,
  listed,
  rosterOf,
  type InventedPerson,
} from '../../../support/listed-people.ts'

/** A text in which the value between { and } must be found, whole. */
type Case = readonly [kind: string, marked: string, place?: Place]

const PEOPLE = inventPeople(2000)
const UNSPACED = /\p{Script=Han}/u
const MONTHS =
  'January February March April May June July August September October November December'

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll(
      /[đĐłŁøØ]/g,
      (letter) => ({ đ: 'd', Đ: 'D', ł: 'l', Ł: 'L', ø: 'o', Ø: 'O' })[letter] ?? '',
    )
}

function names({ given, middle, family }: InventedPerson): readonly Case[] {
  const first = given.split(/[\s-]/)[0] ?? given
  const cases: Case[] = [
    ['first last', `Talk to {${given} ${family}} today.`],
    ['last, first', `Seen: {${family}, ${given}} at noon`],
    ['last first', `Record of {${family} ${given}}: none`],
    ['of a message', `PID|1||{${family}^${given}}`],
    ['lines', `regards,\n{${given}\n${family}}\nward 4`],
    ['key', `{${given}_${family}}`, 'key'],
    ['possessive', `{${given} ${family}}'s mother`],
    ['title', `Mr. {${given} ${family}} left`],
    ['table cell', `| {${family} | ${given}} | 12 |`],
  ]
  if (UNSPACED.test(given)) return [...cases, ['together', `病人{${family}${given}}今天来了`]]
  cases.push(
    ['initial', `per {${first.slice(0, 1)}. ${family}} on call`],
    ['initial behind', `cc {${family}, ${first.slice(0, 1)}.} on call`],
    ['capitals', `PATIENT {${given.toUpperCase()} ${family.toUpperCase()}} ADMITTED`],
    ['no accents', `{${plain(given)} ${plain(family)}} came`],
    ['other initial', `{${given} Q. ${family}} came`],
    ['hyphens apart', `{${given.replaceAll('-', ' ')} ${family.replaceAll('-', ' ')}} came`],
    ['no apostrophe', `{${given} ${family.replaceAll("'", '')}} came`],
    ['zero width', `{${given.slice(0, 2)}\u200B${given.slice(2)}\u00A0${family}} came`],
  )
  if (middle !== '') {
    cases.push(
      ['middle', `{${given} ${middle} ${family}} came`],
      ['middle initial', `{${family}, ${given} ${middle.slice(0, 1)}.} came`],
    )
  }
  // Names of ordinary words alone ("Will May") need their capitals.
  const words = `${given} ${family}`.split(/[\s'-]+/)
  if (!words.every(isOrdinary))
    cases.push(['lower case', `ask {${(given + ' ' + family).toLowerCase()}} about it`])
  return cases
}

function numbers({ mrn, phone, email, address }: InventedPerson): readonly Case[] {
  const bare = mrn.replace(/^0+/, '')
  const [area, exchange, line] = [phone.slice(0, 3), phone.slice(3, 6), phone.slice(6)]
  return [
    ['mrn', `chart {${mrn}} pulled`],
    ['mrn without zeros', `chart {${bare}} pulled`],
    ['mrn with more zeros', `chart {000${mrn}} pulled`],
    ['mrn with dashes', `chart {${mrn.slice(0, 3)}-${mrn.slice(3, 5)}-${mrn.slice(5)}} pulled`],
    ['mrn with spaces', `chart {${bare.slice(0, 2)} ${bare.slice(2, 4)} ${bare.slice(4)}} pulled`],
    ['mrn with its label', `chart MRN{${mrn}} pulled`],
    ['mrn as a number', `{${bare}}`, 'number'],
    ['mrn as a key', `{${mrn}}`, 'key'],
    ['mrn in a file name', `/data/p_{${mrn}}.json`],
    ['phone', `call {(${area}) ${exchange}-${line}} now`],
    ['phone with dots', `call {${area}.${exchange}.${line}} now`],
    ['phone with country', `call +{1 ${area} ${exchange} ${line}} now`],
    ['phone with country and dashes', `call {1-${area}-${exchange}-${line}} now`],
    ['phone together', `call {${phone}} now`],
    ['phone as a number', `{${phone}}`, 'number'],
    ['email', `to {${email}} only`],
    ['email in capitals', `to {${email.toUpperCase()}} only`],
    ['address', `lives at {${address}}, upstairs`],
    ['address short', `lives at {${address.replace('Street', 'St')}.`.replace(/\.$/, '}.')],
    ['address in capitals', `LIVES AT {${address.toUpperCase()}}`],
  ]
}

/** Days of birth beside a name. */
function births({ family, born }: InventedPerson): readonly Case[] {
  const [year = '', month = '', day = ''] = born.split('-')
  const name = MONTHS.split(' ')[Number(month) - 1] ?? ''
  const forms = [
    born,
    `${month}/${day}/${year}`,
    `${Number(month)}/${Number(day)}/${year}`,
    `${day}.${month}.${year}`,
    `${month}/${day}/${year.slice(2)}`,
    `${name} ${Number(day)}, ${year}`,
    `${name.slice(0, 3)}. ${Number(day)}, ${year}`,
    `${Number(day)} ${name} ${year}`,
    `${Number(day)}th of ${name} ${year}`,
    `${day}-${name.slice(0, 3).toUpperCase()}-${year}`,
    `${year}${month}${day}`,
    `${year}/${month}/${day}`,
  ]
  return forms.map((form, index): Case => [`born ${index}`, `${family}, born {${form}}, is here`])
}

function missed(cases: readonly Case[], roster: Roster): readonly string[] {
  return cases.flatMap(([kind, marked, place = 'text']) => {
    const start = marked.indexOf('{')
    const end = marked.indexOf('}') - 1
    const text = marked.replace('{', '').replace('}', '')
    const segment: Segment = { path: '', role: 'user', place, text, keys: [] }
    const found = findListed([segment], roster, 'balanced')
    const covered = found.some((one) => one.start <= start && one.end >= end)
    return covered ? [] : [kind]
  })
}

function tally(all: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const kind of all) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

describe('people of the roster', function () {
  this.timeout(120_000)
  const roster = rosterOf(PEOPLE.map(listed))

  it('are found by every usual spelling of their names', () => {
    assert.deepEqual(tally(PEOPLE.flatMap((person) => missed(names(person), roster))), {})
  })

  it('are found by their numbers and addresses however they are written', () => {
    assert.deepEqual(tally(PEOPLE.flatMap((person) => missed(numbers(person), roster))), {})
  })

  it('are found by a family name beside the day of birth, in any form of a date', () => {
    const spaced = PEOPLE.filter(({ family }) => !UNSPACED.test(family) && family.length > 1)
    assert.deepEqual(tally(spaced.flatMap((person) => missed(births(person), roster))), {})
  })

  it('are found in the members of a JSON object', () => {
    const lost = PEOPLE.filter(({ given, family, born }) => {
      const segments = [family, 'official', born, given].map((text): Segment => {
        return { path: '', role: 'tool_result', place: 'text', text, keys: [] }
      })
      const near = [segments[0], segments[3]].filter((one) => one !== undefined)
      return findListed(near, roster, 'balanced').length < 2
    })
    assert.equal(lost.length, 0)
  })
})
