import type { Faker } from '@faker-js/faker'
import { phi } from './marked.ts'
import { crowd, type Someone } from './people.ts'

type Json = Record<string, unknown>

const humanName = (one: Someone, rest: Json = {}): Json => ({
  use: 'official',
  family: phi(one.last),
  given: [phi(one.first), phi(one.middle)],
  ...rest,
})
const address = (one: Someone): Json => ({
  use: 'home',
  type: 'both',
  line: [phi(one.street)],
  city: phi(one.city),
  district: phi(one.county),
  state: one.state,
  postalCode: phi(one.zip),
  country: 'US',
})
const identifier = (code: string, system: string, value: string): Json => ({
  use: 'usual',
  type: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code }],
    text: 'Identifier',
  },
  system,
  value: phi(value),
})
const coded = (system: string, code: string, display: string): Json => ({
  coding: [{ system, code, display }],
  text: display,
})
const div = (text: string): Json => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml"><p><b>Summary</b></p><p>${text}</p></div>`,
})

function patient(one: Someone, relative: Someone, id: string): Json {
  return {
    resourceType: 'Patient',
    id: phi(id),
    meta: {
      versionId: '3',
      lastUpdated: phi('2026-01-02T15:30:00.000+00:00'),
      profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient'],
    },
    text: div(`${phi(`${one.first} ${one.last}`)}, born ${phi(one.birth)}`),
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName',
        valueString: phi(relative.last),
      },
      {
        url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace',
        valueAddress: { city: phi(one.city), state: one.state, country: 'US' },
      },
      {
        url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex',
        valueCode: 'F',
      },
    ],
    identifier: [
      identifier('MR', 'http://hospital.example.org/mrn', one.mrn),
      identifier('SS', 'http://hl7.org/fhir/sid/us-ssn', one.ssn),
      { system: 'urn:oid:2.16.840.1.113883.19.5', value: phi(`X${one.zip}7`) },
    ],
    active: true,
    name: [humanName(one), { use: 'nickname', text: phi(one.first) }],
    telecom: [
      { system: 'phone', value: phi(one.phone), use: 'home' },
      { system: 'email', value: phi(one.email) },
      { system: 'fax', value: phi(relative.phone) },
    ],
    gender: 'female',
    birthDate: phi(one.birth),
    deceasedDateTime: phi('2025-11-30T04:20:00Z'),
    address: [address(one)],
    maritalStatus: coded('http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', 'M', 'Married'),
    contact: [
      {
        relationship: [{ coding: [{ code: 'N', display: 'Next-of-Kin' }] }],
        name: humanName(relative),
        telecom: [{ system: 'phone', value: phi(relative.phone) }],
        address: address(relative),
      },
    ],
    generalPractitioner: [{ reference: 'Practitioner/pr1', display: phi(`Dr. ${relative.first}`) }],
  }
}

