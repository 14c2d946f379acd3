import { isMonthDay } from '../recognizers/date-checks.ts'
import type { Hl7Field, Hl7Type } from './hl7-fields.ts'
import { typeByCode, typeBySystem } from './identifier-type.ts'
import { labelled, trimmed, type Cell, type Label, type Range } from './region.ts'

/** A repetition of a field, taken apart: components, and the subcomponents of each. */
export interface Repetition {
  readonly text: string
  readonly components: readonly (readonly Range[])[]
}

type Labels = (value: string, component: number, subcomponent: number) => Label | undefined

/** The cells of a repetition: every subcomponent, labelled by what the field's type says of it. */
export function cellsOfRepetition(repetition: Repetition, field: Hl7Field | undefined): Cell[] {
  const labelOf = field === undefined ? undefined : labelsFor(repetition, field)
  const cells: Cell[] = []
  for (const [c, subcomponents] of repetition.components.entries()) {
    for (const [s, range] of subcomponents.entries()) {
      const span = trimmed(repetition.text, range)
      if (span.end <= span.start) continue
      const value = repetition.text.slice(span.start, span.end)
      // `""` deletes a value (HL7 v2, 2.5.3).
      const label = value === '""' ? undefined : labelOf?.(value, c + 1, s + 1)
      const plain =
        label === undefined && field !== undefined && isCode(value) && field.type !== 'OBX5'
      cells.push(
        label === undefined ? { ...span, ...(plain ? { plain } : {}) } : { ...span, label },
      )
    }
  }
  return cells
}

/** What a sender put into the wrong field is read as text: an address, a number as long as a phone's. */
function isCode(value: string): boolean {
  if (value.length < 4) return true
  const isAddress = /\d/.test(value) && /\p{L}{2}/u.test(value) && value.includes(' ')
  return value.length <= 60 && !isAddress && !/(?:\d[^\d]?){7}/.test(value) && !value.includes('@')
}

const valueAt = ({ text, components }: Repetition, component: number): string => {
  const first = components[component - 1]?.[0]
  return first === undefined ? '' : text.slice(first.start, first.end).trim()
}

/** OBX-5 by OBX-2: what is no person, place, number of one or date is text or a code, which is read as text. */
export function typeOfObservation(declared: string): Hl7Type | undefined {
  if (declared === 'PN' || declared === 'PPN' || declared === 'CN') return 'XCN'
  if (declared === 'AD') return 'XAD'
  if (declared === 'TN') return 'XTN'
  if (declared === 'CK') return 'CX'
  if (declared === 'DT' || declared === 'DTM' || declared === 'TS') return 'TS'
  return (['XPN', 'XCN', 'XAD', 'XTN', 'CX', 'XON', 'PL'] as const).find((one) => one === declared)
}

function labelsFor(repetition: Repetition, { type, entity, who }: Hl7Field): Labels {
  const person = () => labelled('hl7', 'PERSON', who)
  const simple = repetition.components.length === 1
  const letters = /\p{L}/u
  switch (type) {
    case 'XPN':
      return (value, c) => (c <= 5 && letters.test(value) ? person() : undefined)
    case 'XCN':
      return (value, c) => {
        if (c === 1 && (!simple || !letters.test(value) || /^\w*\d\w*$/.test(value))) {
          return /\d/.test(value) || value.length > 2 ? clinicianId(repetition) : undefined
        }
        return c <= 6 && letters.test(value) ? person() : undefined
      }
    case 'NDL':
      return (value, c, s) => {
        if (c === 2 || c === 3) return isDate(value) ? labelled('hl7', 'DATE') : undefined
        if (c !== 1) return undefined
        const alone = (repetition.components[0]?.length ?? 0) < 2 && letters.test(value)
        const id = s === 1 && !alone
        if (id) return labelled('hl7', 'LICENSE')
        return s <= 6 && letters.test(value) ? person() : undefined
      }
    case 'XAD':
      return (_, c) => (c <= 5 || (c >= 8 && c <= 10) ? labelled('hl7', 'LOCATION') : undefined)
    case 'XTN':
      return (value, c) => telecom(repetition, value, c)
    case 'CX':
      return (_, c) =>
        c === 1 ? labelled('hl7', numberType(repetition, entity)) : organisation(_, c)
    case 'ID':
      return (value, c) => (c === 1 && /\d|.{3}/.test(value) ? labelled('hl7', entity) : undefined)
    case 'TS':
      return (value) => (isDate(value) ? labelled('hl7', 'DATE') : undefined)
    case 'PL':
      return (value, c, s) =>
        s === 1 && (c === 4 || c === 7 || c === 9) ? named(value) : undefined
    case 'XON':
      return (value, c) => {
        if (c === 1) return letters.test(value) ? labelled('hl7', 'FACILITY') : undefined
        return (c === 3 || c === 10) && /\d/.test(value) ? labelled('hl7', 'OTHER_ID') : undefined
      }
    case 'HD':
      return (value, c, s) => (c === 1 && s === 1 ? named(value) : undefined)
    case 'CE':
    case 'OBX5':
      return () => undefined
  }
}

/** XCN-1: a clinician's number; its authority or type may say more. */
function clinicianId(repetition: Repetition): Label {
  return labelled('hl7', typeByCode(valueAt(repetition, 13)) ?? 'LICENSE')
}

/** CX-1 by CX-5, else by the authority that assigned it, else by its field. */
function numberType(repetition: Repetition, entity: Hl7Field['entity']): Hl7Field['entity'] {
  const declared = typeByCode(valueAt(repetition, 5))
  if (declared !== undefined) return declared
  return entity === 'OTHER_ID' ? (typeBySystem(valueAt(repetition, 4)) ?? entity) : entity
}

/** CX-4 and CX-6 name who assigned a number: a facility, where it is a name and no code. */
function organisation(value: string, component: number): Label | undefined {
  return component === 4 || component === 6 ? named(value) : undefined
}

/** A name of more than one word is a facility's; "LAB" and "GH" are codes. */
function named(value: string): Label | undefined {
  return /\p{L}{2}[\p{L}'.]*[ _-]+\p{L}{2}/u.test(value) ? labelled('hl7', 'FACILITY') : undefined
}

/** XTN: number, use, equipment, e-mail, country, area, local number, extension, text, ..., unformatted. */
function telecom(repetition: Repetition, value: string, component: number): Label | undefined {
  if (value.includes('@')) return labelled('hl7', 'EMAIL')
  const numbered = [1, 4, 6, 7, 8, 9, 12].includes(component)
  if (!numbered || !/\d/.test(value)) return undefined
  if (/^\d{3}-\d\d-\d{4}$/.test(value)) return labelled('hl7', 'US_SSN')
  const fax = valueAt(repetition, 3).toUpperCase() === 'FX'
  return labelled('hl7', fax ? 'FAX' : 'PHONE')
}

/** DT, DTM and TS (HL7 v2, 2A.21 ff.) of more than a year; dates as people write them, too. */
function isDate(value: string): boolean {
  const compact = /^(\d{4})(\d\d)(\d\d)?(?:\d\d){0,3}(?:\.\d{1,9})?(?:[+-]\d{4})?$/.exec(value)
  if (compact !== null) return isMonthDay(compact[2], compact[3] ?? '01')
  return /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/.test(value)
}
