import { isDeepStrictEqual } from 'node:util'
import type { Decision, Profile } from '../../schema/index.ts'
import { isRecord } from '../bundle.ts'

/** A decision in one line: `deny (phi-in-key)`, `require-approval (x) by 1 of privacy-officers, session, 3600 s`. */
export function describeDecision({ outcome, reasons, approval }: Decision): string {
  const codes = [...new Set(reasons.map(({ code }) => code))].toSorted()
  const because = codes.length === 0 ? '' : ` (${codes.join(', ')})`
  const obligations = approval.map(({ groups, min, scope, ttlSeconds, ...more }) => {
    const terms = `${min} of ${groups.toSorted().join(' or ')}, ${scope}, ${ttlSeconds} s`
    return Object.keys(more).length === 0 ? terms : `${terms}, ${JSON.stringify(more)}`
  })
  const by = obligations.length === 0 ? '' : ` by ${obligations.toSorted().join(' and ')}`
  return `${outcome}${because}${by}`
}

/** What is different in two profiles, one line a member: `entities.DATE placeholder -> keep`. */
export function profileDifferences(
  before: Profile | undefined,
  after: Profile | undefined,
): readonly string[] {
  if (before === undefined || after === undefined) {
    return before === after ? [] : [`${before?.name ?? 'none'} -> ${after?.name ?? 'none'}`]
  }
  return memberDifferences(before, after, '')
}

function memberDifferences(before: unknown, after: unknown, path: string): readonly string[] {
  if (isDeepStrictEqual(before, after)) return []
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...keys]
      .toSorted()
      .flatMap((key) =>
        memberDifferences(before[key], after[key], path === '' ? key : `${path}.${key}`),
      )
  }
  if (Array.isArray(before) && Array.isArray(after)) return listDifferences(before, after, path)
  return [`${path} ${show(before)} -> ${show(after)}`]
}

function listDifferences(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): readonly string[] {
  const [old, now] = [new Set(before.map(show)), new Set(after.map(show))]
  const gone = [...old.difference(now)].map((item) => `${path} without ${item}`)
  const added = [...now.difference(old)].map((item) => `${path} with ${item}`)
  const changes = [...gone, ...added]
  return changes.length === 0 ? [`${path} in another order`] : changes
}

function show(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined ? 'unsaid' : JSON.stringify(value)
}
