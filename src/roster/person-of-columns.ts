import type { ListedName, ListedPerson, ListedType } from '../detect/index.ts'

/** What a column says of a person. */
export type Column =
  'given' | 'middle' | 'family' | 'name' | 'otherFamily' | Exclude<ListedType, 'PERSON'>

/** Names of columns, in lower case, letters only: numbers at their end ("phone2") do not matter. */
const COLUMNS: ReadonlyMap<string, Column> = new Map(
  Object.entries({
    given:
      'first firstname given givenname givennames forename forenames vorname prenom nombre patientfirstname fname',
    middle: 'middle middlename middleinitial mi patientmiddlename',
    family:
      'last lastname family familyname surname nachname nom apellido apellidos patientlastname lname',
    otherFamily: 'maidenname maiden previousname previouslastname birthname formername',
    name: 'name fullname patientname patient displayname preferredname alias aliases othername',
    DATE: 'dob birthdate dateofbirth birthday birth geburtsdatum',
    MEDICAL_RECORD_NUMBER:
      'mrn medicalrecordnumber medicalrecord mrnumber patientid patientnumber patientmrn chartnumber recordnumber hospitalnumber identifier id pid',
    US_SSN: 'ssn socialsecuritynumber socialsecurity',
    PHONE:
      'phone phonenumber telephone telephonenumber tel mobile mobilephone mobilenumber cell cellphone homephone workphone contactphone',
    FAX: 'fax faxnumber',
    EMAIL: 'email emailaddress mail',
    LOCATION: 'address street streetaddress addressline homeaddress line mailingaddress',
    HEALTH_PLAN_ID:
      'memberid membernumber subscriberid policynumber policyid insuranceid healthplanid planid medicareid medicaidid mbi nhsnumber beneficiaryid',
    ACCOUNT: 'account accountnumber acct accountno visitnumber csn',
    LICENSE: 'license licensenumber driverslicense licence passport passportnumber',
    OTHER_ID: 'otherid externalid nationalid',
  } satisfies Record<Column, string>).flatMap(([column, names]) =>
    names.split(/\s+/).map((name) => [name, column as Column] as const),
  ),
)

/** The column that a header names. */
export function columnOf(header: string): Column | undefined {
  const plain = header
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
  return COLUMNS.get(plain)
}

/** The person that the cells of a line describe. */
export function personOf(
  columns: readonly (Column | undefined)[],
  cells: readonly string[],
): ListedPerson {
  const all = (wanted: Column): readonly string[] =>
    cells
      .map((cell) => cell.trim())
      .filter((cell, index) => cell !== '' && columns[index] === wanted)
  const given = [...all('given'), ...all('middle')].join(' ')
  const families = all('family')
  const names: ListedName[] = [...families, ...all('otherFamily')].map((family) => ({
    given,
    family,
  }))
  if (families.length === 0 && given !== '') names.push({ given, family: '' })
  const values = cells.flatMap((cell, index) => {
    const column = columns[index]
    return column === undefined || isName(column) || cell.trim() === ''
      ? []
      : [{ type: column, value: cell.trim() }]
  })
  return { names: [...names, ...all('name').flatMap(namesOf)], values }
}

function isName(column: Column): column is 'given' | 'middle' | 'family' | 'name' | 'otherFamily' {
  return /^[a-z]/.test(column)
}

/** "Last, First M." or "First M. Last"; of three and more words it is not known where the family name begins. */
export function namesOf(text: string): readonly ListedName[] {
  const [last = '', ...rest] = text.split(',').map((part) => part.trim())
  const first = rest.find((part) => !/^(?:jr|sr|md|m\.d|phd|rn|ii|iii|iv)\.?$/i.test(part))
  if (first !== undefined && first !== '') return [{ given: first, family: last }]
  const words = last.split(/\s+/).filter((word) => !/^(?:jr|sr|ii|iii|iv)\.?$/i.test(word))
  return words.slice(1, 3).length === 0
    ? [{ given: '', family: last }]
    : [...new Set([1, words.length - 1])].map((at) => ({
        given: words.slice(0, at).join(' '),
        family: words.slice(at).join(' '),
      }))
}
