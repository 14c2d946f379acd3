import type { Subtype } from '../../domain/index.ts'
import { ruleByKey } from '../key-names.ts'
import { CDA_ROOTS, markCdaElement, markCdaValue } from './cda.ts'
import {
  CODED,
  DEFINITIONS,
  FHIR_DATE,
  IDENTIFIER_ELEMENTS,
  PEOPLE,
  PEOPLE_BY_ELEMENT,
  PLACES,
} from './fhir-names.ts'
import {
  contactType,
  identifierType,
  isAddress,
  isHumanName,
  isIdentifier,
  markAddress,
  markHumanName,
} from './fhir-types.ts'
import { markReference } from './fhir-reference.ts'
import { markAge, markCodedValue, markCoding, markExtension } from './fhir-values.ts'
import { markGrid, markRowsBelow } from './grid.ts'
import { labelled, trimmed } from './region.ts'
import { nameOfThing } from './things.ts'
import {
  leavesOf,
  markAll,
  memberOf,
  textOf,
  type Branch,
  type Leaf,
  type Marks,
  type Node,
} from './tree.ts'

/** Where the walk is. */
interface Place {
  /** The resource's type; undefined outside of FHIR, where only shapes and key names speak. */
  readonly resource: string | undefined
  readonly who: Subtype
  /** Names from the root down, positions left out: one list for the whole walk, which grows and shrinks with it. */
  readonly keys: string[]
}

const CDA = 'ClinicalDocument'
/** The rules go no deeper; what is deeper is text like any other. */
const MAX_DEPTH = 250

/**
 * What a document says of its values: FHIR R4 by datatype, wherever it stands and whether a resource type is named or
 * not, and everything else by key name.
 */
export function fhirMarks(root: Node): Marks {
  const marks: Marks = new Map()
  walk(root, { resource: undefined, who: 'unknown', keys: [] }, marks)
  return marks
}

function walk(node: Node, place: Place, marks: Marks): void {
  if (place.keys.length > MAX_DEPTH) return
  if (node.kind === 'array') {
    markRowsBelow(node, marks)
    for (const item of node.items) walk(item, place, marks)
  } else if (node.kind === 'leaf') markLeaf(node, place, marks)
  else walkObject(node, place, marks)
}

function walkObject(node: Branch, outer: Place, marks: Marks): void {
  const key = outer.keys.at(-1) ?? ''
  const place = entered(node, outer, key)
  markShape(node, place, key, marks)
  markGrid(node, marks)
  for (const member of node.members) {
    place.keys.push(member.key)
    walk(member.value, place, marks)
    place.keys.pop()
  }
}

/** A resource says whose data it holds; so does an element that stands for somebody else. */
function entered(node: Branch, outer: Place, key: string): Place {
  if (CDA_ROOTS.has(key)) return { ...outer, resource: CDA, who: 'patient' }
  const named = textOf(node, 'resourceType') ?? (PEOPLE.has(key) ? key : undefined)
  if (named !== undefined && /^[A-Z][A-Za-z]{2,40}$/.test(named)) {
    return { ...outer, resource: named, who: PEOPLE.get(named) ?? 'unknown' }
  }
  const who = PEOPLE_BY_ELEMENT.get(key)
  return who === undefined || outer.resource === undefined ? outer : { ...outer, who }
}

/** Without one of these no datatype has been found that matters. */
const TELLING = new Set(
  `name family given value system city line postalCode district streetAddressLine reference display code coding url latitude
   longitude extension`.split(/\s+/),
)

function markShape(node: Branch, place: Place, key: string, marks: Marks): void {
  if (!node.members.some((member) => TELLING.has(member.key))) return
  const contact = contactType(node, key)
  const value = leavesOf(memberOf(node, 'value'))
  if (isHumanName(node)) markHumanName(node, whoseName(place), marks)
  else if (contact !== undefined) markAll(marks, value, { label: labelled('fhir', contact) })
  else if (isAddress(node)) markAddress(node, marks)
  else if (isIdentifier(node, key) && !isDefinition(place)) {
    markAll(marks, value, { label: labelled('fhir', identifierType(node, place.resource)) })
    markAll(marks, leavesOf(memberOf(node, 'system')), { plain: true })
  }
  markCodedValue(node, marks)
  const name = place.resource === undefined ? leavesOf(memberOf(node, 'name')) : []
  const thing = name.length === 0 ? undefined : nameOfThing(node, key)
  if (thing !== undefined) markAll(marks, name, thing)
  if (place.resource === CDA) markCdaElement(node, place.keys, marks)
  if (place.resource === undefined || place.resource === CDA) return
  markReference(node, key, marks)
  markCoding(node, marks)
  markExtension(node, marks)
  markAge(node, marks)
  for (const part of ['latitude', 'longitude']) {
    markAll(marks, leavesOf(memberOf(node, part)), { label: labelled('fhir', 'LOCATION') })
  }
}

/** Without a resource, a key above may say whose name it is. */
function whoseName({ who, keys, resource }: Place): Subtype {
  if (resource !== undefined) return who
  return keys
    .map((key) => PEOPLE_BY_ELEMENT.get(key) ?? PEOPLE.get(key))
    .reduce<Subtype>((last, found) => found ?? last, who)
}

function isDefinition({ resource }: Place): boolean {
  return resource !== undefined && DEFINITIONS.has(resource)
}

function markLeaf(leaf: Leaf, place: Place, marks: Marks): void {
  if (marks.has(leaf.id)) return
  const { resource, keys } = place
  const key = keys.at(-1) ?? ''
  if (resource === CDA) {
    markCdaValue(leaf, keys, place.who, marks)
    return
  }
  if (resource !== undefined && markElement(leaf, place, key, marks)) return
  if (isDefinition(place)) return
  const rule = ruleByKey(keys, leaf.value.trim())
  if (rule === undefined) return
  const part = trimmed(leaf.value, { start: 0, end: leaf.value.length })
  const whole = part.start === 0 && part.end === leaf.value.length
  const label = labelled('key-name', rule.type, rule.subtype, 0.9)
  marks.set(leaf.id, whole ? { label } : { label, part })
}

/** What the elements of a resource say; whether they said anything. */
function markElement(leaf: Leaf, place: Place, key: string, marks: Marks): boolean {
  const { value } = leaf
  const mark = (type: Parameters<typeof labelled>[1], who?: Subtype) => {
    marks.set(leaf.id, { label: labelled('fhir', type, who) })
    return true
  }
  if (CODED.has(key) || (key === 'url' && isDefinition(place))) {
    marks.set(leaf.id, { plain: true })
    return true
  }
  if (isDefinition(place)) return false
  if (FHIR_DATE.test(value)) return mark('DATE')
  const identifier = IDENTIFIER_ELEMENTS.get(key)
  if (identifier !== undefined && /\d/.test(value)) return mark(identifier)
  const resource = place.resource ?? ''
  if (key === 'id' && PEOPLE.has(resource) && resource !== 'Practitioner' && /\d/.test(value)) {
    return mark('OTHER_ID')
  }
  if (key === 'value' && place.keys.at(-2) === 'class' && /\d/.test(value))
    return mark('HEALTH_PLAN_ID')
  if (key === 'data' && place.keys.at(-2) === 'photo') return mark('PHOTO')
  if (key !== 'name' && key !== 'alias') return false
  if (PLACES.has(resource)) return mark('FACILITY')
  return PEOPLE.has(resource) && mark('PERSON', place.who)
}
