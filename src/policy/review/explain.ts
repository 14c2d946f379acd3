import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { validate, type Decision, type PolicyInput } from '../../schema/index.ts'
import { buildBundle } from '../build/build-bundle.ts'
import type { PolicyTask } from '../build/check.ts'
import { run as realRun } from '../build/run.ts'
import { locationOf } from '../build/violation.ts'
import { isRecord } from '../bundle.ts'
import type { EngineFactory } from '../engine.ts'
import { openPolicy } from '../policy.ts'
import { evalWithOpa, type EvalTask } from './opa-eval.ts'
import { withSources } from './source-copy.ts'
import { firedRules, type FiredRule } from './trace.ts'

export interface ExplainTask extends PolicyTask {
  /** Opens the WASM that the gateway evaluates. */
  readonly engine: EngineFactory
  /** As `completeFacts` or the audit log gives them. */
  readonly facts: PolicyInput
}

/** What one rule of a team says to the input. */
export interface Statement {
  /** `allow`, `deny` or `require_approval`. */
  readonly says: string
  /** `teams/privacy/privacy.rego`, relative to the policy directory. */
  readonly file: string
  readonly row: number
  /** Of the rule's METADATA. */
  readonly title: string | undefined
  /** Undefined for a rule that gives none. */
  readonly code: string | undefined
  readonly message: string | undefined
}

/** One input explained. */
export interface Explanation {
  readonly revision: string
  /** What the gateway decides. */
  readonly decision: Decision
  /** Which rules of the platform put the decision together. */
  readonly decidedBy: readonly Pick<Statement, 'file' | 'row'>[]
  readonly statements: readonly Statement[]
  /** The teams' other rules that have a title: they said nothing. */
  readonly silent: readonly Pick<Statement, 'file' | 'row' | 'title'>[]
  /** Name of the profile that is asked for this caller, connection and direction; undefined where none answers. */
  readonly profile: string | undefined
  /** Whether OPA, whose trace this explanation is, comes to the gateway's outcome and reasons. */
  readonly agrees: boolean
}

/** What the contract of policies lets a team say. */
const OUTPUTS: ReadonlySet<string> = new Set(['allow', 'deny', 'require_approval'])

// A denial ends the decision before grants are asked; a reader wants to see those as well.
const QUERY = `[
  data.gateway.decision,
  {said | some said; data.teams[_].allow[said]},
  {said | some said; data.teams[_].deny[said]},
  {said | some said; data.teams[_].require_approval[said]},
]`

/**
 * Decides one input as the gateway does, and tells by OPA's trace which rule of which file said what.
 * @throws PolicyError where the policies do not compile or OPA cannot evaluate them
 */
export async function explain(task: ExplainTask): Promise<Explanation> {
  const { dir, opa, run = realRun, facts } = task
  const gateway = await askGateway(task)
  return withSources(dir, async (scratch, copy) => {
    const where = { opa, run, scratch, copy, input: facts }
    const { value, events } = await evalWithOpa({
      ...where,
      query: QUERY,
      options: ['--explain', 'full'],
    })
    const titles = await readTitles(where)
    const fired = firedRules(events)
    const statements = statementsOf(fired, titles)
    return {
      ...gateway,
      decidedBy: uniquePlaces(
        fired.filter(({ file, rule }) => file.startsWith('gateway/') && rule === 'decision'),
      ),
      statements,
      silent: silentRules(titles, statements),
      agrees: agree(gateway.decision, Array.isArray(value) ? value[0] : undefined),
    }
  })
}

async function askGateway(
  task: ExplainTask,
): Promise<Pick<Explanation, 'revision' | 'decision' | 'profile'>> {
  const out = mkdtempSync(join(tmpdir(), 'phigate-explain-'))
  try {
    const policy = openPolicy(await buildBundle({ ...task, out }), task.engine)
    const { version, principal, connection, direction } = task.facts
    return {
      revision: policy.revision,
      decision: policy.decide(task.facts),
      profile: attempt(() => policy.profile({ version, principal, connection, direction }).name),
    }
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act()
  } catch {
    return undefined
  }
}

interface Title extends Pick<Statement, 'file' | 'row'> {
  readonly title: string
}

/** Titles of the rules, by the METADATA before them. */
async function readTitles({
  opa,
  run,
  copy,
}: Pick<EvalTask, 'opa' | 'run' | 'copy'>): Promise<readonly Title[]> {
  const { stdout } = await run(opa, ['inspect', '--annotations', '--format', 'json', '.'], {
    cwd: copy,
  })
  const report = attempt((): unknown => JSON.parse(stdout))
  const list = isRecord(report) ? report['annotations'] : undefined
  return (Array.isArray(list) ? list.filter(isRecord) : []).flatMap((entry) => {
    const annotations = isRecord(entry['annotations']) ? entry['annotations'] : {}
    const { title, scope } = annotations
    if (typeof title !== 'string' || (scope !== 'rule' && scope !== 'document')) return []
    const { file, row } = locationOf(entry['location'])
    return [{ file, row, title }]
  })
}

function statementsOf(fired: readonly FiredRule[], titles: readonly Title[]): readonly Statement[] {
  const statements = new Map<string, Statement>()
  for (const { file, row, rule, member } of fired) {
    if (!file.startsWith('teams/') || !OUTPUTS.has(rule)) continue
    const { code, message } = isRecord(member) ? member : {}
    const statement = {
      says: rule,
      file,
      row,
      title: titles.find((one) => one.file === file && one.row === row)?.title,
      code: typeof code === 'string' ? code : undefined,
      message: typeof message === 'string' ? message : undefined,
    }
    statements.set(JSON.stringify(statement), statement)
  }
  return [...statements.values()].toSorted(byPlace)
}

function silentRules(
  titles: readonly Title[],
  statements: readonly Statement[],
): Explanation['silent'] {
  const spoke = new Set(statements.map(({ file, row }) => `${file}:${row}`))
  return titles
    .filter(({ file, row }) => file.startsWith('teams/') && !spoke.has(`${file}:${row}`))
    .toSorted(byPlace)
}

type Placed = Pick<Statement, 'file' | 'row'>

function byPlace(a: Placed, b: Placed): number {
  return a.file === b.file ? a.row - b.row : a.file < b.file ? -1 : 1
}

function uniquePlaces(rules: readonly FiredRule[]): readonly Placed[] {
  const places = new Map(rules.map(({ file, row }) => [`${file}:${row}`, { file, row }]))
  return [...places.values()].toSorted(byPlace)
}

/** Obligations and messages come with their reasons, so outcome and codes say whether it is the same decision. */
function agree(decision: Decision, answer: unknown): boolean {
  const said = attempt(() => validate('decision', answer))
  if (said === undefined) return false
  const codes = ({ reasons }: Decision): readonly string[] =>
    [...new Set(reasons.map(({ code }) => code))].toSorted()
  return said.outcome === decision.outcome && isDeepStrictEqual(codes(said), codes(decision))
}
