/** Invented patients: names that are no words, numbers that belong to nobody. */
export interface Patient {
  readonly first: string
  readonly last: string
  readonly ssn: string
  readonly mrn: string
  readonly phone: string
  readonly email: string
  readonly birth: string
}

export const PATIENTS: readonly [Patient, Patient, Patient] = [
  {
    first: 'Jorvina',
    last: 'Quillmark',
    ssn: '219-09-9941',
    mrn: '48210377',
    phone: '(617) 555-0142',
    email: 'jq.mark@patients.example',
    birth: '03/14/1961',
  },
  {
    first: 'Tamsel',
    last: 'Dravensted',
    ssn: '457-55-5462',
    mrn: '77310945',
    phone: '206-555-0187',
    email: 'tdraven@patients.example',
    birth: '11/02/1978',
  },
  {
    first: 'Brenlow',
    last: 'Ostrovale',
    ssn: '078-05-1127',
    mrn: '30055182',
    phone: '415.555.0119',
    email: 'b.ostro@patients.example',
    birth: '07/29/1949',
  },
]

/** Values that are found wherever they stand. */
export function numbersOf(patient: Patient): readonly string[] {
  const { ssn, mrn, phone, email, birth } = patient
  return [ssn, mrn, phone, email, birth]
}
