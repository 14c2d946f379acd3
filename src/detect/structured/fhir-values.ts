import { labelled } from './region.ts'
import { leavesOf, markAll, memberOf, textOf, type Branch, type Marks } from './tree.ts'

/** The display of a code, and the text of a concept that has one. */
export function markCoding(node: Branch, marks: Marks): void {
  const isCoding = memberOf(node, 'code') !== undefined || memberOf(node, 'system') !== undefined
  if (isCoding) markAll(marks, leavesOf(memberOf(node, 'display')), { plain: true })
  if (memberOf(node, 'coding') !== undefined) {
    markAll(marks, leavesOf(memberOf(node, 'text')), { plain: true })
  }
}

/** A Coding or a Quantity, wherever it stands: a code in a system that a URL or an OID names. */
export function markCodedValue(node: Branch, marks: Marks): void {
  if (memberOf(node, 'code')?.kind !== 'leaf') return
  if (!/^(?:https?:\/\/|urn:)/.test(textOf(node, 'system') ?? '')) return
  for (const key of ['system', 'code', 'display', 'unit', 'version']) {
    markAll(marks, leavesOf(memberOf(node, key)), { plain: true })
  }
}

/** Extensions that hold a name or a place (FHIR R4, extensions of Patient); the URL of any is a code. */
export function markExtension(node: Branch, marks: Marks): void {
  const url = textOf(node, 'url')
  const value = node.members.find(({ key }) => /^value[A-Z]/.test(key))
  if (url === undefined || (value === undefined && memberOf(node, 'extension') === undefined)) {
    return
  }
  markAll(marks, leavesOf(memberOf(node, 'url')), { plain: true })
  if (/mothersMaidenName|maiden|own-prefix|own-name|partner-name/i.test(url)) {
    markAll(marks, leavesOf(value?.value), { label: labelled('fhir', 'PERSON', 'relative') })
  }
  if (/birthPlace|cadavericDonor-?place/i.test(url)) {
    markAll(marks, leavesOf(value?.value), { label: labelled('fhir', 'LOCATION') })
  }
}

/** 45 CFR 164.514(b)(2)(i)(C): ages over 89. */
export function markAge(node: Branch, marks: Marks): void {
  const years = ['a', 'year', 'years', 'yr'].includes(
    textOf(node, 'code') ?? textOf(node, 'unit') ?? '',
  )
  const age = Number(textOf(node, 'value') ?? Number.NaN)
  if (years && age > 89 && age < 130) {
    markAll(marks, leavesOf(memberOf(node, 'value')), { label: labelled('fhir', 'AGE_OVER_89') })
  }
}
