import assert from 'node:assert/strict'
import { Anthropic } from '@anthropic-ai/sdk'
import type { Config } from '../../src/config/index.ts'
import { assertRefused, errorOf, type watchRecords } from './exchanges.ts'
import { startTestGateway, UNHURRIED, type TestGateway } from './gateway.ts'

export type Limits = Partial<Config['limits']>

/** Starts gateways with limits, and stops them after each test. */
export function limitedGateways(): (
  limits: Limits,
  more?: Partial<Config>,
  issuerPort?: number,
) => Promise<TestGateway> {
  const running: TestGateway[] = []
  afterEach(async () => {
    await Promise.all(running.splice(0).map((gateway) => gateway.stop()))
  })
  return async (limits, more = {}, issuerPort = 0) => {
    const config = { ...more, limits: { ...UNHURRIED, ...limits } }
    const started = await startTestGateway(config, [], issuerPort)
    let stopping: Promise<void> | undefined
    const gateway = { ...started, stop: () => (stopping ??= started.stop()) }
    running.push(gateway)
    return gateway
  }
}

export async function statusOf(response: Response): Promise<number> {
  await response.text()
  return response.status
}

/**
 * Checks a refusal for a limit: its envelope, its headers, its record.
 * @returns the seconds to wait
 */
export async function assertLimited(
  gateway: TestGateway,
  records: ReturnType<typeof watchRecords>,
  response: Response,
  code: string,
): Promise<number> {
  const { error } = await errorOf(response, 429)
  assert.equal(error.type, 'rate_limit_error')
  assert.deepEqual(
    error.phigate?.reasons.map((reason) => reason.code),
    [code],
  )
  assertRefused(records(), code)
  const wait = Number(response.headers.get('retry-after'))
  assert.ok(Number.isInteger(wait) && wait >= 1)
  assert.equal(response.headers.get('x-should-retry'), wait > 60 ? 'false' : null)
  assert.ok(!JSON.stringify(error).includes(gateway.issuer.issuer.host))
  return wait
}

/** The SDK in front of a gateway, and how often it has asked. */
export function countingClient(gateway: TestGateway): {
  client: Anthropic
  readonly posts: () => number
} {
  let posts = 0
  const client = new Anthropic({
    baseURL: gateway.url.href,
    apiKey: gateway.token,
    fetch: (...args) => {
      posts += 1
      return fetch(...args)
    },
  })
  return { client, posts: () => posts }
}
