import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MODULE = fileURLToPath(new URL('../receivers', import.meta.url))
const PACKAGE = 'github.com/VictoriaMetrics/VictoriaMetrics/app/victoria-logs'

/** VictoriaLogs on a port of loopback, which keeps what it has over a restart. */
export interface VictoriaLogs {
  /** Where it takes newline-delimited JSON. */
  readonly insertUrl: URL
  start(): Promise<void>
  stop(): Promise<void>
  /** All that it has, each entry with its members' paths joined by dots, all values as text. */
  entries(): Promise<readonly Readonly<Record<string, string>>[]>
  /** Stops it, and removes its program and its data. */
  remove(): Promise<void>
}

/** Builds it with Go, in the version of test/receivers/go.mod. It is not running yet. */
export function buildVictoriaLogs(port: number): VictoriaLogs {
  const directory = mkdtempSync(join(tmpdir(), 'phigate-victoria-logs-'))
  const program = join(directory, 'victoria-logs')
  execFileSync('go', ['build', '-C', MODULE, '-mod=readonly', '-o', program, PACKAGE], {
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: 'pipe',
  })
  const base = `http://127.0.0.1:${port}`
  const insertUrl = new URL('/insert/jsonline', base)
  insertUrl.search = '_time_field=timestamp&_msg_field=custom.kind'
  let running: ChildProcess | undefined
  const stop = async (): Promise<void> => {
    const child = running
    running = undefined
    if (child === undefined || child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  return {
    insertUrl,
    async start() {
      const data = join(directory, 'data')
      const flags = [`-storageDataPath=${data}`, `-httpListenAddr=127.0.0.1:${port}`]
      running = spawn(program, flags, { stdio: 'ignore' })
      await untilHealthy(base, running)
    },
    stop,
    async entries() {
      await fetch(new URL('/internal/force_flush', base))
      const body = new URLSearchParams({ query: '*', limit: '100000' })
      const response = await fetch(new URL('/select/logsql/query', base), { method: 'POST', body })
      const lines = (await response.text()).split('\n').filter((line) => line !== '')
      return lines.map((line) => JSON.parse(line) as Record<string, string>)
    },
    async remove() {
      await stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function untilHealthy(base: string, child: ChildProcess): Promise<void> {
  for (let round = 0; round < 300 && child.exitCode === null; round += 1) {
    const response = await fetch(new URL('/health', base)).catch(() => undefined)
    if (response?.ok === true) return
    await pause(100)
  }
  throw new Error('VictoriaLogs did not start')
}
