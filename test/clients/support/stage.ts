import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../../../src/config/index.ts'
import type { ReceivedRequest } from '../../../src/demo/simulator/index.ts'
import { startTestGateway, UPSTREAM_KEY, type TestGateway } from '../../support/gateway.ts'
import { assertNowhere, captureOutput } from '../../support/leaks.ts'
import type { Json } from '../../support/sse.ts'
import { runAgent, type AgentOptions, type AgentRun } from './agent.ts'
import { startRecorder, type Recorder } from './recorder.ts'
import { play, type Played, type Script } from './script.ts'

/** A gateway between what a client sends and what the upstream receives, both of which are kept. */
export interface Stage {
  readonly gateway: TestGateway
  readonly recorder: Recorder
  /** What clients are given as their base URL: the default connection, or a named one. */
  baseUrl(connection?: string): string
  /** The messages.create calls that reached the upstream since the last `forget`. */
  received(): readonly ReceivedRequest[]
  /** All that reached the upstream since then, heads and bodies. */
  upstreamBytes(): string
  /** Forgets what was sent and received so far, and starts a script. */
  play(script: Script): Played
  forget(): void
  /** Asserts that none of these values, and none of the client's credentials, left the machine or was written. */
  assertKept(secrets: readonly string[], credentials?: readonly string[]): void
  stop(): Promise<void>
}

export async function openStage(overrides: Partial<Config> = {}): Promise<Stage> {
  const gateway = await startTestGateway(overrides)
  const recorder = await startRecorder(gateway.url)
  const { simulator } = gateway
  const output = captureOutput()
  let from = 0
  const all = (): readonly ReceivedRequest[] => simulator.received.slice(from)
  const forget = (): void => {
    recorder.forget()
    from = simulator.received.length
  }
  const upstreamBytes = (): string =>
    all()
      .map(({ method, path, query, headers, bodyBytes }) =>
        [method, path, query, JSON.stringify(headers), bodyBytes.toString('utf8')].join('\n'),
      )
      .join('\n')
  return {
    gateway,
    recorder,
    baseUrl: (connection) =>
      `${recorder.url.origin}${connection === undefined ? '' : `/c/${connection}`}`,
    received: () => all().filter(({ path }) => path === '/v1/messages'),
    upstreamBytes,
    forget,
    play(script) {
      forget()
      const played = play(script)
      simulator.respondWith(played.handler)
      return played
    },
    assertKept(secrets, credentials = [gateway.token]) {
      assertNowhere([...secrets, ...credentials], {
        'the upstream': upstreamBytes(),
        'what was written': gateway.written(),
        'what the process said': output.text(),
      })
      for (const { headers, method } of all()) {
        const { authorization, 'x-api-key': key } = headers
        if (
          method === 'POST' &&
          key !== UPSTREAM_KEY &&
          authorization !== `Bearer ${UPSTREAM_KEY}`
        ) {
          throw new Error('a call came without the key of the connection')
        }
      }
    },
    async stop() {
      output.release()
      await recorder.close()
      await gateway.stop()
    },
  }
}

/** A folder that an agent works in, and a home of its own. */
export interface Place {
  readonly cwd: string
  readonly home: string
  write(name: string, content: string | Uint8Array): string
  read(name: string): string
  remove(): void
}

export function newPlace(files: Readonly<Record<string, string>> = {}): Place {
  const root = mkdtempSync(join(tmpdir(), 'phigate-agent-'))
  const [cwd, home] = ['work', 'home'].map((name) => mkdtempSync(join(root, `${name}-`)))
  if (cwd === undefined || home === undefined) throw new Error('no folders')
  const write = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(cwd, name), content)
    return join(cwd, name)
  }
  for (const [name, content] of Object.entries(files)) write(name, content)
  return {
    cwd,
    home,
    write,
    read: (name) => readFileSync(join(cwd, name), 'utf8'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Runs an agent in a place against the stage, with the token of its service account. */
export function agentOn(
  stage: Stage,
  { cwd, home }: Place,
  prompts: readonly string[],
  more: Partial<AgentOptions> = {},
): Promise<AgentRun> {
  const env = { ANTHROPIC_AUTH_TOKEN: stage.gateway.token, ...more.env }
  return runAgent(prompts, { cwd, home, baseUrl: stage.baseUrl(), ...more, env })
}

export function bodyOf({ body }: ReceivedRequest): Json {
  return body as Json
}
