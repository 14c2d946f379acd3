import type { ListedName, ListedPerson, ListedType } from '../detect/index.ts'
import { namesOf } from './person-of-columns.ts'

type Json = Readonly<Record<string, unknown>>
type Value = ListedPerson['values'][number]

const RESOURCES: ReadonlySet<unknown> = new Set(['Patient', 'RelatedPerson', 'Person'])

/** Codes of the identifier types of HL7 v2 table 0203; any other is an OTHER_ID, with what no code says an MRN. */
const IDENTIFIER_TYPES: ReadonlyMap<string, Exclude<ListedType, 'PERSON'>> = new Map([
  ['MR', 'MEDICAL_RECORD_NUMBER'],
  ['PI', 'MEDICAL_RECORD_NUMBER'],
  ['PT', 'MEDICAL_RECORD_NUMBER'],
  ['SS', 'US_SSN'],
  ['SB', 'US_SSN'],
  ['MB', 'HEALTH_PLAN_ID'],
  ['MC', 'HEALTH_PLAN_ID'],
  ['MA', 'HEALTH_PLAN_ID'],
  ['SN', 'HEALTH_PLAN_ID'],
  ['AN', 'ACCOUNT'],
  ['DL', 'LICENSE'],
  ['PPN', 'LICENSE'],
])
const SSN_SYSTEM = 'http://hl7.org/fhir/sid/us-ssn'

/**
 * The person of a Patient, RelatedPerson or Person (FHIR R4 and later), or of a bundle's entry that holds one.
 * @returns undefined for any other resource
 */
export function fhirPerson(value: unknown): ListedPerson | undefined {
  if (!isObject(value)) return undefined
  const resource = isObject(value['resource']) ? value['resource'] : value
  if (!RESOURCES.has(resource['resourceType'])) return undefined
  // Relatives in `contact` are people of their own; they are found as this patient's.
  const contacts = objects(resource['contact'])
  const holders = [resource, ...contacts]
  return {
    names: [
      ...objects(resource['name']).flatMap(humanNames),
      ...contacts.flatMap(({ name }) => (isObject(name) ? humanNames(name) : [])),
    ],
    values: [
      ...texts([resource['birthDate']], 'DATE'),
      ...objects(resource['identifier']).flatMap(identifier),
      ...holders.flatMap(({ telecom }) => objects(telecom)).flatMap(contactPoint),
      ...holders
        .flatMap(({ address }) => (isObject(address) ? [address] : objects(address)))
        .flatMap(({ line }) => texts(Array.isArray(line) ? line : [], 'LOCATION')),
    ],
  }
}

/** Whether something is a resource at all, of whatever type: a bundle may hold others. */
export function isFhir(value: unknown): boolean {
  return (
    isObject(value) && (isObject(value['resource']) || typeof value['resourceType'] === 'string')
  )
}

export function isBundle(value: unknown): boolean {
  return isObject(value) && value['resourceType'] === 'Bundle'
}

function humanNames({ family, given, text }: Json): readonly ListedName[] {
  const first = Array.isArray(given) ? given.filter((one) => typeof one === 'string').join(' ') : ''
  if (typeof family === 'string' && family !== '') return [{ given: first, family }]
  return typeof text === 'string' && text !== '' ? namesOf(text) : []
}

function identifier({ type, system, value }: Json): readonly Value[] {
  const codings = isObject(type) ? objects(type['coding']) : []
  const known = codings
    .map(({ code }) => IDENTIFIER_TYPES.get(typeof code === 'string' ? code : ''))
    .find((found) => found !== undefined)
  const usual = codings.length === 0 ? 'MEDICAL_RECORD_NUMBER' : 'OTHER_ID'
  return texts([value], system === SSN_SYSTEM ? 'US_SSN' : (known ?? usual))
}

function contactPoint({ system, value }: Json): readonly Value[] {
  if (system === 'email') return texts([value], 'EMAIL')
  if (system === 'fax') return texts([value], 'FAX')
  return system === 'url' || system === 'other' ? [] : texts([value], 'PHONE')
}

function texts(values: readonly unknown[], type: Value['type']): readonly Value[] {
  return values
    .filter((value) => typeof value === 'string' && value.trim() !== '')
    .map((value) => ({ type, value: String(value) }))
}

function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
