import type { EntityType } from '../../schema/index.ts'
import type { Subtype } from '../../domain/index.ts'
import { typeBySystem } from './identifier-type.ts'
import { labelled, type Range } from './region.ts'
import { leavesOf, markAll, memberOf, textOf, type Branch, type Leaf, type Marks } from './tree.ts'

/** Elements that tell a C-CDA document or a part of one. */
export const CDA_ROOTS: ReadonlySet<string> = new Set([
  'ClinicalDocument',
  'recordTarget',
  'patientRole',
])
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Attributes that hold codes of the standard. */
const CODES = words(`
  code codeSystem codeSystemName codeSystemVersion displayName root typeCode classCode moodCode nullFlavor unit use
  type contextControlCode determinerCode inversionInd xmlns schemaLocation assigningAuthorityName qualifier ID styleCode
  mediaType representation operator institutionSpecified realmCode border width`)
const TIMES = words('time effectiveTime low high center birthTime deceasedTime existenceTime')
const PLACES = words(`
  representedOrganization providerOrganization custodianOrganization representedCustodianOrganization
  representedAuthorOrganization wholeOrganization serviceProviderOrganization scopingOrganization scopingEntity
  healthCareFacility location playingEntity receivedOrganization manufacturerOrganization place`)
const STAFF =
  /^(?:assigned|author|performer|legalAuth|authenticator|dataEnterer|encounterPart|responsible)/

/** What an element of C-CDA R2.1 says of the attributes it has. */
export function markCdaElement(node: Branch, keys: readonly string[], marks: Marks): void {
  if (keys.at(-1) !== 'id' && keys.at(-1) !== 'setId') return
  const extension = leavesOf(memberOf(node, 'extension'))
  markAll(marks, extension, { label: labelled('ccda', idType(textOf(node, 'root'), keys)) })
}

/** An II by the OID of who assigned it, else by whose it is. */
function idType(root: string | undefined, keys: readonly string[]): EntityType {
  const byRoot = typeBySystem(root)
  if (byRoot !== undefined) return byRoot
  const parent = keys.at(-2) ?? ''
  if (parent === 'patientRole') return 'MEDICAL_RECORD_NUMBER'
  return STAFF.test(parent) ? 'LICENSE' : 'OTHER_ID'
}

/** What C-CDA says of a value; whether it said anything. */
export function markCdaValue(
  leaf: Leaf,
  keys: readonly string[],
  who: Subtype,
  marks: Marks,
): boolean {
  const key = keys.at(-1) ?? ''
  const value = leaf.value.trim()
  const parent = keys.at(-2) ?? ''
  const mark = (type: EntityType, part?: Range) => {
    const label = labelled('ccda', type, who)
    marks.set(leaf.id, part === undefined ? { label } : { label, part })
    return true
  }
  if (CODES.has(key) || parent === 'templateId') {
    marks.set(leaf.id, { plain: true })
    return true
  }
  const isTime = TIMES.has(key) || (key === 'value' && TIMES.has(parent))
  if (isTime && /^\d{6}/.test(value)) return mark('DATE')
  if (key === 'telecom') return markTelecom(leaf, marks)
  if (key === 'addr' || parent === 'addr') {
    return key === 'country' || key === 'use' ? false : mark('LOCATION')
  }
  const isName = key === 'name' || (parent === 'name' && key !== 'prefix')
  if (!isName || !/\p{L}/u.test(value)) return false
  return mark(keys.slice(-3).some((one) => PLACES.has(one)) ? 'FACILITY' : 'PERSON')
}

const TELECOM = /^\s*(tel|fax|mailto|sms|https?):/i

/** TEL (HL7 v3 data types): a URL of a phone, a fax or a mailbox. */
function markTelecom(leaf: Leaf, marks: Marks): boolean {
  const scheme = TELECOM.exec(leaf.value)
  const name = scheme?.[1]?.toLowerCase()
  if (name?.startsWith('http') === true) return false
  const type = leaf.value.includes('@') ? 'EMAIL' : name === 'fax' ? 'FAX' : 'PHONE'
  const part = { start: scheme?.[0].length ?? 0, end: leaf.value.length }
  marks.set(leaf.id, { label: labelled('ccda', type), part })
  return true
}
