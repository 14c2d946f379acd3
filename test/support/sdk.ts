import assert from 'node:assert/strict'
import { Anthropic } from '@anthropic-ai/sdk'
import { startTestGateway, UPSTREAM_KEY, type TestGateway } from './gateway.ts'
import { assertNowhere, captureOutput } from './leaks.ts'

export type Ask = Anthropic.MessageCreateParamsNonStreaming

export const PHI = 'Patient Rebecca Delgado, MRN: UL447100, phone 415-555-0198.'
export const SECRETS = ['Rebecca', 'Delgado', 'UL4471', '555-0198'] as const
export const PLAIN = 'Which vitamin is cobalamin?'

export function asking(content: string, more: Partial<Ask> = {}): Ask {
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content }]
  return { model: 'claude-sonnet-5-5', max_tokens: 512, messages, ...more }
}

/** The error that a call ends with. */
export async function failing(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  return assert.fail('it was answered')
}

/** The official SDK twice: straight to the simulator, and to a gateway in front of it. */
export interface SdkPair {
  readonly gateway: TestGateway
  readonly direct: Anthropic
  readonly gated: Anthropic
  /** Another client of the gateway. */
  client(options: ConstructorParameters<typeof Anthropic>[0]): Anthropic
  /** Requests that the gateway's clients have sent. */
  posts(): number
  /** No original, nor any of `more`, in what the upstream got since its request `from`, on disk, or in the output. */
  assertNothingLeaked(from: number, more?: readonly string[]): void
  stop(): Promise<void>
}

export async function startSdkPair(): Promise<SdkPair> {
  const output = captureOutput()
  const gateway = await startTestGateway()
  const { simulator, token } = gateway
  let posts = 0
  const countingFetch: typeof fetch = (...args) => {
    posts += 1
    return fetch(...args)
  }
  const client: SdkPair['client'] = (options) =>
    new Anthropic({ baseURL: gateway.url.href, fetch: countingFetch, ...options })
  return {
    gateway,
    client,
    direct: new Anthropic({ baseURL: simulator.url.href, apiKey: UPSTREAM_KEY }),
    gated: client({ apiKey: token }),
    posts: () => posts,
    assertNothingLeaked(from, more = []) {
      const received = simulator.received.slice(from)
      assertNowhere([...SECRETS, ...more], {
        'the forwarded bytes': received.map((one) => one.bodyBytes.toString('utf8')).join('\n'),
        'the forwarded headers': JSON.stringify(received.map((one) => one.headers)),
        'what was written': gateway.written(),
        'the output': output.text(),
      })
    },
    async stop() {
      await gateway.stop()
      output.release()
    },
  }
}
