import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'

/** OPA as a server on loopback, with the policies and data of a directory. */
export interface OpaServer {
  /** Times of single calls in microseconds, one after the other on one connection. */
  times(count: number, input: unknown): Promise<readonly number[]>
  /** What it decides. */
  outcome(input: unknown): Promise<string>
  stop(): Promise<void>
}

const READY_MS = 30_000

export async function startOpaServer(opa: string, dir: string): Promise<OpaServer> {
  const port = await freePort()
  const address = `127.0.0.1:${port}`
  const ignored = ['--ignore', 'capabilities.json', '--ignore', '*_test.rego']
  const options = ['--server', '--addr', address, '--log-level', 'error', '--disable-telemetry']
  const child = spawn(opa, ['run', ...options, ...ignored, '.'], { cwd: dir, stdio: 'ignore' })
  const exit = once(child, 'exit')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = (input: unknown): Promise<string> => post(agent, port, JSON.stringify({ input }))
  const stop = async (): Promise<void> => {
    agent.destroy()
    child.kill('SIGTERM')
    await exit
  }
  try {
    await ready(port)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    stop,
    async times(count, input) {
      const body = JSON.stringify({ input })
      const took: number[] = []
      for (let call = 0; call < count; call += 1) {
        const start = process.hrtime.bigint()
        JSON.parse(await post(agent, port, body))
        took.push(Number(process.hrtime.bigint() - start) / 1000)
      }
      return took
    },
    async outcome(input) {
      const answer = JSON.parse(await ask(input)) as { result?: { outcome?: string } }
      return String(answer.result?.outcome)
    },
  }
}

async function post(agent: Agent, port: number, body: string): Promise<string> {
  const path = '/v1/data/gateway/decision'
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers })
  sent.end(body)
  const [response] = await once(sent, 'response')
  return text(response)
}

async function ready(port: number): Promise<void> {
  const until = Date.now() + READY_MS
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.ok === true) return
    if (Date.now() > until) throw new Error('the OPA server does not answer')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}
