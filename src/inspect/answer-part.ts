import { isMaskable, type RecordedMark } from '../domain/index.ts'
import { NOTHING_KNOWN, type Roster } from '../detect/index.ts'
import {
  applyOperator,
  restorable,
  type PlaceholderBook,
  type RestoreEntry,
  type RestoreTable,
} from '../mask/index.ts'
import {
  member,
  parseJson,
  splice,
  stringMember,
  walk,
  type JsonNode,
  type LocatedSegment,
  type Replacement,
  type Uninspectable,
} from '../messages/index.ts'
import type { Profile } from '../schema/index.ts'
import { addMark } from './mask-request.ts'
import { findSpans, type UnitSpan } from './unit.ts'

/** A content block of an answer, or another part of it, as JSON text. */
export interface AnswerPart {
  readonly text: string
  /** Where it stands in the answer, for facts: `/content/0`. */
  readonly path: string
  /** The same inside a message, for mask memory. */
  readonly local: string
  /** Whether it is a part of a text block, which is recorded as a whole; a citation of one. */
  readonly within?: true
  readonly cites?: true
}

export interface InspectedPart {
  readonly text: string
  /** The same with nothing restored. */
  readonly masked: string
  readonly marks: readonly RecordedMark[]
  readonly segments: readonly LocatedSegment[]
  readonly spans: readonly UnitSpan[]
  /** Restored places, as the client's copy of the text has them. */
  readonly restored: readonly RestoredPlace[]
  /** Signed or encrypted blocks that the upstream issued here. */
  readonly issued: readonly string[]
  /** `text`, `citations` or `tool_use:NAME`, one per restored placeholder. */
  readonly restoredAt: readonly string[]
}

export interface RestoredPlace {
  readonly local: string
  readonly start: number
  readonly end: number
  readonly entry: RestoreEntry
  readonly altered: string | undefined
}

/** What the inspection of one answer works with. */
export interface AnswerTools {
  readonly profile: Profile
  readonly restore: RestoreTable
  readonly book: PlaceholderBook
  readonly roster: Roster | undefined
}

/**
 * Inspects one part of an answer: masks what the profile masks, then restores what this exchange may restore.
 * JSON answers and streams come through here alike, part by part (law 7). The text of a text block is no part of it:
 * that goes through `AnswerText`.
 */
export function inspectPart(part: AnswerPart, tools: AnswerTools): InspectedPart {
  const document = { text: part.text, holder: undefined }
  const root = parseJson(part.text, { maxDepth: Infinity, unambiguous: false })
  const into = { segments: [] as LocatedSegment[], uninspectable: [] as Uninspectable[] }
  const { path, local } = part
  const at = {
    document,
    path,
    local,
    role: 'assistant' as const,
    keys: [],
    data: false,
    nesting: 0,
  }
  walk(root, at, into)
  const issued = into.uninspectable
    .map((source) => source.issue)
    .filter((issue) => issue !== undefined)
  const spans = findSpans(into.segments, NOTHING_KNOWN, tools.profile, tools.roster).map((s) => ({
    ...s,
    wide: false,
  }))
  const type = stringMember(root, 'type') ?? ''
  // Thinking must go back to the upstream byte for byte: counted, never changed.
  const fixed = type === 'thinking' || type === 'redacted_thinking'
  const place = part.cites === true ? CITATION : restorePlace(root, type)
  const restored = place === undefined || fixed ? [] : restoreAll(into.segments, place, part, tools)
  // What is restored was the request's: nothing is found in how it is written.
  const found = spans.filter((span) => !restored.some((one) => covers(one, span, into.segments)))
  const applied = fixed ? found.map(asKept) : found
  const marks = new Map<string, RecordedMark>()
  const masks = applied.flatMap((span) => maskOf(span, into.segments, tools.book, marks))
  const all = [...masks, ...restored]
  return {
    text: all.length === 0 ? part.text : splice(document, all),
    masked: masks.length === 0 ? part.text : splice(document, masks),
    marks: [...marks.values()],
    segments: into.segments,
    spans: applied,
    issued,
    restored: placesAfter(restored, all),
    restoredAt: restored.map(() => place?.name ?? ''),
  }
}

function asKept(span: UnitSpan): UnitSpan {
  return { ...span, operator: 'keep' }
}

function maskOf(
  span: UnitSpan,
  segments: readonly LocatedSegment[],
  book: PlaceholderBook,
  marks: Map<string, RecordedMark>,
): Replacement[] {
  const segment = segments[span.segment]
  if (segment === undefined || !isMaskable(segment.place)) return []
  const value = segment.text.slice(span.start, span.end)
  const masked = applyOperator(span.operator, span.type, value, false, book)
  if (masked !== undefined) addMark(marks, masked.text, span)
  return masked === undefined
    ? []
    : [{ segment, start: span.start, end: span.end, text: masked.text }]
}

interface RestorePlace {
  /** What a restore there is counted as. */
  readonly name: string
  readonly forTool: boolean
  wanted(profile: Profile): boolean
}

const CITATION: RestorePlace = {
  name: 'citations',
  forTool: false,
  wanted: ({ restore }) => restore.text && restore.citations,
}

/** Only the client's own tools: not what runs at the upstream or an MCP server. */
function restorePlace(root: JsonNode, type: string): RestorePlace | undefined {
  if (type !== 'tool_use' || member(root, 'input') === undefined) return undefined
  const name = stringMember(root, 'name') ?? ''
  const label = /^[A-Za-z0-9_.:-]{1,128}$/.test(name) ? name : '*'
  return {
    name: `tool_use:${label}`,
    forTool: true,
    wanted: ({ restore }) =>
      restore.tools.some((tool) =>
        tool.endsWith('*') ? name.startsWith(tool.slice(0, -1)) : name === tool,
      ),
  }
}

type RestoredReplacement = Replacement & Pick<RestoredPlace, 'entry' | 'altered'>

function covers(
  { segment, start, end }: Replacement,
  span: UnitSpan,
  segments: readonly LocatedSegment[],
): boolean {
  return segments[span.segment] === segment && span.start < end && start < span.end
}

function restoreAll(
  segments: readonly LocatedSegment[],
  place: RestorePlace,
  part: AnswerPart,
  { profile, restore }: AnswerTools,
): RestoredReplacement[] {
  if (!place.wanted(profile)) return []
  return segments.flatMap((segment) => {
    if (segment.place !== 'text' && segment.place !== 'inner-key') return []
    const inside = segment.local.slice(part.local.length)
    if (place.forTool && !inside.startsWith('/input')) return []
    return restorable(segment.text, restore, place.forTool).map((r) => ({ ...r, segment }))
  })
}

/** Where the restored values stand in the changed text of their segment. */
function placesAfter(
  restored: readonly RestoredReplacement[],
  all: readonly Replacement[],
): RestoredPlace[] {
  return restored.map((r) => {
    const shift = all
      .filter((other) => other.segment === r.segment && other.start < r.start)
      .reduce((sum, other) => sum + other.text.length - (other.end - other.start), 0)
    const start = r.start + shift
    const { entry, altered } = r
    return { local: r.segment.local, start, end: start + r.text.length, entry, altered }
  })
}
