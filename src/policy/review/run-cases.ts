import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { buildBundle } from '../build/build-bundle.ts'
import type { PolicyTask } from '../build/check.ts'
import { run as realRun, type Run } from '../build/run.ts'
import { isRecord } from '../bundle.ts'
import type { EngineFactory, PolicyEngine } from '../engine.ts'
import { openPolicy, type Policy } from '../policy.ts'
import { profileFacts } from './case-facts.ts'
import { readCases, type Case, type Expectation } from './case-file.ts'
import { evalWithOpa } from './opa-eval.ts'
import { withSources } from './source-copy.ts'

export interface CasesTask extends PolicyTask {
  /** Opens the WASM that the gateway evaluates. */
  readonly engine: EngineFactory
}

/** A case and what came of it. */
export interface CaseResult extends Pick<Case, 'name' | 'file' | 'row'> {
  /** Why it failed; undefined where it holds. */
  readonly problem: string | undefined
}

/**
 * Asks every case of OPA and of the gateway's WASM: both must give the same answer, and it must be the expected one.
 * @throws PolicyError where the cases cannot be read or the policies do not compile
 */
export async function runCases(task: CasesTask): Promise<readonly CaseResult[]> {
  const cases = readCases(task.dir)
  if (cases.length === 0) return []
  const out = mkdtempSync(join(tmpdir(), 'phigate-cases-'))
  try {
    const bundle = await buildBundle({ ...task, out })
    const engine = task.engine(bundle)
    const policy = openPolicy(bundle, () => engine)
    const answers = await askOpa(task, cases)
    return cases.map((one, index) => {
      const { name, file, row } = one
      return { name, file, row, problem: problemOf(one, answers[index], engine, policy) }
    })
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

/** What an engine says to a case: a value, nothing, or no answer at all. */
type Answer = { readonly value: unknown } | 'error'

function problemOf(
  one: Case,
  opa: Answer | undefined,
  engine: PolicyEngine,
  policy: Policy,
): string | undefined {
  const wasm = askWasm(one, engine)
  if (!isDeepStrictEqual(unordered(opa), unordered(wasm))) {
    return `OPA and the gateway's WASM disagree: ${show(opa)} and ${show(wasm)}`
  }
  if (one.expected.kind === 'decision') return unlikeDecision(one.expected, policy, one)
  const answer = wasm === 'error' ? undefined : wasm.value
  return unlikeProfile(one.expected.profile, answer)
}

/** Reasons and obligations come from sets, which OPA iterates in their order and a WASM module in another. */
function unordered(answer: Answer | undefined): unknown {
  if (answer === undefined || answer === 'error' || !isRecord(answer.value)) return answer
  const { reasons, approval, ...rest } = answer.value
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

function askWasm({ facts, expected }: Case, engine: PolicyEngine): Answer {
  try {
    const value =
      expected.kind === 'decision'
        ? engine.evaluate('gateway/decision', facts)
        : engine.evaluate('gateway/profile', profileFacts(facts))
    return { value }
  } catch {
    return 'error'
  }
}

/** All cases in one run of OPA; where a rule fails for one of them, one by one. */
async function askOpa(task: CasesTask, cases: readonly Case[]): Promise<readonly Answer[]> {
  const { dir, opa, run = realRun } = task
  return withSources(dir, async (scratch, copy) => {
    const ask = (some: readonly Case[]) => askTogether({ opa, run, scratch, copy }, some)
    try {
      return await ask(cases)
    } catch {
      const answers: Answer[] = []
      for (const one of cases) {
        answers.push(...(await ask([one]).catch((): readonly Answer[] => ['error'])))
      }
      return answers
    }
  })
}

interface Opa {
  readonly opa: string
  readonly run: Run
  readonly scratch: string
  readonly copy: string
}

// The facts have a name of their own: with a reference behind `with`, OPA 1.22 evaluates another input in a comprehension.
const QUERY = `{index: answer |
  some index, asked in input
  facts := asked.facts
  decision := [d | asked.kind == "decision"; d := data.gateway.decision with input as facts]
  profile := [p | asked.kind == "profile"; p := data.gateway.profile with input as facts]
  answer := array.concat(decision, profile)
}`

async function askTogether(where: Opa, cases: readonly Case[]): Promise<readonly Answer[]> {
  const input = Object.fromEntries(
    cases.map(({ facts, expected: { kind } }, index) => [
      String(index),
      { kind, facts: kind === 'decision' ? facts : profileFacts(facts) },
    ]),
  )
  const { value } = await evalWithOpa({ ...where, query: QUERY, input })
  return cases.map((_, index) => {
    const found = isRecord(value) ? value[String(index)] : undefined
    // A list of one value, or an empty one where the rule is undefined.
    return { value: Array.isArray(found) ? (found[0] as unknown) : undefined }
  })
}

function unlikeDecision(
  expected: Extract<Expectation, { kind: 'decision' }>,
  policy: Policy,
  { facts }: Case,
): string | undefined {
  const { outcome, reasons, approval } = policy.decide(facts)
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

function unlikeProfile(
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

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value)
}