function others(one: Someone, doctor: Someone, id: string, faker: Faker): Json[] {
  const subject = { reference: `Patient/${phi(id)}`, display: phi(`${one.first} ${one.last}`) }
  const serial = `SN${faker.string.numeric(7)}`
  return [
    {
      resourceType: 'Practitioner',
      id: 'pr1',
      identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: phi('1234567893') }],
      name: [humanName(doctor, { prefix: ['Dr.'] })],
    },
    {
      resourceType: 'RelatedPerson',
      patient: subject,
      name: [humanName(doctor)],
      birthDate: phi(doctor.birth),
    },
    {
      resourceType: 'Observation',
      status: 'final',
      category: [
        coded(
          'http://terminology.hl7.org/CodeSystem/observation-category',
          'laboratory',
          'Laboratory',
        ),
      ],
      code: coded('http://loinc.org', '2339-0', 'Glucose [Mass/volume] in Blood'),
      subject,
      effectiveDateTime: phi('2025-12-24'),
      issued: phi('2025-12-24T10:11:12.123Z'),
      performer: [{ display: phi(`${doctor.first} ${doctor.last}`) }],
      valueQuantity: {
        value: 6.3,
        unit: 'mmol/l',
        system: 'http://unitsofmeasure.org',
        code: 'mmol/L',
      },
      note: [{ text: `Discussed with ${phi(`${one.first} ${one.last}`)} on the phone.` }],
    },
    {
      resourceType: 'Encounter',
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject,
      participant: [{ individual: { reference: 'Practitioner/pr1', display: phi(doctor.last) } }],
      period: { start: phi('2025-12-24T08:00:00Z'), end: phi('2025-12-24T09:00:00Z') },
      serviceProvider: { display: phi('Lakeview General Hospital') },
    },
    {
      resourceType: 'Coverage',
      status: 'active',
      subscriberId: phi(one.plan),
      beneficiary: subject,
      identifier: [{ system: 'http://insurer.example.com/member', value: phi(`9${one.plan}`) }],
      period: { start: phi('2025-01-01'), end: phi('2025-12-31') },
    },
    {
      resourceType: 'Device',
      status: 'active',
      udiCarrier: [
        {
          deviceIdentifier: phi('00844588003288'),
          carrierHRF: phi(`(01)00844588003288(21)${serial}`),
        },
      ],
      serialNumber: phi(serial),
      type: coded('http://snomed.info/sct', '14106009', 'Cardiac pacemaker'),
      patient: subject,
    },
    {
      resourceType: 'Condition',
      contained: [
        { resourceType: 'Patient', id: 'c1', name: [{ text: phi(`${one.last}, ${one.first}`) }] },
      ],
      code: coded('http://snomed.info/sct', '49049000', "Parkinson's disease"),
      subject: { reference: '#c1' },
      onsetDateTime: phi('2019-05-05'),
      recordedDate: phi('2019-06'),
    },
    {
      resourceType: 'DocumentReference',
      status: 'current',
      subject,
      date: phi('2025-12-25T00:00:00Z'),
      content: [{ attachment: { contentType: 'text/plain', creation: phi('2025-12-25') } }],
    },
  ]
}

/** A bundle about one patient, with gold in its strings. */
export function fhirBundle(seed: number): unknown {
  const { faker, next } = crowd(seed)
  const [one, relative, doctor] = [next(), next(), next()]
  const id = `pat-${faker.string.numeric(5)}`
  const resources = [patient(one, relative, id), ...others(one, doctor, id, faker)]
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({ resource })),
  }
}

/** Parts of resources as applications pass them on: nothing says which resource they are from. */
export function fhirParts(seed: number): unknown {
  const { next } = crowd(seed)
  const [one, relative] = [next(), next()]
  return {
    name: [humanName(one)],
    telecom: [{ system: 'phone', value: phi(one.phone) }],
    address: [address(one)],
    birthDate: phi(one.birth),
    identifier: [identifier('MR', 'http://hospital.example.org/mrn', one.mrn)],
    contact: [{ name: humanName(relative) }],
  }
}

/** Resources about nobody: nothing in them is to be masked. */
export const FHIR_ABOUT_NOBODY: readonly unknown[] = [
  {
    resourceType: 'ValueSet',
    url: 'http://hl7.org/fhir/ValueSet/observation-status',
    identifier: [{ system: 'urn:ietf:rfc:3986', value: 'urn:oid:2.16.840.1.113883.4.642.3.400' }],
    version: '4.0.1',
    name: 'ObservationStatus',
    status: 'active',
    compose: { include: [{ system: 'http://hl7.org/fhir/observation-status' }] },
  },
  {
    resourceType: 'Observation',
    status: 'final',
    code: {
      coding: [{ system: 'http://loinc.org', code: '35088-4', display: 'Glasgow coma scale' }],
      text: 'Glasgow coma scale',
    },
    valueQuantity: {
      value: 15,
      unit: '{score}',
      system: 'http://unitsofmeasure.org',
      code: '{score}',
    },
    referenceRange: [{ low: { value: 3 }, high: { value: 15 } }],
  },
  {
    resourceType: 'Condition',
    code: {
      coding: [{ system: 'http://snomed.info/sct', code: '34000006', display: "Crohn's disease" }],
    },
    clinicalStatus: {
      coding: [
        { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' },
      ],
    },
  },
  {
    resourceType: 'Medication',
    code: {
      coding: [
        {
          system: 'http://www.nlm.nih.gov/research/umls/rxnorm',
          code: '582620',
          display: 'Nizatidine 15 MG/ML Oral Solution [Axid]',
        },
      ],
    },
  },
]
