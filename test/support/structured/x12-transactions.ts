import { phi } from './marked.ts'
import { crowd } from './people.ts'

const padded = (value: string, length: number) => value.padEnd(length).slice(0, length)

/** An eligibility answer (271) and the head of a claim (837) about one person, with gold in their elements. */
export function x12Interchange(seed: number): string {
  const { next } = crowd(seed)
  const [one, doctor] = [next(), next()]
  const date = one.birth.replaceAll('-', '')
  const envelope = [
    'ISA',
    '00',
    padded('', 10),
    '00',
    padded('', 10),
    'ZZ',
    padded('SENDER', 15),
    'ZZ',
    padded('RECEIVER', 15),
    '260102',
    '1530',
    '^',
    '00501',
    '000000001',
    '0',
    'P',
    ':',
  ].join('*')
  return (
    [
      envelope,
      'GS*HB*SENDER*RECEIVER*20260102*1530*1*X*005010X279A1',
      'ST*271*0001*005010X279A1',
      'HL*1**20*1',
      'NM1*PR*2*ACME INSURANCE*****PI*87726',
      `NM1*1P*1*${phi(doctor.last.toUpperCase())}*${phi(doctor.first.toUpperCase())}****XX*${phi('1234567893')}`,
      `NM1*IL*1*${phi(one.last.toUpperCase())}*${phi(one.first.toUpperCase())}*${phi('Q')}***MI*${phi(one.plan)}`,
      `REF*SY*${phi(one.ssn.replaceAll('-', ''))}`,
      `N3*${phi(one.street.toUpperCase())}`,
      `N4*${phi(one.city.toUpperCase())}*${one.state}*${phi(one.zip)}`,
      `PER*IC*${phi(`${doctor.first} ${doctor.last}`)}*TE*${phi(one.phone.replaceAll('-', ''))}`,
      `DMG*D8*${phi(date)}*F`,
      `DTP*291*D8*${phi('20260101')}`,
      'EB*1**30**GOLD PLAN',
      `CLM*${phi(`AC${one.zip}`)}*150***11:B:1*Y*A*Y*Y`,
      'HI*ABK:E119',
      'SE*15*0001',
    ].join('~') + '~'
  )
}
