import { isDeepStrictEqual } from 'node:util'
import type { Decision } from '../../schema/index.ts'
import { isRecord } from '../bundle.ts'
import type { Expectation } from './case-file.ts'

/** Reasons and obligations come from sets, which OPA iterates in their order and a WASM module in another. */
export function unordered(answer: unknown): unknown {
  if (!isRecord(answer)) return answer
  const { reasons, approval, ...rest } = answer
  return { ...rest, reasons: inAnyOrder(reasons), approval: inAnyOrder(approval) }
}

function inAnyOrder(list: unknown): unknown {
  return Array.isArray(list) ? list.map((item) => JSON.stringify(sortKeys(item))).toSorted() : list
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (!isRecord(value)) return value
  const members = Object.entries(value).map(([key, member]) => [key, sortKeys(member)] as const)
  return Object.fromEntries(members.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** What is not as expected in the gateway's decision. */
export function unlikeDecision(
  expected: Extract<Expectation, { kind: 'decision' }>,
  { outcome, reasons, approval }: Decision,
): string | undefined {
  const codes = [...new Set(reasons.map(({ code }) => code))].toSorted()
  const groups = [...new Set(approval.flatMap((obligation) => obligation.groups))].toSorted()
  const got = { outcome, reasons: codes }
  const wanted = { outcome: expected.outcome, reasons: expected.reasons }
  if (!isDeepStrictEqual(got, wanted)) return `expected ${show(wanted)}, got ${show(got)}`
  if (expected.approval === undefined || isDeepStrictEqual(groups, expected.approval)) {
    return undefined
  }
  return `expected approval by ${show(expected.approval)}, got ${show(groups)}`
}

/** Paths of the profile's members that are not as expected. */
export function unlikeProfile(
  expected: Readonly<Record<string, unknown>> | null,
  answer: unknown,
): string | undefined {
  if (expected === null) {
    return answer === null || answer === undefined ? undefined : 'expected no profile, got one'
  }
  const unlike = unlikeMembers(expected, answer, '')
  return unlike.length === 0 ? undefined : unlike.join('; ')
}

function unlikeMembers(expected: unknown, answer: unknown, path: string): readonly string[] {
  if (isRecord(expected)) {
    if (!isRecord(answer)) return [`${path || '/'} is not an object`]
    return Object.entries(expected).flatMap(([key, value]) =>
      unlikeMembers(value, Object.hasOwn(answer, key) ? answer[key] : undefined, `${path}/${key}`),
    )
  }
  if (isDeepStrictEqual(expected, answer)) return []
  return [`${path} is ${show(answer)}, expected ${show(expected)}`]
}

export function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
