import type { EntityType } from '../../schema/index.ts'
import type { Subtype } from '../../domain/index.ts'
import { typeByCode, typeBySystem } from './identifier-type.ts'
import { labelled } from './region.ts'
import {
  itemsOf,
  leavesOf,
  markAll,
  memberOf,
  textOf,
  type Branch,
  type Marks,
  type Node,
} from './tree.ts'

const has = (node: Branch, key: string): boolean => node.members.some((one) => one.key === key)
const isLeafy = (node: Node | undefined): boolean => itemsOf(node).every((n) => n.kind === 'leaf')

/** HumanName: known by its parts, wherever it stands. */
export function isHumanName(node: Branch): boolean {
  const family = memberOf(node, 'family')
  const given = memberOf(node, 'given')
  if (given !== undefined && isLeafy(given)) return family === undefined || isLeafy(family)
  const rest = ['use', 'text', 'prefix', 'suffix', 'period'].some((key) => has(node, key))
  return family !== undefined && isLeafy(family) && rest
}

export function markHumanName(node: Branch, who: Subtype, marks: Marks): void {
  const label = labelled('fhir', 'PERSON', who)
  for (const key of ['text', 'family', 'given', 'suffix']) {
    markAll(marks, leavesOf(memberOf(node, key)), { label })
  }
  markAll(marks, leavesOf(memberOf(node, 'prefix')), { plain: true })
}

/** What C-CDA adds to the parts of an address. */
const CDA_PARTS = [
  'streetAddressLine',
  'houseNumber',
  'streetName',
  'county',
  'precinct',
  'additionalLocator',
]
const ADDRESS_PARTS = [...CDA_PARTS, 'line', 'city', 'district', 'state', 'postalCode', 'country']

/** Address: at least two of its parts, one of them smaller than a state. */
export function isAddress(node: Branch): boolean {
  const parts = ADDRESS_PARTS.filter((key) => has(node, key) && isLeafy(memberOf(node, key)))
  return parts.length >= 2 && parts.some((key) => key !== 'state' && key !== 'country')
}

/**
 * All of an address but the country. A state may stay by 45 CFR 164.514(b)(2)(i)(B); beside a masked city it says
 * little, and masked with the rest no reader has to know which field the city was written into.
 */
export function markAddress(node: Branch, marks: Marks): void {
  const label = labelled('fhir', 'LOCATION')
  for (const key of ['text', 'line', ...CDA_PARTS, 'city', 'district', 'state', 'postalCode']) {
    markAll(marks, leavesOf(memberOf(node, key)), { label })
  }
  for (const key of ['country', 'use', 'type'])
    markAll(marks, leavesOf(memberOf(node, key)), { plain: true })
}

const CONTACT_SYSTEMS: ReadonlyMap<string, EntityType> = new Map([
  ['phone', 'PHONE'],
  ['pager', 'PHONE'],
  ['sms', 'PHONE'],
  ['fax', 'FAX'],
  ['email', 'EMAIL'],
  ['url', 'URL'],
  ['other', 'OTHER_ID'],
])

/** ContactPoint: its system says what it is, and without one its value; undefined where it is none. */
export function contactType(node: Branch, key: string): EntityType | undefined {
  if (!has(node, 'value')) return undefined
  const system = CONTACT_SYSTEMS.get(textOf(node, 'system') ?? '')
  if (system !== undefined || key !== 'telecom') return system
  return textOf(node, 'value')?.includes('@') === true ? 'EMAIL' : 'PHONE'
}

/** Identifier: a value with a system or a type, which no quantity, extension or coding has. */
export function isIdentifier(node: Branch, key: string): boolean {
  const value = memberOf(node, 'value')
  if (value?.kind !== 'leaf' || has(node, 'unit') || has(node, 'comparator')) return false
  if (/identifier/i.test(key)) return true
  const type = memberOf(node, 'type')
  return (
    (type?.kind === 'object' && (has(type, 'coding') || has(type, 'text'))) ||
    (/^(?:https?:|urn:)/.test(textOf(node, 'system') ?? '') && !has(node, 'code'))
  )
}

/** The type of an Identifier: by its type, else by its system, else by the resource it is in. */
export function identifierType(node: Branch, resource: string | undefined): EntityType {
  const type = memberOf(node, 'type')
  const codings = itemsOf(memberOf(type, 'coding'))
  const byCode = codings.map((coding) => typeByCode(textOf(coding, 'code'))).find(Boolean)
  const described = [textOf(type, 'text'), ...codings.map((coding) => textOf(coding, 'display'))]
  return (
    byCode ??
    typeBySystem(textOf(node, 'system')) ??
    described.map((text) => typeBySystem(text?.replaceAll(' ', '-'))).find(Boolean) ??
    BY_RESOURCE.get(resource ?? '') ??
    'OTHER_ID'
  )
}

const BY_RESOURCE: ReadonlyMap<string, EntityType> = new Map([
  ['Patient', 'MEDICAL_RECORD_NUMBER'],
  ['Person', 'MEDICAL_RECORD_NUMBER'],
  ['Practitioner', 'LICENSE'],
  ['Coverage', 'HEALTH_PLAN_ID'],
  ['Device', 'DEVICE'],
  ['Account', 'ACCOUNT'],
])
