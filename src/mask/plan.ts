import type { Basis, Finding, Segment, Subtype } from '../domain/index.ts'
import type { EntityType, Operator, Profile, RoleRule } from '../schema/index.ts'

/** A finding and what the profile does with it; `keep` included, so that the report is complete. */
export interface Span {
  readonly segment: number
  readonly start: number
  readonly end: number
  readonly type: EntityType
  readonly subtype: Subtype | undefined
  readonly score: number
  readonly basis: Basis
  /** What found it; undefined where the mask was remembered. */
  readonly recognizer?: string | undefined
  readonly operator: Operator
}

/** Gives every finding its operator. Findings below the profile's minimum score are no findings. */
export function planSpans(
  segments: readonly Segment[],
  findings: readonly Finding[],
  profile: Profile,
): Span[] {
  const keepList = new Set((profile.keepList ?? []).map((term) => term.toLowerCase()))
  const identified = segmentsWithAPatient(findings)
  const spans: Span[] = []
  for (const finding of findings) {
    const segment = segments[finding.segment]
    if (segment === undefined) throw new Error('a finding names a segment that does not exist')
    if (finding.score < profile.minScore) continue
    const kept = isKept(finding, segment, keepList)
    const operator = kept ? 'keep' : operatorFor(finding, segment, profile, identified)
    spans.push(toSpan(finding, segment, operator))
  }
  return spans
}

function toSpan(finding: Finding, segment: Segment, operator: Operator): Span {
  // A number is masked whole: half of one is neither a number nor a string.
  const whole = segment.place === 'number'
  return {
    segment: finding.segment,
    start: whole ? 0 : finding.start,
    end: whole ? segment.text.length : finding.end,
    type: finding.type,
    subtype: finding.subtype,
    score: finding.score,
    basis: finding.basis,
    recognizer: finding.recognizer,
    operator,
  }
}

const IDENTIFYING: ReadonlySet<EntityType> = new Set(['PERSON', 'MEDICAL_RECORD_NUMBER', 'US_SSN'])

function segmentsWithAPatient(findings: readonly Finding[]): ReadonlySet<number> {
  return new Set(findings.filter((f) => IDENTIFYING.has(f.type)).map((f) => f.segment))
}

const CERTAIN: ReadonlySet<Basis> = new Set(['validated', 'field', 'listed'])

/** A keep-list term silences guesses; what was validated, configured or listed stays found. */
function isKept(finding: Finding, segment: Segment, keepList: ReadonlySet<string>): boolean {
  if (keepList.size === 0 || CERTAIN.has(finding.basis)) return false
  return keepList.has(segment.text.slice(finding.start, finding.end).toLowerCase())
}

function operatorFor(
  finding: Finding,
  segment: Segment,
  profile: Profile,
  identified: ReadonlySet<number>,
): Operator {
  const field = finding.basis === 'field' ? fieldOperator(segment, profile) : undefined
  if (field !== undefined) return field
  const general = lookUp(profile.entities, finding) ?? profile.default
  const rules = profile.roles[segment.role]
  const rule = rules === undefined ? undefined : lookUp(rules, finding)
  if (rule === undefined) return general
  return byRule(rule, general, finding, segment, identified)
}

function byRule(
  rule: RoleRule,
  general: Operator,
  finding: Finding,
  segment: Segment,
  identified: ReadonlySet<number>,
): Operator {
  switch (rule) {
    case 'labelled': {
      // In a tool's output a bare date beside a patient is the patient's; alone it is a log's or a file's.
      const beside = segment.role === 'tool_result' && identified.has(finding.segment)
      return beside || LABELLED.has(finding.basis) ? general : 'keep'
    }
    case 'cued':
      return LABELLED.has(finding.basis) || CUED.has(finding.basis) ? general : 'keep'
    case 'listed':
      return LISTED.has(finding.basis) ? general : 'keep'
    case 'placeholder':
    case 'redact':
    case 'hash':
    case 'keep':
    case 'withhold':
      return rule
  }
}

const LABELLED: ReadonlySet<Basis> = new Set(['labelled', 'field', 'propagated', 'listed'])
/** What a listed value taught is found again by being known. */
const LISTED: ReadonlySet<Basis> = new Set(['listed', 'propagated'])
const CUED: ReadonlySet<Basis> = new Set(['cued', 'validated'])

/** `TYPE.subtype` goes before `TYPE`. A PERSON of whom nothing is known is a patient. */
function lookUp<T>(table: { readonly [key: string]: T }, finding: Finding): T | undefined {
  const own = (key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined)
  if (finding.type !== 'PERSON') return own(finding.type)
  const subtype = finding.subtype ?? 'unknown'
  const specific = own(`PERSON.${subtype}`)
  const asPatient = subtype === 'unknown' ? own('PERSON.patient') : undefined
  return specific ?? asPatient ?? own('PERSON')
}

function fieldOperator(segment: Segment, profile: Profile): Operator | undefined {
  return profile.fields?.find((rule) => matchesField(rule.path, segment.keys))?.operator
}

/** `$.a.b` names the keys from the document's root, `$..a.b` the last ones. */
export function matchesField(path: string, keys: readonly string[]): boolean {
  const anywhere = path.startsWith('$..')
  const wanted = path.slice(anywhere ? 3 : 2).split('.')
  if (anywhere ? keys.length < wanted.length : keys.length !== wanted.length) return false
  return wanted.every((key, index) => keys[keys.length - wanted.length + index] === key)
}
