import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { keyringIn } from '../../src/config/index.ts'
import { createKeyring, mintAt, newKeyring } from '../../src/keyring/index.ts'
import type { Usage } from './probe.ts'
import { IMAGE_ENVIRONMENT, SEMI_SPACE, START_FLAGS } from './start-flags.ts'

/** A program that is measured, in a process of its own. */
export interface Target {
  readonly url: URL
  /** Only phigate has one. */
  readonly consoleUrl: URL | undefined
  usage(): Promise<Usage>
  /** The same when all of its threads have let go what they need no more. */
  tidyUsage(): Promise<Usage>
  stop(): Promise<void>
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const QUIET = '--disable-warning=ExperimentalWarning'

const SLOWEST_STOP_MS = 20_000

export const PINNED = pinHere()

/** Load and upstream on core 0: they are this process. False where there is no second core, or no taskset. */
function pinHere(): boolean {
  if (availableParallelism() < 2) return false
  try {
    execFileSync('taskset', ['-acp', '0', String(process.pid)], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Express and http-proxy-middleware on the same Node.js, with its defaults or with phigate's heap setting. */
export function startBare(upstream: URL, heap: 'default' | 'small' = 'default'): Promise<Target> {
  const flags = heap === 'small' ? [SEMI_SPACE] : []
  return start([...flags, here('./bare.ts'), upstream.origin], {}, () => {})
}

/** What takes long is measured, and not refused. */
const UNHURRIED = { inspectionBaseMs: 20_000, inspectionPerMegabyteMs: 5000 }

/**
 * `phigate start` with everything on, as the image starts it, with a data directory of its own.
 * @param settings over those of phigate.yaml
 * @param prepare what is to be in the data directory before
 */
export async function startPhigate(
  upstream: URL,
  issuer: URL,
  settings: Readonly<Record<string, object>> = {},
  prepare: (dataDir: string) => Promise<void> = async () => {},
): Promise<Target> {
  const directory = mkdtempSync(join(tmpdir(), 'phigate-bench-'))
  const write = (name: string, text: string): void =>
    writeFileSync(join(directory, name), text, { mode: 0o600 })
  const anyPort = { host: '127.0.0.1', port: 0 }
  const key = { id: 'bench', file: 'claude-key' }
  write('claude-key', 'sk-bench')
  write(
    'phigate.yaml',
    stringify({
      listen: anyPort,
      console: anyPort,
      dataDir: 'data',
      issuers: [{ url: issuer.origin }],
      connections: [
        { name: 'claude', upstream: upstream.origin, labels: { baa: true }, keys: [key] },
      ],
      ...settings,
      limits: { ...UNHURRIED, ...settings['limits'] },
    }),
  )
  createKeyring(keyringIn(join(directory, 'data')), newKeyring(mintAt(new Date())))
  await prepare(join(directory, 'data'))
  const program = here('../../src/cli/phigate.ts')
  const args = ['start', '--config', join(directory, 'phigate.yaml')]
  const profile = process.env['PHIGATE_BENCH_CPU_PROFILE']
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  return start([...START_FLAGS, ...profiling, program, ...args], IMAGE_ENVIRONMENT, () =>
    rmSync(directory, { recursive: true, force: true }),
  )
}

async function start(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  forget: () => void,
): Promise<Target> {
  const node = [QUIET, '--import', here('./probe.ts'), ...args]
  const [command, ...rest] = PINNED
    ? ['taskset', '-c', '1', process.execPath, ...node]
    : [process.execPath, ...node]
  const env = { ...process.env, ...environment }
  const child = spawn(command ?? '', rest, { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const exit = once(child, 'exit')
  try {
    const { gateway: url, console: consoleUrl } = await ready(child)
    return {
      url,
      consoleUrl,
      usage: () => usageOf(child, 'usage'),
      tidyUsage: () => usageOf(child, 'tidy usage'),
      async stop() {
        child.kill('SIGTERM')
        const late = setTimeout(() => child.kill('SIGKILL'), SLOWEST_STOP_MS)
        await exit
        clearTimeout(late)
        forget()
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    forget()
    throw error
  }
}

async function usageOf(child: ChildProcess, ask: 'usage' | 'tidy usage'): Promise<Usage> {
  child.send(ask)
  const [usage] = (await once(child, 'message')) as [Usage]
  return usage
}

/** The line on stderr that says where the program listens. */
async function ready(
  child: ChildProcess,
): Promise<{ readonly gateway: URL; readonly console: URL | undefined }> {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  const until = AbortSignal.timeout(60_000)
  for (;;) {
    const [, gateway, page] =
      /"event":"ready","gateway":"([^"]+)"(?:,"console":"([^"]+)")?/.exec(said) ?? []
    if (gateway !== undefined) {
      return {
        gateway: new URL(gateway),
        console: page === undefined ? undefined : new URL(page),
      }
    }
    if (child.exitCode !== null || child.stderr === null) throw new Error(`not started: ${said}`)
    await Promise.race([once(child.stderr, 'data', { signal: until }), once(child, 'exit')])
  }
}
