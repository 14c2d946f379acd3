import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { UPSTREAM_KEY } from './gateway.ts'

const CLI = fileURLToPath(new URL('../../src/cli/phigate.ts', import.meta.url))

export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the `phigate` command to its end. */
export function phigate(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandResult> {
  const env = { ...process.env, ...environment }
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, ...args], { env }, (error, stdout, stderr) => {
      resolve({
        code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1,
        stdout,
        stderr,
      })
    })
  })
}

/** `phigate demo` in a process of its own, in front of an upstream of the test's. */
export interface DemoProcess {
  readonly gateway: URL
  readonly console: URL
  readonly token: string
  kill(signal: NodeJS.Signals): void
  /** The exit code, null where a signal ended it. */
  readonly exit: Promise<number | null>
  /** All that it said, on both streams. */
  said(): string
}

export async function startDemoProcess(dataDir: string, upstream: URL): Promise<DemoProcess> {
  const own = {
    PHIGATE_PORT: '0',
    PHIGATE_CONSOLE_PORT: '0',
    PHIGATE_DATA_DIR: dataDir,
    PHIGATE_UPSTREAM: upstream.origin,
    ANTHROPIC_API_KEY: UPSTREAM_KEY,
  }
  const child = spawn(process.execPath, [CLI, 'demo'], {
    env: { ...process.env, ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  }
  const addresses = await Promise.race([ready(child, () => said), exit])
  if (addresses === null || typeof addresses === 'number') throw new Error(`no demo: ${said}`)
  const { stdout, code } = await phigate(['token'], { PHIGATE_DATA_DIR: dataDir })
  if (code !== 0) throw new Error('no token')
  return {
    ...addresses,
    token: stdout.trim(),
    kill: (signal) => void child.kill(signal),
    exit,
    said: () => said,
  }
}

async function ready(
  child: ChildProcess,
  said: () => string,
): Promise<{ gateway: URL; console: URL }> {
  for (;;) {
    const [, gateway, console] = /gateway +(http:\S+)[^]*console +(http:\S+)/.exec(said()) ?? []
    if (gateway !== undefined && console !== undefined) {
      return { gateway: new URL(gateway), console: new URL(console) }
    }
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')])
    if (child.exitCode !== null) throw new Error(`the demo ended: ${said()}`)
  }
}
