import { changed, fill, type Corpus, type Sample, type Source } from '../corpus.ts'
import { valuesOf } from '../values.ts'

type Names = 'english' | 'foreign'

function fromTemplates(
  templates: readonly string[],
  source: Source,
  count: number,
  names: Names = 'english',
): readonly Sample[] {
  return Array.from({ length: count }, () => fill(source.pick(templates), valuesOf(source, names)))
}

const CHAT = [
  'My patient {name} ({age}F, MRN {mrn}) started {drug} on {date} and now has a rash. What should I change?',
  'Could you turn this into a referral to {hospital}: {name}, born {dob}, {illness}, {lab}?',
  "I need to tell {first} {last}'s daughter {relative} about the {illness}. How do I put it?",
  'Is it safe to give {drug} to {turned} with {lab}? Dr. {doctor} saw her on {date}.',
  'Write a letter to {name}, {street}, {city} {zip} about the missed visit on {iso}.',
  'Call back for {name} at {phone}; insurance member ID {plan}. What do I ask first about {illness}?',
  'Translate for the family of {name}: take {drug} twice a day. Send it to {email}.',
  '{name} is {old} years old and fell at home in {city}. Which imaging first?',
]
const NOTE = [
  'Name: {turned}\nDOB: {dob}  MRN: {mrn}\nDate of visit: {date}\n\nHPI: {first} {last} is a {age} year old with {illness} on {drug}. Seen with her husband {relative}.\nLabs: {lab}.\nPlan: follow up with Dr. {doctor} at {hospital}. Phone {phone}.\n',
  'DISCHARGE SUMMARY\nPatient: {name}\nAdmitted: {date}\nAttending: Dr. {doctor}\nAccount: {account}\n\nThe patient was transferred from {hospital} with {illness}. {lab}. Pacemaker serial {serial}. SSN {ssn} on file.\nMr. {last} went home to {street}, {city}.\n',
  'NURSING NOTE {iso}\nPt {last} resting. Daughter {relative} called from {phone}. {drug} given, {lab}. Dr. {doctor} notified.\n',
]
const LETTER = [
  'Dear Dr. {doctor},\n\nThank you for seeing {name} (date of birth {dob}) of {street}, {city} {zip}. She has {illness} and takes {drug}.\n\nMy fax is {fax}, my address {email}.\n\nYours,\n{relative}\n',
  'To whom it may concern: {name}, policy number {plan}, was treated at {hospital} from {date}. Statements are at {url}. Questions to {phone}.\n',
]
const ADDRESS = [
  '{name}, {street}, {city} {zip}',
  'Ship to: {name}\n{street}\n{city}, {zip}',
  'Contact {name} in {city}, phone {phone}, e-mail {email}.',
  '{turned} moved from {city} to {street}, {city}.',
]

const ZERO_WIDTH = '\u200B'

/** Ways to write a value so that a pattern misses it; each keeps the length. */
const DISGUISES: readonly ((text: string) => string)[] = [
  (text) => text.replaceAll('-', '\u2011'),
  (text) => text.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  (text) => text.replaceAll(' ', '\u00A0'),
  (text) => text.replaceAll('.', '\uFF0E'),
]

function obfuscated(source: Source, count: number): readonly Sample[] {
  return fromTemplates([...CHAT, ...LETTER], source, count).map((sample) => {
    const at = source.faker.number.int({ min: 0, max: DISGUISES.length })
    const disguise = DISGUISES[at]
    return disguise === undefined ? withZeroWidth(sample) : changed(sample, disguise)
  })
}

/** A zero-width space in the middle of each value. */
function withZeroWidth({ text, labels }: Sample): Sample {
  let next = ''
  let at = 0
  const moved = labels.map(({ start, end, type }) => {
    const middle = Math.floor((start + end) / 2)
    next += text.slice(at, start)
    const from = next.length
    next += text.slice(start, middle) + ZERO_WIDTH + text.slice(middle, end)
    at = end
    return { start: from, end: next.length, type }
  })
  return { text: next + text.slice(at), labels: moved }
}

/** Capitals keep the length for the letters that these names have. */
function sameLength(change: (letter: string) => string): (text: string) => string {
  return (text) =>
    Array.from(text, (letter) => {
      const other = change(letter)
      return other.length === letter.length ? other : letter
    }).join('')
}

const upper = sameLength((letter) => letter.toUpperCase())
const lower = sameLength((letter) => letter.toLowerCase())

/** Texts that people write. */
export const WRITTEN: readonly Corpus[] = [
  { name: 'chat questions', make: (source, count) => fromTemplates(CHAT, source, count) },
  { name: 'clinical notes', make: (source, count) => fromTemplates(NOTE, source, count) },
  {
    name: 'clinical notes in capitals',
    make: (source, count) => fromTemplates(NOTE, source, count).map((one) => changed(one, upper)),
  },
  {
    name: 'clinical notes in lower case',
    make: (source, count) => fromTemplates(NOTE, source, count).map((one) => changed(one, lower)),
  },
  {
    name: 'clinical notes, international names',
    make: (source, count) => fromTemplates(NOTE, source, count, 'foreign'),
  },
  { name: 'letters', make: (source, count) => fromTemplates(LETTER, source, count) },
  {
    name: 'addresses and contacts, international',
    make: (source, count) => fromTemplates(ADDRESS, source, count, 'foreign'),
  },
  { name: 'obfuscated', make: obfuscated },
]
