import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Json } from '../../support/sse.ts'

/** The interpreter that has the SDK. */
export const PYTHON = fileURLToPath(
  new URL('../../../.cache/clients-venv/bin/python', import.meta.url),
)
const SCRIPT = fileURLToPath(new URL('../python/call.py', import.meta.url))

/** What an application in Python made of one call: an answer or an error. */
export interface PythonOutcome {
  readonly text?: string
  readonly inputTokens?: number
  readonly error?: {
    readonly name: string
    readonly status: number
    readonly type: string | null
    readonly requestId: string | null
    readonly body: Json
  }
}

/** Makes one call with the Python SDK, in a process of its own. */
export async function callPython(
  operation: 'create' | 'stream' | 'count' | 'beta-create' | 'beta-stream' | 'beta-count',
  baseUrl: string,
  apiKey: string,
  body: Json,
): Promise<PythonOutcome> {
  const child = spawn(PYTHON, ['-I', '-W', 'error', SCRIPT, operation, baseUrl], {
    env: { PHIGATE_TEST_KEY: apiKey, NO_PROXY: '127.0.0.1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let [said, complained] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString('utf8')))
  child.stdin.end(JSON.stringify(body))
  const code = await new Promise((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`the script failed: ${complained}`)
  return JSON.parse(said) as PythonOutcome
}
