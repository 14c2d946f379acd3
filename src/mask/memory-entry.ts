import type { Basis, Subtype } from '../domain/index.ts'
import type { EntityType, Operator, UninspectableRule } from '../schema/index.ts'
import type { Span } from './plan.ts'

/** One masked (or kept) place of a message. `local` names the segment inside its message. */
export interface RememberedSpan extends Omit<Span, 'segment'> {
  readonly local: string
  /** The long form of the placeholder was needed. */
  readonly wide: boolean
  /** The placeholder as the upstream wrote it, where that is not its own form. */
  readonly altered?: string
}

/** How one message was masked the first time: spans and types, never text (law 6). */
export interface MemoryEntry {
  readonly spans: readonly RememberedSpan[]
  /** What was done with each source that cannot be read. */
  readonly uninspectable: readonly (readonly [local: string, action: UninspectableRule])[]
  /** The segment that says what placeholders are. */
  readonly explained: string | undefined
}

type SpanTuple = [
  string,
  number,
  number,
  EntityType,
  Subtype | null,
  number,
  Basis,
  Operator,
  0 | 1,
  string?,
]

/** The stored form of an entry; equal entries are equal strings. */
export function encodeEntry(entry: MemoryEntry): string {
  const spans = entry.spans.map((s): SpanTuple => {
    const { local, start, end, type, subtype = null, score, basis, operator, wide } = s
    const flag = wide ? 1 : 0
    const tuple: SpanTuple = [local, start, end, type, subtype, score, basis, operator, flag]
    if (s.altered !== undefined) tuple.push(s.altered)
    return tuple
  })
  const { uninspectable, explained } = entry
  return JSON.stringify({ v: 1, spans, uninspectable, explained })
}

/** @throws Error when the stored form is not one of ours: the exchange is denied then */
export function decodeEntry(stored: string): MemoryEntry {
  const value = JSON.parse(stored) as {
    v: unknown
    spans: SpanTuple[]
    uninspectable: MemoryEntry['uninspectable']
    explained?: string
  }
  if (value.v !== 1 || !Array.isArray(value.spans) || !Array.isArray(value.uninspectable)) {
    throw new Error('mask memory holds an entry of another version')
  }
  const spans = value.spans.map(
    ([
      local,
      start,
      end,
      type,
      subtype,
      score,
      basis,
      operator,
      wide,
      altered,
    ]): RememberedSpan => ({
      local,
      start,
      end,
      type,
      subtype: subtype ?? undefined,
      score,
      basis,
      operator,
      wide: wide === 1,
      ...(altered === undefined ? {} : { altered }),
    }),
  )
  return { spans, uninspectable: value.uninspectable, explained: value.explained }
}
