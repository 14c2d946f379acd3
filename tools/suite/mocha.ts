import { globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { typesOnly } from './coverage.ts'
import type { Ended, Outcome, Tools } from './step.ts'

/**
 * test/clients is a project of its own, whose packages are not installed with these; test/browser needs a browser,
 * test/receivers programs of others.
 */
const ELSEWHERE = ['test/clients/**', 'test/browser/**', 'test/receivers/**']
const TESTS = [...ELSEWHERE.flatMap((glob) => ['--ignore', glob]), 'test/**/*.test.ts']

interface Report {
  readonly passes: number
  readonly failures: number
  readonly pending: number
  readonly failed: readonly string[]
}

/** Runs every test file with coverage. The counts are those of mocha's report, which it writes at its end. */
export async function mochaTests({ root, results, program }: Tools): Promise<Outcome> {
  const file = join(results, 'mocha.json')
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  const sources = globSync('src/**/*.ts', { cwd: root })
  const excluded = typesOnly(root, sources).flatMap((path) => ['--exclude', path])
  const c8 = ['--all', '--src', 'src', '--include', 'src/**/*.ts', ...excluded]
  const reports = ['--reporter', 'json-summary', '--reporter', 'lcovonly', '--reports-dir', results]
  const mocha = ['mocha', '--reporter', 'json', '--reporter-option', `output=${file}`]
  const ended = await program('c8', [...c8, ...reports, ...mocha, ...TESTS])
  return outcomeOf(ended, readReport(file))
}

/** Runs the test files of a glob, and counts by mocha's report, of which the name is the file's. */
export async function mochaOn(
  { results, program }: Tools,
  name: string,
  glob: string,
): Promise<Outcome> {
  const file = join(results, `${name}.json`)
  rmSync(file, { force: true })
  mkdirSync(results, { recursive: true })
  const reporter = ['--reporter', 'json', '--reporter-option', `output=${file}`]
  const ended = await program('mocha', [...reporter, glob])
  return outcomeOf(ended, readReport(file))
}

/** A run without report, without tests or with an exit code that the report does not explain has failed. */
export function outcomeOf(ended: Ended, report: Report | undefined): Outcome {
  const tail = ended.output.trimEnd().split('\n').slice(-40).join('\n')
  if (report === undefined) return { passed: 0, failed: 1, report: `mocha did not finish\n${tail}` }
  const { passes: passed, pending, failed } = report
  const failures = report.failures + pending
  if (failures > 0) {
    const skipped = pending === 0 ? [] : [`${pending} tests were skipped`]
    return { passed, failed: failures, report: [...failed, ...skipped].join('\n\n') }
  }
  if (passed === 0) return { passed, failed: 1, report: `mocha ran no test\n${tail}` }
  if (ended.code === 0) return { passed, failed: 0, report: '' }
  return { passed, failed: 1, report: `mocha ended with code ${ended.code}\n${tail}` }
}

function readReport(file: string): Report | undefined {
  try {
    return parseReport(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** What is read of mocha's JSON report; undefined where it is none. */
export function parseReport(value: unknown): Report | undefined {
  if (!isRecord(value) || !isRecord(value['stats']) || !Array.isArray(value['failures'])) {
    return undefined
  }
  const { passes, failures, pending } = value['stats']
  if (typeof passes !== 'number' || typeof failures !== 'number' || typeof pending !== 'number') {
    return undefined
  }
  const failed = value['failures'].filter(isRecord).map(({ fullTitle, err }) => {
    const told = isRecord(err) ? (err['stack'] ?? err['message']) : undefined
    return `${String(fullTitle)}\n${indent(typeof told === 'string' ? told : 'no error given')}`
  })
  return { passes, failures, pending, failed }
}

function indent(text: string): string {
  const lines = text.split('\n')
  const most = 40
  const cut = lines.length > most ? [...lines.slice(0, most), '...'] : lines
  return cut.map((line) => `    ${line}`).join('\n')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
