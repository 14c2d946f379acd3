import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import type { Config } from '../../src/config/index.ts'
import type { AuditRecord } from '../../src/schema/index.ts'
import { assertClean, assertForwarded, capturedStderr, watchRecords } from './exchanges.ts'
import { ask, startTestGateway, type TestGateway } from './gateway.ts'

/** A body in which nothing is to be masked. */
export const GOOD = JSON.stringify(ask('good morning'))

/** A gateway before the simulator, with a count of what may have been forwarded. */
export interface GatewayUnderTest {
  readonly gateway: TestGateway
  /** Decisions and completions since the last look. */
  records(): AuditRecord[]
  /** The headers of a good request, and more. */
  headers(more?: Readonly<Record<string, string | number>>): Record<string, string>
  send(
    method: string,
    path: string,
    body?: string | Uint8Array | Readable,
    more?: Readonly<Record<string, string>>,
  ): Promise<Response>
  post(
    body: string | Uint8Array | Readable,
    more?: Readonly<Record<string, string>>,
  ): Promise<Response>
  assertNotForwarded(): void
  /** The body that was forwarded since the last call: exactly one. */
  forwarded(): Buffer
  /** A good request is served. */
  assertServes(): Promise<void>
}

/** Starts and stops it around the tests of a file, and looks after each of them for what must not have been written. */
export function gatewayUnderTest(overrides: Partial<Config> = {}): GatewayUnderTest {
  const stderr = capturedStderr()
  let started: { gateway: TestGateway; records: () => AuditRecord[] } | undefined
  let count = 0
  const running = (): NonNullable<typeof started> => {
    assert.ok(started !== undefined, 'asked for before the tests run')
    return started
  }
  before(async () => {
    const gateway = await startTestGateway(overrides)
    started = { gateway, records: watchRecords(gateway) }
    started.records()
  })
  after(() => running().gateway.stop())
  afterEach(() => {
    const { gateway } = running()
    gateway.simulator.respondWith(undefined)
    const written = gateway.written() + stderr()
    assertClean(written)
    assert.ok(!written.includes(gateway.token), 'the token was written down')
    for (const { headers } of gateway.simulator.received) {
      assert.ok(!JSON.stringify(headers).includes(gateway.token), 'the token went upstream')
    }
  })
  const under: GatewayUnderTest = {
    get gateway() {
      return running().gateway
    },
    records: () => running().records(),
    headers: (more = {}) => ({
      authorization: `Bearer ${running().gateway.token}`,
      'content-type': 'application/json',
      ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, String(value)])),
    }),
    send: (method, path, body, more) =>
      fetch(new URL(path, running().gateway.url), {
        method,
        headers: under.headers(more),
        ...(body === undefined ? {} : { duplex: 'half', body: streamOf(body) }),
      }),
    post: (body, more) => under.send('POST', '/v1/messages', body, more),
    assertNotForwarded: () => assert.equal(running().gateway.simulator.received.length, count),
    forwarded() {
      const { received } = running().gateway.simulator
      count += 1
      assert.equal(received.length, count)
      return received.at(-1)?.bodyBytes ?? Buffer.alloc(0)
    },
    async assertServes() {
      assert.equal((await under.post(GOOD)).status, 200)
      assert.equal(under.forwarded().toString(), GOOD)
      assertForwarded(under.records(), 'complete', 200)
    },
  }
  return under
}

function streamOf(body: string | Uint8Array | Readable): NonNullable<RequestInit['body']> {
  return body instanceof Readable ? Readable.toWeb(body) : Buffer.from(body)
}
