import { phi } from './marked.ts'
import { crowd, type Someone } from './people.ts'

type Column = readonly [header: string, valueOf: (one: Someone, row: number) => string]

const HARMLESS: readonly Column[] = [
  ['Glucose', (_, row) => String(90 + row)],
  ['status', () => 'active'],
]
const COLUMN_SETS: readonly (readonly Column[])[] = [
  [
    ['First Name', (one) => phi(one.first)],
    ['Last Name', (one) => phi(one.last)],
    ['DOB', (one) => phi(one.birth)],
    ['MRN', (one) => phi(one.mrn)],
  ],
  [
    ['patient_name', (one) => phi(`${one.first} ${one.last}`)],
    ['birth_date', (one) => phi(one.birth)],
    ['ssn', (one) => phi(one.ssn)],
    ['phone_number', (one) => phi(one.phone)],
    ['email', (one) => phi(one.email)],
  ],
  [
    ['Patient', (one) => phi(`${one.first} ${one.last}`)],
    ['Member ID', (one) => phi(one.plan)],
    ['City', (one) => phi(one.city)],
    ['Zip Code', (one) => phi(one.zip)],
  ],
  [
    ['NAME', (one) => phi(one.last.toUpperCase())],
    ['Pt Phone', (one) => phi(one.phone)],
    ['homeAddress', (one) => phi(one.street)],
  ],
]

function rowsOf(seed: number): readonly (readonly string[])[] {
  const { next } = crowd(seed)
  const columns = [...(COLUMN_SETS[seed % COLUMN_SETS.length] ?? []), ...HARMLESS]
  const people = Array.from({ length: 6 }, next)
  return [
    columns.map(([header]) => header),
    ...people.map((one, row) => columns.map(([, valueOf]) => valueOf(one, row))),
  ]
}

const quoted = (cell: string, delimiter: string) => (cell.includes(delimiter) ? `"${cell}"` : cell)

/** One table in each of its forms. */
export const TABLES: Readonly<Record<string, (seed: number) => string>> = {
  CSV: (seed) =>
    rowsOf(seed)
      .map((row) => row.map((cell) => quoted(cell, ',')).join(','))
      .join('\n'),
  'CSV with quotes': (seed) =>
    rowsOf(seed)
      .map((row) => row.map((cell) => `"${cell}"`).join(','))
      .join('\r\n'),
  TSV: (seed) =>
    rowsOf(seed)
      .map((row) => row.join('\t'))
      .join('\n'),
  bars: (seed) =>
    rowsOf(seed)
      .map((row) => row.join('|'))
      .join('\n'),
  semicolons: (seed) =>
    rowsOf(seed)
      .map((row) => row.join('; '))
      .join('\n'),
  Markdown: (seed) => {
    const [header = [], ...rows] = rowsOf(seed)
    const line = (row: readonly string[]) => `| ${row.join(' | ')} |`
    return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
  },
}

/** "Label: value" lines about one person. */
export function form(seed: number): string {
  const { next } = crowd(seed)
  const [one, kin] = [next(), next()]
  return `REGISTRATION
Patient Name: ${phi(`${one.last}, ${one.first}`)}    DOB: ${phi(one.birth)}   MRN #: ${phi(one.mrn)}
Sex: F
Address: ${phi(one.street)}
${phi(`${one.city}, ${one.state} ${one.zip}`)}
Home Phone: ${phi(one.phone)}
SSN: ${phi(one.ssn)}
Next of kin: ${phi(`${kin.first} ${kin.last}`)} (spouse)
Member ID: ${phi(one.plan)}
Allergies: penicillin
Plan: continue current dose, recheck potassium.`
}
