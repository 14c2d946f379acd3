import type { Subtype } from '../../domain/index.ts'
import { labelled, trimmed, type Cell, type Label, type Range, type Region } from './region.ts'
import { CONTACTS, PARTY_NUMBERS, PATIENTS, PAYERS, REFERENCES, RELATIVES } from './x12-fields.ts'

/** An interchange declares its separators by their place; a transaction alone has the usual ones. */
const BEGIN =
  /ISA([^\p{L}\p{N}\s])(?=[^\r\n]{0,120}\1)|(?<![\p{L}\p{N}])ST\*(?:27[01678]|83[457]|820|999)\*/u
const SEGMENT = /(?:NM1|N3|N4|DMG|REF|DTP|PER|CLM|SBR|INS|TRN|BHT|SVC|CLP|ST|GS)$/
const NAMED = /^[A-Z][A-Z0-9]{1,2}$/

/** X12 270/271, 276/277, 278, 834, 835 and 837 (005010): people, places, numbers and dates by segment and element. */
export function readX12(text: string): readonly Region[] {
  if (!text.includes('ISA') && !text.includes('ST*')) return []
  const begin = BEGIN.exec(text)
  if (begin === null) return []
  const element = begin[1] ?? '*'
  const terminator = terminatorOf(text, begin.index, element)
  const found: Region[] = []
  let at = begin.index
  while (at < text.length) {
    const next = text.indexOf(terminator, at)
    const range = trimmed(text, { start: at, end: next < 0 ? text.length : next })
    const elements = split(text, range, element)
    const first = elements[0]
    const name = first === undefined ? '' : text.slice(first.start, first.end)
    // What is no segment ends the interchange; another one may begin behind it, which is read as text.
    if (!NAMED.test(name) || elements.length < 2) break
    if (SEGMENT.test(name)) found.push({ ...range, cells: cellsOf(text, name, elements) })
    if (next < 0) break
    at = next + terminator.length
  }
  return found
}

/** ISA is 105 characters long and ends with the terminator; a transaction alone is read by the usual tilde. */
function terminatorOf(text: string, start: number, element: string): string {
  const isInterchange = text.startsWith('ISA', start)
  const sign =
    isInterchange && text.charAt(start + 103) === element ? text.charAt(start + 105) : '~'
  if (sign === '\r') return '\n'
  return sign === '' || /[\p{L}\p{N}]/u.test(sign) ? '~' : sign
}

/** At most this many elements are looked at: no segment has more. */
const MOST = 40

function split(text: string, { start, end }: Range, separator: string): readonly Range[] {
  const parts: Range[] = []
  let from = start
  for (let at = start; at < end && parts.length < MOST; at += 1) {
    if (text.charAt(at) !== separator) continue
    parts.push({ start: from, end: at })
    from = at + 1
  }
  parts.push({ start: from, end })
  return parts
}

function cellsOf(text: string, name: string, elements: readonly Range[]): readonly Cell[] {
  const values = elements.map(({ start, end }) => text.slice(start, end))
  return elements.flatMap((range, index): Cell[] => {
    if (index === 0 || range.end <= range.start) return []
    const label = labelOf(name, index, values)
    return [label === undefined ? { ...range, plain: true } : { ...range, label }]
  })
}

function labelOf(name: string, index: number, values: readonly string[]): Label | undefined {
  const value = values[index] ?? ''
  const at = (position: number) => values[position] ?? ''
  switch (name) {
    case 'NM1':
      return partyLabel(index, at)
    case 'N3':
      return labelled('x12', 'LOCATION')
    case 'N4':
      return index === 1 || index === 3 ? labelled('x12', 'LOCATION') : undefined
    case 'DMG':
      return index === 2 ? labelled('x12', 'DATE') : undefined
    case 'DTP':
      return index === 3 && /^\d{6}/.test(value) ? labelled('x12', 'DATE') : undefined
    case 'REF':
      return index === 2 ? labelled('x12', REFERENCES.get(at(1)) ?? 'OTHER_ID') : undefined
    case 'PER': {
      if (index === 2) return labelled('x12', 'PERSON')
      const type = index % 2 === 0 ? CONTACTS.get(at(index - 1)) : undefined
      return type === undefined ? undefined : labelled('x12', type)
    }
    case 'CLM':
    case 'CLP':
      return index === 1 ? labelled('x12', 'ACCOUNT') : undefined
    case 'SBR':
      return index === 3 ? labelled('x12', 'HEALTH_PLAN_ID') : undefined
    case 'TRN':
      return index === 2 ? labelled('x12', 'OTHER_ID') : undefined
    case 'BHT':
      return index === 4 && /^\d{6}/.test(value) ? labelled('x12', 'DATE') : undefined
    default:
      return undefined
  }
}

/** NM1: whose name it is, whether a person's or an organisation's, and the number of the party. */
function partyLabel(index: number, at: (position: number) => string): Label | undefined {
  const role = at(1)
  if (index === 9 && PAYERS.has(role)) return undefined
  if (index === 9) return labelled('x12', PARTY_NUMBERS.get(at(8)) ?? 'OTHER_ID')
  if (index < 3 || index > 7) return undefined
  if (at(2) === '2') return PAYERS.has(role) ? undefined : labelled('x12', 'FACILITY')
  const who: Subtype = PATIENTS.has(role)
    ? 'patient'
    : RELATIVES.has(role)
      ? 'relative'
      : 'clinician'
  return labelled('x12', 'PERSON', who)
}
