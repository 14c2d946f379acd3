/**
 * Installs the clients that applications use, beside the project's own packages, and runs the tests with them. Its last
 * line has the counts.
 *
 *   npm run test:clients             all of them
 *   npm run test:clients -- sdk      those of which the file's name begins so
 */
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { outcomeOf, parseReport } from '../../tools/suite/mocha.ts'
import { program, stopAll } from '../../tools/suite/program.ts'
import type { Outcome } from '../../tools/suite/step.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = join(root, 'test', 'clients')
const cache = join(root, '.cache')
const venv = join(cache, 'clients-venv')
const results = join(cache, 'clients-mocha.json')

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopAll()
    process.exit(1)
  })
}

const { passed, failed, report } = await attempt()
if (failed > 0) process.stdout.write(`${report}\n`)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1

async function attempt(): Promise<Outcome> {
  try {
    mkdirSync(cache, { recursive: true })
    await onceFor('package-lock.json', join(here, 'node_modules'), [
      ['npm', 'ci', '--prefix', here, '--ignore-scripts'],
    ])
    await onceFor('requirements.txt', venv, [
      ['python3', '-m', 'venv', '--clear', venv],
      [join(venv, 'bin', 'python'), '-m', 'pip', 'install', '-r', join(here, 'requirements.txt')],
    ])
    // The project's own check leaves this folder out, because its packages need not be there.
    const types = await program(root, 'tsc', ['--noEmit', '-p', here], {})
    if (types.code !== 0) return { passed: 0, failed: 1, report: types.output }
    return await tests(process.argv.slice(2))
  } catch (error) {
    return { passed: 0, failed: 1, report: error instanceof Error ? error.message : String(error) }
  }
}

/** Installs what a file of versions asks for, unless that is there. */
async function onceFor(
  versions: string,
  installed: string,
  commands: readonly (readonly string[])[],
): Promise<void> {
  const stamp = join(cache, `clients-${versions}.sha256`)
  const content = readFileSync(join(here, versions))
  const digest = createHash('sha256').update(content).digest('hex')
  if (existsSync(installed) && read(stamp) === digest) return
  rmSync(stamp, { force: true })
  for (const [command = '', ...args] of commands) {
    const { code, output } = await program(root, command, args, {})
    if (code !== 0) throw new Error(`${command} ended with code ${code}\n${output}`)
  }
  writeFileSync(stamp, digest)
}

async function tests(asked: readonly string[]): Promise<Outcome> {
  const files = globSync('*.test.ts', { cwd: here }).filter(
    (file) => asked.length === 0 || asked.some((name) => file.startsWith(name)),
  )
  rmSync(results, { force: true })
  const options = ['--no-config', '--forbid-only', '--forbid-pending', '--timeout', '20000']
  const reporter = ['--reporter', 'json', '--reporter-option', `output=${results}`]
  const paths = files.toSorted().map((file) => join(here, file))
  const env = { NODE_OPTIONS: '--disable-warning=ExperimentalWarning' }
  const ended = await program(root, 'mocha', [...options, ...reporter, ...paths], env)
  const written = read(results)
  return outcomeOf(ended, written === undefined ? undefined : parseReport(JSON.parse(written)))
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
