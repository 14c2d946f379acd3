import { phi } from './marked.ts'
import { crowd, type Someone } from './people.ts'

/** MSH-1 and MSH-2: field, component, repetition, escape, subcomponent. */
export type Separators = readonly [
  field: string,
  component: string,
  repetition: string,
  escape: string,
  subcomponent: string,
]

export const USUAL: Separators = ['|', '^', '~', '\\', '&']
export const UNUSUAL: Separators = ['#', '*', '%', '\\', '$']

const stamp = (date: string, time = ''): string => phi(`${date.replaceAll('-', '')}${time}`)

interface Writer {
  /** A segment by its fields; a field given as a list is its components. */
  readonly segment: (
    name: string,
    fields: Readonly<Record<number, string | readonly string[]>>,
  ) => string
  readonly again: (...repetitions: readonly (readonly string[])[]) => string
}

function writer([field, component, repetition]: Separators): Writer {
  const joined = (value: string | readonly string[]) =>
    typeof value === 'string' ? value : value.join(component)
  return {
    segment: (name, fields) => {
      const last = Math.max(...Object.keys(fields).map(Number))
      const list = Array.from({ length: last }, (_, index) => joined(fields[index + 1] ?? ''))
      return [name, ...list].join(field)
    },
    again: (...repetitions) => repetitions.map(joined).join(repetition),
  }
}

const name = (one: Someone) => [
  phi(one.last.toUpperCase()),
  phi(one.first.toUpperCase()),
  phi(one.middle.charAt(0)),
]
const clinician = (one: Someone) => [
  phi('1234567893'),
  phi(one.last),
  phi(one.first),
  '',
  '',
  '',
  'MD',
]
const address = (one: Someone) => [
  phi(one.street),
  '',
  phi(one.city),
  one.state,
  phi(one.zip),
  'USA',
  'H',
]

/** ADT and ORU in one: the segments that hold people, with gold in their fields. */
export function hl7Message(seed: number, separators: Separators = USUAL, lineEnd = '\r'): string {
  const { faker, next } = crowd(seed)
  const [one, kin, doctor] = [next(), next(), next()]
  const { segment, again } = writer(separators)
  const [field, component, repetition, escape, subcomponent] = separators
  const header = `MSH${field}${component}${repetition}${escape}${subcomponent}${field}`
  const sent = stamp('2026-01-02', '153000')
  const birth = stamp(one.birth)
  const account = `AC${faker.string.numeric(6)}`
  const visit = `V${faker.string.numeric(6)}`
  return [
    `${header}${['LABSYS', 'GH', 'EHR', 'GH', sent, '', `ORU${component}R01`, 'MSG00017', 'P', '2.5'].join(field)}`,
    segment('EVN', { 1: 'R01', 2: sent, 5: clinician(doctor) }),
    segment('PID', {
      1: '1',
      3: again([phi(one.mrn), '', '', 'GH', 'MR'], [phi(one.ssn), '', '', 'SSA', 'SS']),
      5: [...name(one), '', '', '', 'L'],
      6: [phi(kin.last)],
      7: birth,
      8: 'F',
      10: ['2106-3', 'White', 'HL70005'],
      11: address(one),
      13: again([phi(one.phone), 'PRN', 'PH'], ['', 'NET', 'Internet', phi(one.email)]),
      14: [phi(kin.phone), 'WPN', 'PH'],
      16: 'M',
      18: [phi(account)],
      19: phi(one.ssn),
      20: phi(`D${one.zip}88`),
      23: phi(one.city),
    }),
    segment('PD1', { 4: clinician(doctor) }),
    segment('NK1', {
      1: '1',
      2: name(kin),
      3: ['SPO', 'Spouse'],
      4: address(kin),
      5: phi(kin.phone),
    }),
    segment('PV1', {
      1: '1',
      2: 'I',
      3: ['ICU', '302', 'A'],
      7: clinician(doctor),
      8: clinician(kin),
      17: clinician(doctor),
      19: phi(visit),
      44: stamp('2026-01-01', '1200'),
      45: stamp('2026-01-04', '0900'),
    }),
    segment('GT1', {
      1: '1',
      3: name(kin),
      5: address(kin),
      6: phi(kin.phone),
      8: stamp(kin.birth),
      12: phi(kin.ssn),
    }),
    segment('IN1', {
      1: '1',
      2: 'PPO',
      3: 'AET',
      8: phi(`G${one.zip}`),
      16: name(one),
      18: birth,
      19: address(one),
      36: phi(one.plan),
      49: phi(`S${one.plan}`),
    }),
    segment('IN2', { 1: '', 2: phi(one.ssn) }),
    segment('ORC', { 1: 'RE', 2: phi(`OR${one.zip}`), 9: sent, 12: clinician(doctor) }),
    segment('OBR', {
      1: '1',
      3: phi(`F${one.zip}1`),
      4: ['2339-0', 'GLUCOSE', 'LN'],
      7: stamp('2026-01-02', '1400'),
      16: clinician(doctor),
      32: [[phi('998877'), phi(doctor.last), phi(doctor.first)].join(subcomponent)],
    }),
    segment('OBX', {
      1: '1',
      2: 'NM',
      3: ['2339-0', 'GLUCOSE', 'LN'],
      5: '182',
      6: 'mg/dl',
      7: '70-105',
      8: 'H',
      11: 'F',
      14: stamp('2026-01-02', '1410'),
    }),
    segment('OBX', { 1: '2', 2: 'XPN', 3: ['X', 'CONTACT', 'L'], 5: name(kin), 11: 'F' }),
    segment('OBX', {
      1: '3',
      2: 'TX',
      3: ['11506-3', 'NOTE', 'LN'],
      5: `Seen with ${phi(`${one.first} ${one.last}`)} at noon`,
      11: 'F',
    }),
    segment('DG1', { 1: '1', 3: ['E11.9', 'Type 2 diabetes', 'I10'], 5: stamp('2026-01-02') }),
    segment('MRG', { 1: [phi(`M${one.zip}9`)], 7: name(kin) }),
  ].join(lineEnd)
}

/** Bars and names of segments, and no message. */
export const NOT_HL7: readonly string[] = [
  'PID|USER|COMMAND\n1|root|init\n42|daemon|sshd: listener',
  'Run with MSH|PID|PV1 as segment filter, or none.',
  '| PID | TTY | TIME | CMD |\n|-----|-----|------|-----|\n| 771 | pts | 00:01 | bash |',
  'case "$1" in start|stop|status) exec "$2" ;; MSH|OBX) echo no ;; esac',
  'OBX|field|meaning\n3|code|LOINC\n5|value|any',
]
