import { validate, type PolicyInput, type ProfileInput } from '../../schema/index.ts'
import { isRecord } from '../bundle.ts'

/** `cases/facts.yaml`: the quiet request from which every case says what is different. */
export interface QuietFacts {
  /** Complete facts in which nothing was found. */
  readonly facts: Readonly<Record<string, unknown>>
  /** What a finding, a signal and a source that cannot be read have where a case does not say it. */
  readonly finding: Readonly<Record<string, unknown>>
  readonly signal: Readonly<Record<string, unknown>>
  readonly source: Readonly<Record<string, unknown>>
}

/**
 * The complete facts of a case. Totals and masking are counted from its findings and sources unless it gives them, so
 * that a case cannot contradict itself by leaving them out.
 * @throws SchemaError that names the path
 */
export function completeFacts(quiet: QuietFacts, changes: unknown): PolicyInput {
  const given = isRecord(changes) ? changes : {}
  const whole = validate('policy-input', {
    ...mergeFacts(quiet.facts, given),
    ...completed('findings', given, quiet.finding),
    ...completed('signals', given, quiet.signal),
    ...completed('uninspectable', given, quiet.source),
  })
  return {
    ...whole,
    totals: 'totals' in given ? whole.totals : countByType(whole.findings),
    masking: 'masking' in given ? whole.masking : maskingOf(whole),
  }
}

/** What a profile may see of these facts. */
export function profileFacts(facts: PolicyInput): ProfileInput {
  const { version, principal, connection, direction } = facts
  return { version, principal, connection, direction }
}

/** Objects are merged member by member; anything else replaces what was there, null too: it is a value in facts. */
export function mergeFacts(
  base: Readonly<Record<string, unknown>>,
  changes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base }
  for (const [key, change] of Object.entries(changes)) {
    const before = base[key]
    merged[key] = isRecord(before) && isRecord(change) ? mergeFacts(before, change) : change
  }
  return merged
}

function completed(
  key: 'findings' | 'signals' | 'uninspectable',
  given: Readonly<Record<string, unknown>>,
  defaults: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const list = given[key]
  if (!Array.isArray(list)) return {}
  return {
    [key]: list.map((item: unknown) => (isRecord(item) ? mergeFacts(defaults, item) : item)),
  }
}

/** As the inspection counts (inspect/facts.ts): places that change, and sources that are withheld. */
function maskingOf({ findings, uninspectable }: PolicyInput): PolicyInput['masking'] {
  const masked = findings.filter(({ operator }) => operator !== 'keep')
  const places = new Set(masked.map(({ place, path }) => `${place} ${path}`))
  const withheld = uninspectable.filter(({ action }) => action === 'withhold')
  return { fields: places.size + withheld.length, byType: countByType(masked) }
}

function countByType(findings: PolicyInput['findings']): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { type, count } of findings) counts[type] = (counts[type] ?? 0) + count
  return counts
}
