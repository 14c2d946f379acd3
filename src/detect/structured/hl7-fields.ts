import type { Subtype } from '../../domain/index.ts'
import type { EntityType } from '../../schema/index.ts'

/**
 * How the components of a field are read (HL7 v2.5.1, chapter 2A): names, addresses, phones, identifiers, dates, places
 * of a person, organisations, codes (`CE`), text. `OBX5` is typed by OBX-2.
 */
export type Hl7Type =
  'XPN' | 'XCN' | 'NDL' | 'XAD' | 'XTN' | 'CX' | 'ID' | 'TS' | 'PL' | 'XON' | 'HD' | 'CE' | 'OBX5'

export interface Hl7Field {
  readonly type: Hl7Type
  /** Of the identifiers in it, where they do not say it themselves. */
  readonly entity: EntityType
  readonly who: Subtype
}

/** Fields by segment and number. What is not listed is a code or text. */
export type Hl7Fields = ReadonlyMap<string, ReadonlyMap<number, Hl7Field>>

/** One field a word: its number, its type, and for identifiers the entity type. */
function segment(
  name: string,
  who: Subtype,
  fields: string,
): readonly [string, ReadonlyMap<number, Hl7Field>] {
  const list = fields
    .trim()
    .split(/\s+/)
    .map((field): readonly [number, Hl7Field] => {
      const [number = '', type = 'ID', detail = ''] = field.split(':')
      const person = SUBTYPES[detail] ?? who
      return [
        Number(number),
        { type: type as Hl7Type, entity: ENTITIES[detail] ?? 'OTHER_ID', who: person },
      ]
    })
  return [name, new Map(list)]
}

const ENTITIES: Readonly<Record<string, EntityType>> = {
  mrn: 'MEDICAL_RECORD_NUMBER',
  ssn: 'US_SSN',
  plan: 'HEALTH_PLAN_ID',
  acct: 'ACCOUNT',
  lic: 'LICENSE',
  dev: 'DEVICE',
  plate: 'VEHICLE',
}
const SUBTYPES: Readonly<Record<string, Subtype>> = {
  patient: 'patient',
  relative: 'relative',
  clinician: 'clinician',
}

