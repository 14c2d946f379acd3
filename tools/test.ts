/**
 * The test command: every check and every test, in order. It goes on after a failure, and its last line has the counts.
 *
 *   npm test              everything
 *   npm run check         all but the tests
 *   npm test -- types lint    these steps
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findOpa } from '../src/policy/build/index.ts'
import { program, stopAll } from './suite/program.ts'
import type { Outcome, Step, Tools } from './suite/step.ts'
import { STEPS } from './suite/steps.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const asked = process.argv.slice(2)
const steps = asked.length === 0 ? STEPS : STEPS.filter(isAsked)
const known = ['check', ...STEPS.map(({ name }) => name)]
if (asked.some((name) => !known.includes(name))) {
  console.error(`no such step; there are: ${known.join(', ')}`)
  process.exit(2)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopAll()
    process.exit(1)
  })
}

let found: Promise<string> | undefined
// The tests are told where it is, so that they need not look, or build, again.
const environment: Record<string, string> = {}
const tools: Tools = {
  root,
  results: join(root, 'coverage'),
  program: (command, args) => program(root, command, args, environment),
  opa: () => (found ??= locateOpa()),
}

const outcomes: Outcome[] = []
for (const step of steps) outcomes.push(await attempt(step))

const passed = sum(outcomes.map((outcome) => outcome.passed))
const failed = sum(outcomes.map((outcome) => outcome.failed))
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1

async function attempt(step: Step): Promise<Outcome> {
  const start = performance.now()
  const outcome = await step.run(tools).catch(broken)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const { passed: right, failed: wrong, report, skipped } = outcome
  if (skipped !== undefined) {
    console.log(`SKIPPED ${step.name}: ${skipped}`)
    return outcome
  }
  const counts = right + wrong === 1 ? '' : `, ${right} passed and ${wrong} failed`
  console.log(`${wrong === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${seconds} s${counts})`)
  if (wrong > 0) console.log(`${report.replaceAll(/^(?=.)/gm, '       ')}\n`)
  return outcome
}

function broken(error: unknown): Outcome {
  return { passed: 0, failed: 1, report: error instanceof Error ? error.message : String(error) }
}

async function locateOpa(): Promise<string> {
  const path = await findOpa({ env: process.env })
  environment['PHIGATE_OPA'] = path
  return path
}

function isAsked({ name, kind }: Step): boolean {
  return asked.includes(name) || (kind === 'check' && asked.includes('check'))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
