import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { buildBundle } from '../build/build-bundle.ts'
import type { PolicyTask } from '../build/check.ts'
import { run as realRun } from '../build/run.ts'
import { isRecord, type PolicyBundle } from '../bundle.ts'
import type { EngineFactory, PolicyEngine } from '../engine.ts'
import { openPolicy, type Policy } from '../policy.ts'
import { mergeFacts, profileFacts } from './case-facts.ts'
import { readCases, type Case } from './case-file.ts'
import { show, unlikeDecision, unlikeProfile, unordered } from './case-verdict.ts'
import { evalWithOpa, type EvalTask } from './opa-eval.ts'
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
    const gateways = gatewaysFor(bundle, task.engine)
    const answers = await askOpa(task, cases, bundle)
    return cases.map((one, index) => {
      const { name, file, row } = one
      return { name, file, row, problem: problemOf(one, answers[index], gateways(one)) }
    })
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

/** The gateway's side of a case. */
interface Gateway {
  readonly engine: PolicyEngine
  readonly policy: Policy
}

/** Data is part of an opened policy, so a case with data of its own gets a policy of its own. */
function gatewaysFor(bundle: PolicyBundle, engines: EngineFactory): (one: Case) => Gateway {
  const opened = new Map<string, Gateway>()
  return ({ config }) => {
    const key = JSON.stringify(config ?? null)
    const known = opened.get(key)
    if (known !== undefined) return known
    const data = { ...bundle.data, gateway_config: configOf(bundle, config) }
    const own = config === undefined ? bundle : { ...bundle, data }
    const engine = engines(own)
    const gateway = { engine, policy: openPolicy(own, () => engine) }
    opened.set(key, gateway)
    return gateway
  }
}

function configOf({ data }: PolicyBundle, changes: Case['config']): Record<string, unknown> {
  const config = data['gateway_config']
  return mergeFacts(isRecord(config) ? config : {}, changes ?? {})
}

/** What an engine says to a case: a value, nothing, or no answer at all. */
type Answer = { readonly value: unknown } | 'error'

function problemOf(
  one: Case,
  opa: Answer | undefined,
  { engine, policy }: Gateway,
): string | undefined {
  const wasm = askWasm(one, engine)
  if (!isDeepStrictEqual(ordered(opa), ordered(wasm))) {
    return `OPA and the gateway's WASM disagree: ${show(opa)} and ${show(wasm)}`
  }
  if (one.expected.kind === 'decision')
    return unlikeDecision(one.expected, policy.decide(one.facts))
  const answer = wasm === 'error' ? undefined : wasm.value
  return unlikeProfile(one.expected.profile, answer)
}

function ordered(answer: Answer | undefined): unknown {
  return answer === undefined || answer === 'error' ? answer : unordered(answer.value)
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
async function askOpa(
  task: CasesTask,
  cases: readonly Case[],
  bundle: PolicyBundle,
): Promise<readonly Answer[]> {
  const { dir, opa, run = realRun } = task
  const questions = cases.map(({ facts, config, expected: { kind } }) => ({
    kind,
    facts: kind === 'decision' ? facts : profileFacts(facts),
    config: configOf(bundle, config),
  }))
  return withSources(dir, async (scratch, copy) => {
    const ask = (some: readonly object[]) => askTogether({ opa, run, scratch, copy }, some)
    try {
      return await ask(questions)
    } catch {
      const answers: Answer[] = []
      for (const one of questions) {
        answers.push(...(await ask([one]).catch((): readonly Answer[] => ['error'])))
      }
      return answers
    }
  })
}

type Where = Pick<EvalTask, 'opa' | 'run' | 'scratch' | 'copy'>

// Facts and data have names of their own: with a reference behind `with`, OPA 1.22 evaluates another input in a
// comprehension.
const QUERY = `{index: answer |
  some index, asked in input
  facts := asked.facts
  config := asked.config
  decision := [d |
    asked.kind == "decision"
    d := data.gateway.decision with input as facts with data.gateway_config as config
  ]
  profile := [p |
    asked.kind == "profile"
    p := data.gateway.profile with input as facts with data.gateway_config as config
  ]
  answer := array.concat(decision, profile)
}`

async function askTogether(where: Where, questions: readonly object[]): Promise<readonly Answer[]> {
  const input = Object.fromEntries(questions.map((one, index) => [String(index), one]))
  const { value } = await evalWithOpa({ ...where, query: QUERY, input })
  return questions.map((_, index) => {
    const found = isRecord(value) ? value[String(index)] : undefined
    // A list of one value, or an empty one where the rule is undefined.
    return { value: Array.isArray(found) ? (found[0] as unknown) : undefined }
  })
}