/** Where HL7 v2 (2.1 to 2.8, chapters 2, 3, 4, 6, 7, 10) puts people, places, numbers and dates. */
export const HL7_FIELDS: Hl7Fields = new Map([
  segment('MSH', 'unknown', '3:CE 4:HD 5:CE 6:HD 7:TS 9:CE 11:CE 12:CE 22:XON 23:XON'),
  segment('FHS', 'unknown', '4:HD 6:HD 7:TS'),
  segment('BHS', 'unknown', '4:HD 6:HD 7:TS'),
  segment('EVN', 'clinician', '2:TS 3:TS 5:XCN 6:TS 7:HD'),
  segment(
    'PID',
    'patient',
    `2:CX:mrn 3:CX:mrn 4:CX:mrn 5:XPN 6:XPN:relative 7:TS 8:CE 9:XPN 10:CE 11:XAD 12:XAD 13:XTN 14:XTN 15:CE 16:CE 17:CE 18:CX:acct 19:CX:ssn
     20:CX:lic 21:CX:mrn 23:XAD 29:TS 33:TS 34:HD 40:XTN`,
  ),
  segment('PD1', 'clinician', '3:XON 4:XCN 13:TS 14:XON 17:TS 21:TS'),
  segment('MRG', 'patient', '1:CX:mrn 2:CX:mrn 3:CX:acct 4:CX:mrn 5:CX 6:CX 7:XPN'),
  segment(
    'NK1',
    'relative',
    `2:XPN 3:CE 4:XAD 5:XTN 6:XTN 8:TS 9:TS 11:ID 12:CX 13:XON 16:TS 26:XPN 30:XPN 31:XTN 32:XAD 33:CX 37:CX:ssn 38:XAD
     40:XTN 41:XTN`,
  ),
  segment(
    'PV1',
    'clinician',
    '2:CE 3:PL 4:CE 5:CX 6:PL 7:XCN 8:XCN 9:XCN 10:CE 11:PL 14:CE 17:XCN 18:CE 19:CX 25:TS 29:TS 34:TS 42:PL 43:PL 44:TS 45:TS 50:CX 52:XCN 53:XCN',
  ),
  segment(
    'PV2',
    'clinician',
    '1:PL 8:TS 9:TS 13:XCN 14:TS 17:TS 23:XON 26:TS 28:TS 33:TS 46:TS 47:TS 48:TS',
  ),
  segment('ROL', 'clinician', '4:XCN 5:TS 6:TS 11:XAD 12:XTN'),
  segment(
    'PRT',
    'clinician',
    '5:XCN 8:XON 9:PL 10:CX:dev 11:TS 12:TS 14:XAD 15:XTN 16:CX:dev 20:ID:dev 21:ID:dev',
  ),
  segment('STF', 'clinician', '2:CX 3:XPN 6:TS 10:XTN 11:XAD 12:TS 13:TS 15:XTN 22:CX:lic'),
  segment('PRA', 'clinician', '1:CX 6:CX:lic'),
  segment(
    'GT1',
    'relative',
    `2:CX:acct 3:XPN 4:XPN 5:XAD 6:XTN 7:XTN 8:TS 12:CX:ssn 13:TS 14:TS 16:XPN 17:XAD 18:XTN 19:CX 21:XON 29:CX 32:TS
     42:XPN 45:XPN 46:XTN 51:XON`,
  ),
  segment(
    'IN1',
    'patient',
    `5:XAD 6:XPN:clinician 7:XTN 8:ID:plan 10:CX:plan 11:XON 12:TS 13:TS 14:ID:plan 16:XPN 18:TS 19:XAD 24:TS 26:TS
     29:TS 30:XCN:clinician 36:ID:plan 44:XAD 49:CX:plan 51:CX:plan`,
  ),
  segment(
    'IN2',
    'patient',
    `1:CX 2:CX:ssn 3:XCN 5:XPN 6:ID:plan 7:XPN 8:ID:plan 9:XPN 10:CX:plan 12:ID:plan 22:XPN 25:CX:plan 26:CX:plan
     40:XPN:relative 49:XPN:relative 50:XTN 52:XPN 53:XTN 61:CX:plan 63:XTN 64:XTN 69:XON 70:XON`,
  ),
  segment('IN3', 'clinician', '2:CX 3:XCN 6:TS 7:TS 8:XCN 9:TS 10:TS 14:XCN 16:XTN 19:XTN 25:XCN'),
  segment('ACC', 'unknown', '1:TS 9:XCN 11:XAD 12:ID:plate'),
  segment(
    'OBR',
    'clinician',
    `2:CX 3:CX 4:CE 6:TS 7:TS 8:TS 10:XCN 14:TS 16:XCN 17:XTN 18:ID 19:ID 20:ID 21:ID 22:TS 28:XCN 32:NDL 33:NDL
     34:NDL 35:NDL 36:TS`,
  ),
  segment(
    'OBX',
    'clinician',
    '2:CE 3:CE 5:OBX5 6:CE 7:CE 8:CE 11:CE 14:TS 16:XCN 18:CX:dev 19:TS 23:XON 24:XAD 25:XCN',
  ),
  segment(
    'ORC',
    'clinician',
    '2:CX 3:CX 4:CX 8:CX 9:TS 10:XCN 11:XCN 12:XCN 13:PL 14:XTN 15:TS 19:XCN 21:XON 22:XAD 23:XTN 24:XAD 27:TS',
  ),
  segment('AL1', 'unknown', '2:CE 3:CE 4:CE 5:CE 6:TS'),
  segment('DG1', 'clinician', '2:CE 3:CE 4:CE 5:TS 6:CE 16:XCN 19:TS'),
  segment('PR1', 'clinician', '5:TS 8:XCN 11:XCN 12:XCN'),
  segment(
    'TXA',
    'clinician',
    '4:TS 5:XCN 6:TS 7:TS 8:TS 9:XCN 10:XCN 11:XCN 12:ID 13:ID 14:ID 22:XCN',
  ),
  segment('SPM', 'unknown', '2:CX 3:CX 17:TS 18:TS'),
  segment(
    'SCH',
    'clinician',
    '1:CX 2:CX 11:TS 12:XCN 13:XTN 14:XAD 16:XCN 17:XTN 18:XAD 20:XCN 21:XTN',
  ),
  segment('AIP', 'clinician', '3:XCN 6:TS'),
  segment('AIS', 'unknown', '4:TS'),
  segment('AIL', 'unknown', '3:PL 6:TS'),
  segment('RXA', 'clinician', '3:TS 4:TS 10:XCN 11:PL 15:ID 16:TS'),
  segment('RXE', 'clinician', '13:XCN 14:XCN 15:ID 18:TS'),
  segment('RXD', 'clinician', '3:TS 7:ID 10:XCN'),
  segment('FT1', 'clinician', '2:ID 4:TS 5:TS 16:PL 20:XCN 21:XCN 23:CX 24:XCN'),
  segment('DB1', 'unknown', '3:CX 6:TS 7:TS'),
  segment('NTE', 'unknown', '5:XCN:clinician 6:TS'),
  segment('QPD', 'patient', '3:CX:mrn 4:XPN 5:XPN 6:TS 8:XAD 9:XTN'),
  segment('QRD', 'patient', '1:TS 8:XCN:patient'),
  segment('CTD', 'relative', '2:XPN 3:XAD 4:PL 5:XTN 7:CX'),
  segment('CON', 'unknown', '13:TS 14:TS 24:XPN:patient 25:XCN:relative'),
  segment('VAR', 'clinician', '2:TS 3:TS 4:XCN'),
  segment('PDA', 'clinician', '2:PL 4:TS 5:XCN'),
  segment('TQ1', 'unknown', '7:TS 8:TS'),
])
