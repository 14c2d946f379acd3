import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

type Environment = Readonly<Record<string, string>>

/** The arguments of a script of package.json that runs node. */
function scriptArguments(name: string): string[] {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
    scripts: Record<string, string>
  }
  const [node, ...rest] = (scripts[name] ?? '').split(' ')
  if (node !== 'node') throw new Error(`the script ${name} does not run node`)
  return rest
}

/** Starts what `npm run SCRIPT -- ARGS` starts, with nothing of this process's environment but its PATH. */
export function startScript(
  name: string,
  args: readonly string[],
  environment: Environment,
): ChildProcess {
  const { PATH = '' } = process.env
  return spawn(process.execPath, [...scriptArguments(name), ...args], {
    cwd: root,
    env: { PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs `npm run -s phigate -- ARGS` to its end. */
export function phigate(args: readonly string[], environment: Environment = {}): Promise<Finished> {
  return finished(startScript('phigate', args, environment))
}

/** Runs a line of shell, as a reader would who pasted it. */
export function shell(line: string): Promise<Finished> {
  return finished(spawn('sh', ['-c', line], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] }))
}

export async function finished(child: ChildProcess): Promise<Finished> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('the child has no output to read')
  const [out, err, [code]] = await Promise.all([
    text(stdout),
    text(stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { code, stdout: out, stderr: err }
}

/** Reads a running child's output until it matches; fails with what it said when it ends first. */
export async function untilSaid(child: ChildProcess, pattern: RegExp): Promise<string> {
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
      if (pattern.test(said)) resolve(said)
    })
    child.once('close', (code) => reject(new Error(`it ended with ${String(code)}: ${said}`)))
  })
}
