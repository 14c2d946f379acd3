import type { Subtype } from '../../domain/index.ts'
import type { EntityType } from '../../schema/index.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Whose names, numbers and places a resource (FHIR R4) holds, where nothing nearer says it. */
export const PEOPLE: ReadonlyMap<string, Subtype> = new Map([
  ['Patient', 'patient'],
  ['Person', 'patient'],
  ['RelatedPerson', 'relative'],
  ['Practitioner', 'clinician'],
  ['PractitionerRole', 'clinician'],
])

/** Elements whose value stands for somebody else than the resource. */
export const PEOPLE_BY_ELEMENT: ReadonlyMap<string, Subtype> = new Map([
  ...[
    'subject',
    'patient',
    'beneficiary',
    'subscriber',
    'policyHolder',
    'individual',
    'focus',
    'for',
  ].map((key) => [key, 'patient'] as const),
  ...[
    'contact',
    'relationship',
    'party',
    'dependent',
    'guardian',
    'relatedEntity',
    'relatedSubject',
  ].map((key) => [key, 'relative'] as const),
  ...`performer author requester recorder asserter participant actor attender generalPractitioner practitioner provider
    enterer sender recipient informant attester authenticator reporter responsible interpreter resultsInterpreter
    supervisor source receiver dispenser prescriber collector operator owner witness who onBehalfOf agent
    assignedAuthor assignedEntity assignedPerson legalAuthenticator encounterParticipant responsibleParty dataEnterer`
    .split(/\s+/)
    .map((key) => [key, 'clinician'] as const),
])

/** Resources that describe how data looks: their dates and numbers are nobody's. */
export const DEFINITIONS = words(`
  ValueSet CodeSystem ConceptMap NamingSystem StructureDefinition StructureMap Questionnaire CapabilityStatement
  ImplementationGuide SearchParameter OperationDefinition CompartmentDefinition GraphDefinition MessageDefinition
  PlanDefinition ActivityDefinition Library Measure Medication MedicationKnowledge Substance TestScript
  TerminologyCapabilities ExampleScenario EventDefinition ResearchDefinition`)

/** Resources whose `name` is that of a place or an organisation. */
export const PLACES = words(
  'Organization Location HealthcareService OrganizationAffiliation Endpoint',
)

/** Elements whose reference is to a place or an organisation. */
export const PLACE_ELEMENTS = words(
  'managingOrganization serviceProvider custodian location organization facility origin destination requestingOrganization',
)

/** Elements whose values are codes, systems and states of the standard. */
export const CODED = words(`
  resourceType status use gender system code version versionId profile language intent priority unit active kind
  fhirVersion contentType currency comparator mode verificationStatus clinicalStatus criticality linkId rank
  preference lang xmlns type method search docStatus`)

/** Elements that hold an identifier of a fixed type as a plain string (FHIR R4). */
export const IDENTIFIER_ELEMENTS: ReadonlyMap<string, EntityType> = new Map([
  ...['serialNumber', 'lotNumber', 'distinctIdentifier', 'deviceIdentifier'].map(
    (key) => [key, 'DEVICE'] as const,
  ),
  ...['carrierHRF', 'carrierAIDC'].map((key) => [key, 'DEVICE'] as const),
  ...['subscriberId'].map((key) => [key, 'HEALTH_PLAN_ID'] as const),
  ...['preAuthRef', 'preAuthRefPeriod'].map((key) => [key, 'OTHER_ID'] as const),
])

/** date, dateTime and instant (FHIR R4, 2.24.0.1), unless they say the year only. */
export const FHIR_DATE =
  /^\d{4}-(?:0\d|1[0-2])(?:-[0-3]\d(?:T[0-2]\d:[0-5]\d(?::[0-6]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?)?$/
