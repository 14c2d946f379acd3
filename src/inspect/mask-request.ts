import { isMaskable, reach, type MaskedBody, type RecordedMark } from '../domain/index.ts'
import { nameParts } from '../detect/index.ts'
import {
  applyOperator,
  crockford,
  placeholderBook,
  restoreCollector,
  withheldText,
  type SessionKeys,
} from '../mask/index.ts'
import { member, splice, type Replacement, type Withholding } from '../messages/index.ts'
import type { RemovedField } from '../schema/index.ts'
import { EXPLANATION } from './explanation.ts'
import type { Decided, Masked } from './stages.ts'
import type { InspectedUnit, UnitSpan } from './unit.ts'

/** Puts the planned masks into the text. */
export function maskRequest({ inspected }: Decided, keys: SessionKeys): Masked {
  const { parsed, units } = inspected
  const book = placeholderBook(keys, nameParts)
  const collector = restoreCollector()
  const replacements: Replacement[] = []
  const removed = new Map<string, RemovedField>()
  const marks = new Map<string, RecordedMark>()
  let unmaskable = false
  const wide = units.map(({ unit, spans }) =>
    spans.map((span) => {
      const segment = unit.segments[span.segment]
      if (segment === undefined || span.operator === 'keep') return false
      const { type, subtype, operator } = span
      removed.set(`${segment.path} ${type}`, { path: segment.path, type, operator })
      if (!isMaskable(segment.place)) {
        unmaskable = true
        return false
      }
      const value = segment.text.slice(span.start, span.end)
      const masked = applyOperator(operator, type, value, span.wide, book)
      if (masked === undefined) return false
      addMark(marks, masked.text, span)
      const text = span.altered ?? masked.text
      replacements.push({ segment, start: span.start, end: span.end, text })
      if (operator === 'placeholder') {
        const entry = { type, subtype, wide: masked.wide }
        collector.add(masked.text, entry, value, segment.role === 'tool_result')
      }
      return masked.wide
    }),
  )
  replacements.push(...units.flatMap(explanationOf))
  const withholdings = withholdingsOf(units, keys)
  for (const { source } of withholdings) {
    const { path } = source
    removed.set(`${path} UNINSPECTABLE`, { path, type: 'UNINSPECTABLE', operator: 'withhold' })
  }
  if (units.some((u) => u.uninspectable.some((entry) => entry.action === 'deny'))) unmaskable = true
  const changed = replacements.length > 0 || withholdings.length > 0
  const text = changed ? splice(parsed.document, replacements, withholdings) : parsed.document.text
  return reach<Masked>({
    text,
    // The one place where bytes become a masked body.
    body: (changed ? new TextEncoder().encode(text) : parsed.body) as MaskedBody,
    changed,
    unmaskable,
    wide,
    removed: [...removed.values()],
    restore: collector.table(),
    marks: [...marks.values()],
  })
}

/** Notes what stands for a value, and what found it: a recording tells it from text that only looks like a mask. */
export function addMark(
  marks: Map<string, RecordedMark>,
  mask: string,
  { type, recognizer = '' }: Pick<UnitSpan, 'type' | 'recognizer'>,
): void {
  marks.set(`${mask} ${recognizer}`, [mask, type, recognizer])
}

function withholdingsOf(units: readonly InspectedUnit[], keys: SessionKeys): Withholding[] {
  return units
    .flatMap((unit) => unit.uninspectable)
    .filter(({ action }) => action === 'withhold')
    .map(({ source }) => {
      const node = member(source.block, 'source')
      const original = source.document.text.slice(node?.start, node?.end)
      const digest = crockford(keys.digest('withheld', original), 10)
      return { source, text: withheldText(source.kind, digest) }
    })
}

function explanationOf({ unit, explained }: InspectedUnit): Replacement[] {
  if (explained === undefined) return []
  const segment = unit.segments.find(({ local }) => local === explained)
  if (segment === undefined) throw new Error('mask memory does not fit its message')
  const { length } = segment.text
  return [{ segment, start: length, end: length, text: EXPLANATION }]
}
