import type { Finding, Segment } from '../domain/index.ts'
import {
  detect,
  findKnown,
  learn,
  mergeFindings,
  teach,
  type Knowledge,
  type Learning,
  type Recognizer,
  type Roster,
} from '../detect/index.ts'
import { decodeEntry, encodeEntry, planSpans, type Span } from '../mask/index.ts'
import { isRemembered, type Uninspectable, type Unit } from '../messages/index.ts'
import type { Profile, UninspectableRule } from '../schema/index.ts'
import { recognizersOf } from './recognizers.ts'

/** A span with what its replacement needs to know. */
export interface UnitSpan extends Span {
  readonly wide: boolean
  /** The placeholder as the upstream wrote it, where that is not its own form. */
  readonly altered?: string
}

export interface InspectedUnit {
  readonly unit: Unit
  readonly spans: readonly UnitSpan[]
  readonly uninspectable: readonly {
    readonly source: Uninspectable
    readonly action: UninspectableRule
  }[]
  /** The segment, by its `local`, at whose end it is said what placeholders are. */
  readonly explained: string | undefined
  /** Whether the mask was remembered from an earlier request. */
  readonly remembered: boolean
}

/** Tells the signed blocks that the upstream itself issued in this session: they pass unaltered. */
export type Issued = (source: Uninspectable) => boolean

/**
 * Finds and plans the masks of one unit, from the unit and what stands before it (law 6).
 * @param before what the units before it taught; the unit adds to that
 */
export function inspectAnew(
  unit: Unit,
  before: Learning,
  profile: Profile,
  issued: Issued,
  roster?: Roster,
): InspectedUnit {
  const spans = spansAt(isRemembered, unit, before.known, profile, roster)
  const uninspectable = unit.uninspectable
    .filter((source) => !issued(source))
    .map((source) => ({ source, action: actionFor(source, profile) }))
  const found = { unit, spans, uninspectable, explained: undefined, remembered: false }
  return withPassing(found, before, profile, roster)
}

/**
 * Masks a unit the way it was masked the first time in this session (law 6).
 * @throws Error when what is remembered does not fit the unit
 */
export function inspectReplayed(
  unit: Unit,
  before: Learning,
  stored: string,
  issued: Issued,
  profile: Profile,
  roster?: Roster,
): InspectedUnit {
  const entry = decodeEntry(stored)
  const places = new Map(unit.segments.map((segment, index) => [segment.local, index]))
  const spans = entry.spans.map(({ local, ...span }): UnitSpan => {
    const segment = places.get(local)
    const text = segment === undefined ? undefined : unit.segments[segment]?.text
    if (segment === undefined || text === undefined || span.end > text.length) {
      throw new Error('mask memory does not fit its message')
    }
    return { ...span, segment }
  })
  const actions = new Map(entry.uninspectable)
  const uninspectable = unit.uninspectable
    .filter((source) => !issued(source))
    .map((source) => {
      const first = isRemembered(source) ? actions.get(source.local) : actionFor(source, profile)
      return { source, action: first ?? ('deny' as const) }
    })
  const { explained } = entry
  return withPassing(
    { unit, spans, uninspectable, explained, remembered: true },
    before,
    profile,
    roster,
  )
}

/**
 * Adds what stands at places that come and go between turns: looked for on every turn, never remembered. It teaches
 * nothing, because the next turn may come without it.
 */
function withPassing(
  inspected: InspectedUnit,
  learning: Learning,
  profile: Profile,
  roster: Roster | undefined,
): InspectedUnit {
  const { unit, spans } = inspected
  teach(learning, unit.segments, lessons(spans))
  const isPassing = (segment: Unit['segments'][number]): boolean => !isRemembered(segment)
  const passing = spansAt(isPassing, unit, learning.known, profile, roster)
  return { ...inspected, spans: [...spans, ...passing] }
}

/** Spans in some of a unit's segments; they are numbered by all of them. */
function spansAt(
  wanted: (segment: Unit['segments'][number]) => boolean,
  unit: Unit,
  known: Knowledge,
  profile: Profile,
  roster: Roster | undefined,
): UnitSpan[] {
  const numbers = [...unit.segments.keys()].filter((number) => {
    const segment = unit.segments[number]
    return segment !== undefined && wanted(segment)
  })
  if (numbers.length === 0) return []
  const segments = unit.segments.filter(wanted)
  return findSpans(segments, known, profile, roster).map((span) => {
    const segment = numbers[span.segment]
    if (segment === undefined) throw new Error('a span outside of its segments')
    return { ...span, segment, wide: false }
  })
}

/** What was found by knowing it teaches nothing new; so first inspection and replay teach the same. */
export function lessons(spans: readonly Span[]): Parameters<typeof learn>[2] {
  return spans
    .filter((span) => span.operator !== 'keep' && span.basis !== 'propagated')
    .map(({ segment, start, end, type, subtype, basis }) => ({
      segment,
      start,
      end,
      type,
      basis,
      ...(subtype === undefined ? {} : { subtype }),
    }))
}

/** Two passes inside one unit: what the first finds is looked for in all of it. */
export function findSpans(
  segments: readonly Segment[],
  known: Knowledge,
  profile: Profile,
  roster?: Roster,
  recognizers: readonly Recognizer[] = recognizersOf(profile),
): Span[] {
  const { recall, fields = [] } = profile
  const options = {
    recall,
    fields,
    recognizers,
    ...(roster === undefined ? {} : { roster }),
  }
  const found: readonly Finding[] = detect(segments, options)
  const first = planSpans(segments, found, profile)
  const learnt = learn(known, segments, lessons(first))
  const again = findKnown(segments, learnt)
  return again.length === 0 ? first : planSpans(segments, mergeFindings(found, again), profile)
}

function actionFor(source: Uninspectable, profile: Profile): UninspectableRule {
  const action = profile.uninspectable[source.role] ?? 'deny'
  return action === 'withhold' && source.block === undefined ? 'deny' : action
}

/** What is stored of a unit so that it is masked the same way for the rest of the session. */
export function entryOf(inspected: InspectedUnit, wide: readonly boolean[]): string {
  const spans = inspected.spans.map(({ segment, ...span }, index) => ({
    ...span,
    local: inspected.unit.segments[segment]?.local ?? '',
    wide: wide[index] ?? false,
  }))
  return encodeEntry({
    spans: spans.filter(isRemembered),
    uninspectable: inspected.uninspectable
      .filter(({ source }) => isRemembered(source))
      .map(({ source, action }) => [source.local, action] as const),
    explained: inspected.explained,
  })
}
