import type { LocatedSegment } from '../messages/index.ts'
import type { InspectedUnit } from './unit.ts'

/** The one sentence. It is a part of the masked text: where it changed, sessions under way would lose their cache. */
export const EXPLANATION =
  '\n\n(Note: expressions in square brackets such as [PERSON_...] or [DATE_...] stand for real values that were removed. ' +
  'Equal ones stand for the same value; write them exactly as they are.)'

/**
 * Where a message says what its placeholders are: at the end of its first masked text. Undefined where nothing is masked
 * that a person or an application wrote: what tools gave may be written to files again.
 */
export function explainedIn({ unit, spans }: InspectedUnit): string | undefined {
  if (unit.kind === 'tools') return undefined
  const masked = spans.filter(({ operator }) => operator === 'placeholder')
  const first = masked.map(({ segment }) => unit.segments[segment]).find((one) => isText(one))
  return first?.local
}

function isText(segment: LocatedSegment | undefined): boolean {
  if (segment === undefined || segment.document.holder !== undefined) return false
  const { place, role, local } = segment
  return (
    place === 'text' &&
    (role === 'user' || role === 'system') &&
    /(?:^|\/)(?:text|content)$/.test(local)
  )
}
