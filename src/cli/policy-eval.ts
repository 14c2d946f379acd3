import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { text as readAll } from 'node:stream/consumers'
import { Command, Option } from 'commander'
import { openOpaWasm } from '../policy/adapters/opa-wasm.ts'
import { findOpa } from '../policy/build/index.ts'
import { PolicyError } from '../policy/index.ts'
import {
  explain,
  recordedDecisions,
  type Explanation,
  type RecordedDecision,
} from '../policy/review/index.ts'
import { validate, type Direction, type PolicyInput } from '../schema/index.ts'
import { attempt } from './policy-attempt.ts'

interface Flags {
  readonly input?: string
  readonly audit?: string
  readonly decision?: string
  readonly answer: boolean
  readonly format: 'text' | 'json'
}

/** `phigate policy eval [DIR]`: one input decided, and which rule of which file said what. */
export function evalCommand(shipped: string): Command {
  return new Command('eval')
    .description('decide one input and tell which rule of which file said what')
    .argument('[DIR]', 'policy directory', shipped)
    .option('--input <file>', 'facts as JSON (policy-input.schema.json), - for standard input')
    .option('--audit <dir>', 'an audit log, a folder of it or a data directory')
    .option('--decision <id>', 'a decision of that log')
    .option('--answer', 'the decision about the answer, not about the request', false)
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action((dir: string, flags: Flags) => attempt(() => run(resolve(dir), flags)))
}

async function run(dir: string, flags: Flags): Promise<0 | 1> {
  const { facts, recorded } = await factsOf(flags)
  const opa = await findOpa({ env: process.env })
  const explanation = await explain({ dir, opa, engine: openOpaWasm, facts })
  console.log(
    flags.format === 'json'
      ? JSON.stringify({ ...explanation, recorded: recordedAs(recorded) ?? null }, null, 2)
      : printed(explanation, recorded),
  )
  if (explanation.agrees) return 0
  console.error("OPA's own answer is another one: the statements above do not explain the outcome")
  return 1
}

interface Given {
  readonly facts: PolicyInput
  readonly recorded?: RecordedDecision
}

async function factsOf({ input, audit, decision, answer }: Flags): Promise<Given> {
  if (input !== undefined && audit === undefined && decision === undefined) {
    return { facts: validate('policy-input', await readJson(input)) }
  }
  if (input === undefined && audit !== undefined && decision !== undefined) {
    const recorded = await findRecorded(audit, decision, answer ? 'response' : 'request')
    return { facts: recorded.facts, recorded }
  }
  throw new PolicyError('give either --input, or --audit and --decision')
}

async function readJson(file: string): Promise<unknown> {
  const name = file === '-' ? 'standard input' : file
  let text: string
  try {
    text = file === '-' ? await readAll(process.stdin) : readFileSync(file, 'utf8')
  } catch (error) {
    throw new PolicyError(`${name} cannot be read`, error)
  }
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new PolicyError(`${name} is not JSON`, error)
  }
}

async function findRecorded(
  audit: string,
  decisionId: string,
  direction: Direction,
): Promise<RecordedDecision> {
  for await (const record of recordedDecisions(audit)) {
    if (
      record.kind === 'decision' &&
      record.decisionId === decisionId &&
      record.facts.direction === direction
    ) {
      return record
    }
  }
  throw new PolicyError(`${audit} holds no facts of this decision about a ${direction}`)
}

/** What was decided then. */
function recordedAs(recorded: RecordedDecision | undefined): object | undefined {
  if (recorded === undefined) return undefined
  const { decisionId, result, revision } = recorded
  return {
    decisionId,
    outcome: result?.outcome ?? null,
    reasons: result?.reasons ?? [],
    revision: revision ?? null,
  }
}

function printed(explanation: Explanation, recorded: RecordedDecision | undefined): string {
  const { decision, profile, revision, statements, silent, decidedBy } = explanation
  const row = (word: string, text: string): string => `${word.padEnd(17)}${text}`
  return [
    row('outcome', decision.outcome),
    ...decision.reasons.map(({ code, message }) => row('reason', `${code}: ${message}`)),
    ...decision.approval.map(({ min, groups }) =>
      row('approval', `${min} of ${groups.join(', ')}`),
    ),
    row('profile', profile ?? 'none answers'),
    row('revision', revision),
    ...(recorded === undefined ? [] : [row('recorded', then(recorded))]),
    '',
    ...statements.flatMap(({ says, file, row: at, title, code, message }) => [
      row(says, `${file}:${at}  ${title ?? ''}`.trimEnd()),
      row('', code === undefined ? 'gives no code' : `${code}: ${message ?? ''}`),
    ]),
    ...silent.map(({ file, row: at, title }) => row('silent', `${file}:${at}  ${title ?? ''}`)),
    ...decidedBy.map(({ file, row: at }) => row('put together by', `${file}:${at}`)),
  ].join('\n')
}

function then({ result, revision }: RecordedDecision): string {
  const codes = result?.reasons.map(({ code }) => code) ?? []
  const reasons = codes.length === 0 ? '' : ` (${codes.join(', ')})`
  return `${result?.outcome ?? 'unknown'}${reasons} under revision ${revision ?? 'unknown'}`
}
