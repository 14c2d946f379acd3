import { spawn } from 'node:child_process'

/** How a command ended. `code` is -1 where it could not be started or was killed. */
export interface RunResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Environment
  readonly timeoutMs?: number
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Runs a command to its end, without a shell. It never rejects. */
export type Run = (
  command: string,
  args: readonly string[],
  options?: RunOptions,
) => Promise<RunResult>

export const run: Run = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      timeout: options.timeoutMs ?? 60_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', (error) => {
      resolve({ code: -1, stdout: '', stderr: error.message })
    })
    child.on('close', (code) => {
      resolve({ code: code ?? -1, stdout: text(stdout), stderr: text(stderr) })
    })
  })

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8')
}
