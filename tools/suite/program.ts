import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import type { Ended } from './step.ts'

/** Far more than the slowest step takes: a test that hangs is to fail, not to be waited for. */
const TIMEOUT_MS = 60 * 60_000

const running = new Set<number>()

/** Runs a program of this repository to its end, in a process group of its own. It never rejects. */
export function program(
  root: string,
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const path = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...environment, PATH: path },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    const { pid } = child
    const chunks: Buffer[] = []
    const end = (code: number, note = ''): void => {
      clearTimeout(timer)
      if (pid !== undefined) running.delete(pid)
      resolve({ code, output: `${Buffer.concat(chunks).toString('utf8')}${note}` })
    }
    const timer = setTimeout(() => {
      chunks.push(Buffer.from(`\nstopped after ${TIMEOUT_MS / 60_000} minutes\n`))
      if (pid !== undefined) stop(pid)
    }, TIMEOUT_MS)
    if (pid !== undefined) running.add(pid)
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error) => end(-1, error.message))
    child.on('close', (code) => end(code ?? -1))
  })
}

/** Leaves no program behind when the suite itself is told to stop. */
export function stopAll(): void {
  for (const pid of running) stop(pid)
}

function stop(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended in the meantime.
  }
}
