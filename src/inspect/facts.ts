import { ownCopy, type Principal, type Segment } from '../domain/index.ts'
import type {
  ConnectionFacts,
  FindingFact,
  PolicyInput,
  PrincipalFacts,
  UninspectableFact,
} from '../schema/index.ts'
import { foldValue, type NameParts, type Span } from '../mask/index.ts'
import type { Uninspectable } from '../messages/index.ts'
import type { Counts } from './job.ts'
import type { InspectedUnit, UnitSpan } from './unit.ts'
import type { UninspectableRule } from '../schema/index.ts'

export function principalFacts(principal: Principal): PrincipalFacts {
  const { id, kind, scopes, groups, onBehalfOf, purpose } = principal
  return {
    id,
    kind,
    onBehalfOf,
    purpose,
    claims: {},
    scopes: [...scopes],
    groups: [...groups],
  }
}

/** The facts of what was found: types, places and counts, never text. */
export type FindingFacts = Pick<
  PolicyInput,
  'findings' | 'totals' | 'masking' | 'patients' | 'uninspectable'
>

/** A unit, or a finding of an answer. */
export type FactSource = Pick<InspectedUnit, 'spans' | 'uninspectable'> & {
  readonly unit: { readonly segments: readonly FoundIn[] }
}

type FoundIn = Pick<Segment, 'path' | 'role' | 'place' | 'text'>

/** A finding that stands for itself: the text around it is not kept. */
export function findingAlone(span: Span, { path, role, place, text }: FoundIn): FactSource {
  const value = ownCopy(text.slice(span.start, span.end))
  const alone = { ...span, segment: 0, start: 0, end: value.length, wide: false }
  const segments = [{ path, role, place, text: value }]
  return { unit: { segments }, spans: [alone], uninspectable: [] }
}

/** @param patients as `patientsOf` finds them */
export function findingFacts(
  sources: readonly FactSource[],
  patients: readonly string[],
): FindingFacts {
  const findings = new Map<string, FindingFact>()
  const changed = new Set<string>()
  for (const { unit, spans } of sources) {
    for (const span of spans) {
      const segment = unit.segments[span.segment]
      if (segment === undefined) continue
      addFinding(findings, span, segment)
      if (span.operator !== 'keep') changed.add(`${segment.place} ${segment.path}`)
    }
  }
  const list = [...findings.values()]
  const uninspectable = sources.flatMap((source) => source.uninspectable.map(uninspectableFact))
  return {
    findings: list,
    totals: countBy(list),
    masking: {
      fields: changed.size + uninspectable.filter((u) => u.action === 'withhold').length,
      byType: countBy(list.filter((f) => f.operator !== 'keep')),
    },
    patients: patients.length,
    uninspectable,
  }
}

function addFinding(findings: Map<string, FindingFact>, span: UnitSpan, segment: FoundIn): void {
  const { type, subtype, operator } = span
  // A key inside a string is a part of that text.
  const place = segment.place === 'inner-key' ? 'text' : segment.place
  const key = [type, subtype, operator, place, segment.role, segment.path].join(' ')
  const before = findings.get(key)
  findings.set(key, {
    type,
    path: segment.path,
    role: segment.role,
    place,
    operator,
    ...(subtype === undefined ? {} : { subtype }),
    score: Math.max(before?.score ?? 0, span.score),
    count: (before?.count ?? 0) + 1,
  })
}

function uninspectableFact(entry: {
  readonly source: Uninspectable
  readonly action: UninspectableRule
}): UninspectableFact {
  const { path, role, kind } = entry.source
  return { path, role, kind, action: entry.action }
}

export function countBy(findings: readonly FindingFact[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const finding of findings) {
    counts[finding.type] = (counts[finding.type] ?? 0) + finding.count
  }
  return counts
}

export function addCounts(a: Counts, b: Counts): Counts {
  const sum: Record<string, number> = { ...a }
  for (const [type, count] of Object.entries(b)) sum[type] = (sum[type] ?? 0) + count
  return sum
}

const NUMBERS: ReadonlySet<string> = new Set(['MEDICAL_RECORD_NUMBER', 'HEALTH_PLAN_ID'])

/**
 * Distinct patients: by medical record or health plan number where there are any, else by the names of people who are
 * patients or of whom nothing is known; a name that is part of another ("Smith", "John Smith") is the same person.
 * @returns what tells them apart, folded: text of the request, which MUST NOT leave the inspection
 */
export function patientsOf(sources: readonly FactSource[], nameParts: NameParts): string[] {
  const numbers = new Set<string>()
  const names = new Map<string, ReadonlySet<string>>()
  for (const { unit, spans } of sources) {
    for (const span of spans) {
      const text = unit.segments[span.segment]?.text.slice(span.start, span.end) ?? ''
      if (NUMBERS.has(span.type)) numbers.add(`${span.type} ${foldValue(span.type, text)}`)
      const isPatient =
        span.type === 'PERSON' && !['relative', 'clinician'].includes(span.subtype ?? '')
      if (isPatient) names.set(nameParts(text).join(' '), new Set(nameParts(text)))
    }
  }
  const records = [...numbers].filter((n) => n.startsWith('MEDICAL'))
  if (records.length > 0) return records
  if (numbers.size > 0) return [...numbers]
  const all = [...names].slice(0, 1000)
  return all
    .filter(([, one]) => !all.some(([, other]) => other.size > one.size && one.isSubsetOf(other)))
    .map(([, parts]) => `PERSON ${[...parts].toSorted().join(' ')}`)
}

export function policyInput(
  base: Pick<PolicyInput, 'direction' | 'now' | 'request' | 'usage'> & {
    readonly principal: Principal
    readonly connection: ConnectionFacts
  },
  signals: PolicyInput['signals'],
  facts: FindingFacts,
): PolicyInput {
  const { direction, now, request, usage, connection } = base
  return {
    version: 1,
    direction,
    now,
    principal: principalFacts(base.principal),
    connection,
    request,
    signals,
    ...facts,
    usage,
  }
}
