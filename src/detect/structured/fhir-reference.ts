import type { Subtype } from '../../domain/index.ts'
import { PEOPLE, PEOPLE_BY_ELEMENT, PLACE_ELEMENTS, PLACES } from './fhir-names.ts'
import { labelled } from './region.ts'
import { leavesOf, markAll, memberOf, textOf, type Branch, type Marks } from './tree.ts'

const TARGET =
  /(?:^|\/)([A-Z][A-Za-z]{2,40})\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/d
const ORGANISATION =
  /(?<!\p{L})(?:hospitals?|clinics?|cent(?:er|re)s?|labs?|laborator(?:y|ies)|pharmacy|health|medical|group|associates|inc|llc|ltd|university|institute|department|insurance)(?!\p{L})/iu

/** Reference (FHIR R4, 2.3.0): its display is a name, and its target may be a patient's number. */
export function markReference(node: Branch, key: string, marks: Marks): void {
  const reference = leavesOf(memberOf(node, 'reference'))[0]
  const match = reference === undefined ? undefined : (TARGET.exec(reference.value) ?? undefined)
  const target = match?.[1] ?? textOf(node, 'type')
  const range = match?.indices?.[2]
  if (
    reference !== undefined &&
    range !== undefined &&
    isPerson(target) &&
    /\d/.test(match?.[2] ?? '')
  ) {
    const part = { start: range[0], end: range[1] }
    markAll(marks, [reference], { label: labelled('fhir', 'OTHER_ID'), part })
  }
  const display = leavesOf(memberOf(node, 'display'))[0]
  if (display === undefined || memberOf(node, 'code') !== undefined) return
  if (reference === undefined && memberOf(node, 'system') !== undefined) return
  if (PLACES.has(target ?? '') || (target === undefined && PLACE_ELEMENTS.has(key))) {
    markAll(marks, [display], { label: labelled('fhir', 'FACILITY') })
    return
  }
  const who =
    PEOPLE.get(target ?? '') ?? (target === undefined ? PEOPLE_BY_ELEMENT.get(key) : undefined)
  if (who !== undefined) markAll(marks, [display], { label: named(display.value, who) })
}

function named(display: string, who: Subtype) {
  return ORGANISATION.test(display) ? labelled('fhir', 'FACILITY') : labelled('fhir', 'PERSON', who)
}

/** Whose logical id identifies a patient or someone of theirs. */
function isPerson(target: string | undefined): boolean {
  return target === 'Patient' || target === 'RelatedPerson' || target === 'Person'
}
